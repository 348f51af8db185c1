"""The template follows the migrations: no test runs on the tables of yesterday."""

import pytest
from django.conf import settings
from django.db import connection

from tests.template_database import digest, kept, sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefix():
    """Of templates of this test alone."""
    prefix = f"{connection.settings_dict['NAME']}_kept_"
    yield prefix
    with connection._nodb_cursor() as cursor:
        for name in databases(prefix):
            cursor.execute(f"DROP DATABASE {name}")


def databases(prefix):
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", [prefix])
        return [name for (name,) in cursor.fetchall()]


def make(name):
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")


def never(name):
    raise AssertionError(f"{name} is made although it is there")


def interrupted(name):
    make(name)
    raise KeyboardInterrupt


def test_a_changed_added_or_renamed_migration_asks_for_another_template(tmp_path):
    migration, other = tmp_path / "0001_initial.py", tmp_path / "0002_other.py"
    migration.write_text("operations = []")
    versions = {digest([migration])}

    migration.write_text("operations = [1]")
    versions.add(digest([migration]))
    other.write_text("")
    versions.add(digest([migration, other]))
    versions.add(digest([migration, other.rename(tmp_path / "0002_another.py")]))

    assert len(versions) == 4


def test_all_migrations_and_what_runs_after_them_count():
    ours = {path.relative_to(settings.BASE_DIR).as_posix() for path in sources() if path.is_relative_to(settings.BASE_DIR)}

    assert ours >= {path.relative_to(settings.BASE_DIR).as_posix() for path in settings.BASE_DIR.glob("*/migrations/*.py")}
    assert ours >= {"advocacy/roles.py", "advocacy/catalogue.py"}


def test_it_is_made_once_and_replaced_when_the_migrations_change(prefix):
    with kept(prefix, "old", make):
        assert databases(prefix) == [f"{prefix}old"]
    with kept(prefix, "old", never) as name:
        assert name == f"{prefix}old"
    with kept(prefix, "new", make):
        assert databases(prefix) == [f"{prefix}new"]


def test_an_interrupted_making_is_begun_again(prefix):
    with pytest.raises(KeyboardInterrupt), kept(prefix, "1", interrupted):
        pass

    with kept(prefix, "1", make):
        assert databases(prefix) == [f"{prefix}1"]
