"""PostgreSQL and Valkey from their wheels, under var/, for whoever has given no servers of their own.

Importing this starts nothing. `environment` says where the servers will be; `hold` starts them, or
joins those that run, and keeps them until the process ends.
"""

import os
import secrets
from pathlib import Path

from . import places
from .exceptions import EmbeddedError
from .places import var
from .users import User

__all__ = ["EmbeddedError", "Hold", "environment", "hold", "needed", "secret_key", "var"]

SERVERS = {"DATABASE_URL": "postgres", "REDIS_URL": "valkey"}


def environment(var: Path) -> dict[str, str]:
    """DATABASE_URL and REDIS_URL of the embedded servers."""
    sockets = places.sockets(var)
    return {
        # A path in the place of the database: django-environ lowers the case of a host.
        "DATABASE_URL": f"postgres://laurel@/{sockets}/laurel",
        "REDIS_URL": f"unix://{sockets}/valkey.sock?db=0",
    }


def needed(var: Path) -> set[str]:
    """Which of DATABASE_URL and REDIS_URL name no server, or ours (a parent process may have set that)."""
    ours = environment(var)
    return {name for name in ours if _without_query(os.environ.get(name, ours[name])) == _without_query(ours[name])}


def _without_query(url: str) -> str:
    return url.partition("?")[0]


class Hold:
    """The servers in use by this process."""

    def __init__(self, users: list[User]):
        self._users = users

    def release(self) -> None:
        """Stop using them; returns when those that nobody else uses have stopped."""
        for user in self._users:
            user.leave()
        for user in self._users:
            user.wait_until_stopped()
        self._users = []


def hold(var: Path) -> Hold:
    """Start the servers that are needed, or join those that run; raises EmbeddedError with the way out."""
    servers = [SERVERS[name] for name in sorted(needed(var))]
    if not servers:
        return Hold([])
    home, sockets = places.make_home(var), places.sockets(var)
    throwaway = os.environ.get("LAUREL_THROWAWAY") == "1"
    # All are begun before the first is waited for.
    users = [User(server, home=home, sockets=sockets, throwaway=throwaway) for server in servers]
    for user in users:
        user.wait()
    return Hold(users)


def secret_key(var: Path) -> str:
    """The installation's own key, made once and readable by nobody else."""
    path = var / "secret_key"
    if not path.exists():
        _make_secret_key(path)
    return path.read_text()


def _make_secret_key(path: Path) -> None:
    places.make_open(path.parent)
    part = path.with_name(f"secret_key.{os.getpid()}")
    part.touch(mode=0o600)
    part.write_text(secrets.token_urlsafe(50))
    try:
        os.link(part, path)  # fails when another process was faster: then its key counts
    except FileExistsError:
        pass
    finally:
        part.unlink()
