from nominations.admin import nominations, planning, programs, self_nominations

__all__ = ["nominations", "planning", "programs", "self_nominations"]
