from advocacy.admin import accounts, advocates, ledger, recruiting, taxonomy, users

__all__ = ["accounts", "advocates", "ledger", "recruiting", "taxonomy", "users"]
