"""How often a public form may be sent from one place. Counted in the shared cache, forgotten after an hour."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache

SECONDS = 3600
PER_ADDRESS = 20
PER_EMAIL = 5


def sent_too_often(request, *, form: str, email: str) -> bool:
    """Count this sending; True when the sender's network address or the e-mail address is over its limit."""
    place = get_adapter(request).get_client_ip(request)
    counts = [_count(f"{form}:place:{place}") > PER_ADDRESS, _count(f"{form}:email:{email.strip().lower()}") > PER_EMAIL]
    return any(counts)


def _count(name):
    key = f"public-form:{hashlib.sha256(name.encode()).hexdigest()}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # It expired between the two.
        cache.set(key, 1, SECONDS)
        return 1
