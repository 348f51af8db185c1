import os

import hypothesis
import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from whitenoise.base import WhiteNoise

from tests import template_database

# A busy machine is no failure.
hypothesis.settings.register_profile("laurel", deadline=None)
hypothesis.settings.load_profile("laurel")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Each worker begins with tests that need no database: in the meantime one is migrated. Long ones do not come last."""
    items.sort(key=lambda item: item.path.parent.name != "browser")
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1))
    groups = [[], []]
    for item in items:
        groups[needs_database(item)].append(item)
    items[:] = [item for worker in range(workers) for group in groups for item in group[worker::workers]]


def needs_database(item):
    return bool(item.get_closest_marker("django_db")) or not {"db", "transactional_db"}.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_modify_db_settings, django_db_use_migrations, django_db_blocker):
    """As pytest-django's, but a new database is a copy of one that was migrated once."""
    if django_db_use_migrations:
        with django_db_blocker.unblock(), template_database.current() as name:
            connection.settings_dict["TEST"]["TEMPLATE"] = name
            request.getfixturevalue("django_db_setup")
    else:
        request.getfixturevalue("django_db_setup")
    yield
    end_leftover_sessions(django_db_blocker)


def end_leftover_sessions(django_db_blocker):
    """A thread of a live server may still hold a connection, and a database in use cannot be dropped."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def _static_files_looked_at_once():
    """Every client builds the middleware anew, and whitenoise would examine all files each time."""
    examine, known = WhiteNoise.update_files_dictionary, {}

    def update_files_dictionary(self, root, prefix):
        if (root, prefix) not in known:
            examine(self, root, prefix)
            known[root, prefix] = dict(self.files)
        self.files.update(known[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", update_files_dictionary)
        yield


@pytest.fixture(scope="session", autouse=True)
def _files_of_its_own(tmp_path_factory):
    """Workers count their rows alike, and the file of a row is named by its number: one would read and sweep away another's."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def _second_factor_not_asked_for(settings):
    """Tests sign in without a second factor, except for those about it."""
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def _cheap_passwords(settings):
    """The real hash is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _search_rows_wait(request):
    """Below these apps nothing searches: the triggers only log, as for a large import, which makes a customer four times as fast."""
    is_below = request.path.parent.name in {"outbox", "advocacy", "nominations", "awards"}
    if is_below and in_one_transaction(request) and not getattr(request.module, "NEEDS_SEARCH_ROWS", False):
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL laurel.search = 'later'")


@pytest.fixture(autouse=True)
def _content_types_known(request):
    """Django asks for a content type once a process: no number of queries depends on the test before."""
    if in_one_transaction(request):
        request.getfixturevalue("db")
        ContentType.objects.get_for_models(*apps.get_models())


def in_one_transaction(request):
    """A test with a database that is undone at its end."""
    marker = request.node.get_closest_marker("django_db")
    return bool(marker) and not marker.kwargs.get("transaction")


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test is refused because an earlier one signed in too often."""
    cache.clear()
