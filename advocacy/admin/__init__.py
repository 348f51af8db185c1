from advocacy.admin import accounts, advocates, ledger, taxonomy, users

__all__ = ["accounts", "advocates", "ledger", "taxonomy", "users"]
