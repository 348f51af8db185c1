import hypothesis
import pytest
from django.core.cache import cache

# A busy machine is no failure.
hypothesis.settings.register_profile("laurel", deadline=None)
hypothesis.settings.load_profile("laurel")


@pytest.fixture(autouse=True)
def _second_factor_not_asked_for(settings):
    """Tests sign in without a second factor, except for those about it."""
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def _cheap_passwords(settings):
    """The real hash is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test is refused because an earlier one signed in too often."""
    cache.clear()
