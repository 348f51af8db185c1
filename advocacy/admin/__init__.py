from advocacy.admin import users

__all__ = ["users"]
