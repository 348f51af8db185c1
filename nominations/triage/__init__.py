"""Looking through what came in: flags, what each nomination needs, likely duplicates."""
