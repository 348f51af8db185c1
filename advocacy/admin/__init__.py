from advocacy.admin import accounts, advocates, freshness, ledger, recruiting, taxonomy, users

__all__ = ["accounts", "advocates", "freshness", "ledger", "recruiting", "taxonomy", "users"]
