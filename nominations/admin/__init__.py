from nominations.admin import nominations, programs, self_nominations

__all__ = ["nominations", "programs", "self_nominations"]
