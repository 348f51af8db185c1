"""The embedded servers, and everything that was found to go wrong with them."""

import os
import shutil
import signal
import stat
import subprocess
import sys

import environ
import pytest

from config import embedded
from config.embedded import places
from config.embedded.exceptions import EmbeddedError
from tests.config.conftest import clean_environment, eventually, query, servers_of

pytestmark = pytest.mark.slow

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be refused by PostgreSQL")


def test_its_urls_are_understood(var):
    urls = embedded.environment(var)

    database = environ.Env.db_url_config(urls["DATABASE_URL"])

    assert (database["HOST"], database["NAME"], database["USER"]) == (str(places.sockets(var)), "laurel", "laurel")
    assert urls["REDIS_URL"] == f"unix://{places.sockets(var)}/valkey.sock?db=0"


def test_given_servers_are_not_started(var, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/laurel")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example")

    embedded.hold(var)

    assert embedded.needed(var) == set()
    assert not var.exists()


def test_our_own_url_from_a_parent_process_is_no_given_server(var, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", embedded.environment(var)["DATABASE_URL"])
    monkeypatch.setenv("REDIS_URL", embedded.environment(var)["REDIS_URL"].replace("db=0", "db=7"))

    assert embedded.needed(var) == {"DATABASE_URL", "REDIS_URL"}


def test_a_server_runs_until_its_last_user_leaves(users, var):
    first, second = users.join(), users.join()

    first.communicate("leave\n")
    assert query(var, "SELECT 1") == 1
    second.communicate("leave\n")

    assert eventually(lambda: not servers_of(var))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_user_is_not_counted(users, var, number):
    users.join().send_signal(number)

    assert eventually(lambda: not servers_of(var))


def test_four_simultaneous_users_share_one_server(users, var):
    started = [users.start() for _ in range(4)]

    assert [user.stdout.readline() for user in started] == ["ready\n"] * 4
    assert query(var, "SHOW max_connections") == "300"


def test_nothing_listens_on_any_address(users, var):
    users.join()

    assert {name: process.net_connections("inet") for name, process in servers_of(var).items()} == {
        "postgres": [],
        "valkey-server": [],
    }


def test_only_a_throw_away_server_does_without_fsync(users, var):
    users.join(LAUREL_THROWAWAY="0")

    assert query(var, "SHOW fsync") == "on"


def test_sorting_does_not_depend_on_the_machine(users, var):
    users.join(LANG="xx_XX.UTF-8", LC_ALL="xx_XX.UTF-8")

    assert query(var, "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'laurel'") == "bC.UTF-8"


@pytest.mark.parametrize("name", ["with a space", "100% #1 'quoted', ünlaut", "long" * 50])
def test_any_path_will_do(users, folder, name):
    var = users.var = folder / name / "var"

    users.join()

    assert query(var, "SELECT 1") == 1
    sockets = places.sockets(var)
    assert len(f"{sockets}/.s.PGSQL.5432") <= 103
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700


@pytest.mark.parametrize("lock", ["postgres-18/postmaster.pid", "run/.s.PGSQL.5432.lock"])
def test_a_stale_lock_file_hits_no_unrelated_process(users, var, lock, sleeper):
    users.join(LAUREL_THROWAWAY="0").communicate("leave\n")
    assert eventually(lambda: not servers_of(var))
    (var / lock).write_text(f"{sleeper.pid}\n{var / 'postgres-18'}\n1700000000\n5432\n{var / 'run'}\n\n   1 2\nready   \n")

    users.join(LAUREL_THROWAWAY="0")

    assert query(var, "SELECT 1") == 1
    assert sleeper.poll() is None


@pytest.fixture
def sleeper():
    """A process of the servers' user that has nothing to do with us."""
    user = places.unprivileged_user()
    process = subprocess.Popen([shutil.which("sleep"), "60"], user=user and user.pw_uid)
    yield process
    assert process.poll() is None
    process.kill()
    process.wait()


@pytest.mark.parametrize("name", ["postgres", "valkey-server"])
def test_a_killed_server_is_started_again(users, var, name):
    users.join()
    killed = servers_of(var)[name]

    killed.kill()

    assert eventually(lambda: servers_of(var).get(name, killed).pid != killed.pid)
    users.join()
    assert query(var, "SELECT 1") == 1


def test_the_server_of_a_killed_keeper_is_taken_over(users, var):
    users.join()
    server = servers_of(var)["postgres"]
    server.parent().kill()

    users.join()

    assert servers_of(var)["postgres"].pid == server.pid


def test_an_interrupted_initdb_does_not_block(users, var):
    part = var / "new-postgres-18"
    part.mkdir(parents=True)
    (part / "PG_VERSION").write_text("18\n")

    users.join()

    assert query(var, "SELECT 1") == 1


def test_data_of_another_version_is_refused_with_the_way_out(users, var):
    other = var / "postgres-17"
    other.mkdir(parents=True)
    (other / "PG_VERSION").write_text("17\n")

    complaint = users.start().communicate()[1]

    assert "holds data of PostgreSQL 17" in complaint
    assert "docs/operations.md" in complaint


@pytest.mark.parametrize("make", [lambda path: path.mkdir(mode=0o777), lambda path: path.symlink_to("/")])
def test_a_socket_folder_of_somebody_else_is_refused(folder, make):
    make(folder / "run")

    with pytest.raises(EmbeddedError, match="not a private folder"):
        places.make_private(folder / "run", places.unprivileged_user())


def test_a_folder_of_another_user_is_refused_in_words(folder, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    with pytest.raises(EmbeddedError, match="Run as the user who owns it"):
        places.make_home(folder / "var")


@as_root
def test_root_runs_the_servers_as_somebody_else(users, var):
    users.join()

    assert {process.uids().real for process in servers_of(var).values()} == {places.unprivileged_user().pw_uid}


@as_root
def test_root_in_a_private_folder_changes_no_mode(users, folder, var):
    folder.chmod(0o700)

    users.join()

    assert query(var, "SELECT 1") == 1
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (var / "servers").resolve().parent == places.ELSEWHERE
    folder.chmod(0o755)
    assert places.home(var) == (var / "servers").resolve(), "where the data lies is remembered"


def test_the_secret_key_is_made_once_and_private(var):
    script = "import sys, embedded; from pathlib import Path; print(embedded.secret_key(Path(sys.argv[1])))"
    command = [sys.executable, "-c", script, str(var)]
    started = [subprocess.Popen(command, cwd="config", stdout=subprocess.PIPE, text=True) for _ in range(4)]

    keys = {process.communicate()[0].strip() for process in started}

    assert keys == {embedded.secret_key(var)}
    assert stat.S_IMODE((var / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in var.iterdir()] == ["secret_key"]


def test_commands_work_by_themselves_and_at_once(users, var):
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", "from django.db import connection as c; c.cursor()"]
    environment = clean_environment(LAUREL_VAR=str(var), LAUREL_THROWAWAY="1")

    started = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(3)]

    assert [process.communicate()[1] for process in started] == ["", "", ""]
    assert eventually(lambda: not servers_of(var))


def test_help_starts_nothing(var):
    environment = clean_environment(LAUREL_VAR=str(var))

    subprocess.run([sys.executable, "manage.py", "help"], env=environment, check=True, capture_output=True)

    assert not (var / "run").exists()
