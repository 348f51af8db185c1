"""Where the servers' files live. Everything here but `make_*` only computes."""

import contextlib
import hashlib
import os
import pwd
import re
import tempfile
from pathlib import Path

from .exceptions import EmbeddedError

# The longest socket is "<folder>/.s.PGSQL.5432"; macOS allows 103 characters for it, Linux 107.
MAX_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")
# Such a path needs no quoting in any URL, configuration file or connection string.
PLAIN = re.compile(r"[A-Za-z0-9_./-]+")
ELSEWHERE = Path("/var/lib")


def var() -> Path:
    """The folder of everything this installation writes."""
    project = Path(__file__).resolve().parent.parent.parent
    return Path(os.environ.get("LAUREL_VAR") or project / "var").absolute()


def home(var: Path) -> Path:
    """The folder of the servers' data, locks and logs: var, or for root a place an unprivileged user can reach."""
    var = var.resolve()
    link = var / "servers"
    if link.is_symlink():
        return link.resolve()
    user = unprivileged_user()
    if user and not (reachable(var, user) and fits(var / "run")):
        return ELSEWHERE / f"laurel-{_digest(var)}"
    return var


def sockets(var: Path) -> Path:
    """The private folder of both sockets, short enough for a Unix socket."""
    folder = home(var) / "run"
    if fits(folder):
        return folder
    # make_private refuses it when somebody else was there first.
    return Path("/tmp").resolve() / f"laurel-{os.geteuid()}-{_digest(folder)}"  # noqa: S108


def fits(folder: Path) -> bool:
    return len(str(folder)) <= MAX_SOCKET_FOLDER and bool(PLAIN.fullmatch(str(folder)))


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def unprivileged_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: the user it runs as then, None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedError("PostgreSQL does not run as root and there is no user 'nobody' here: run as an ordinary user.")


def reachable(path: Path, user: pwd.struct_passwd) -> bool:
    """May user go through every folder down to path, and read path itself? A missing end counts as reachable."""
    for step in (*reversed(path.parents), path):
        try:
            found = step.stat()
        except FileNotFoundError:
            return True
        allowed = 0o700 if found.st_uid == user.pw_uid else 0o070 if found.st_gid == user.pw_gid else 0o007
        needed = 0o555 if step == path else 0o111
        if found.st_mode & allowed & needed != allowed & needed:
            return False
    return True


def make_home(var: Path) -> Path:
    """Make the servers' folder and remember it under var when it lies elsewhere."""
    folder = home(var)
    try:
        make_open(var)
        make_open(folder)
        (folder / "logs").mkdir(exist_ok=True)
        link = var / "servers"
        if folder != var.resolve() and not link.is_symlink():
            with contextlib.suppress(FileExistsError):  # another process was as fast
                link.symlink_to(folder)
        if not os.access(folder, os.W_OK):
            raise PermissionError(folder)
    except PermissionError as error:
        raise EmbeddedError(
            f"{folder} cannot be written by this user. Run as the user who owns it, or set LAUREL_VAR to a folder of yours."
        ) from error
    return folder


def make_open(folder: Path) -> None:
    """Make folder where it is missing, for all to pass through whatever the umask; others stay as they are."""
    missing = [step for step in (folder, *folder.parents) if not step.exists()]
    for step in reversed(missing):
        try:
            step.mkdir()
        except FileExistsError:  # another process was as fast
            continue
        step.chmod(0o755)


def make_private(folder: Path, user: pwd.struct_passwd | None) -> Path:
    """A folder that nobody but the servers' user may enter; refuses one that somebody else has put there."""
    owner = user.pw_uid if user else os.geteuid()
    if not os.path.lexists(folder):
        _make_private(folder, user)
    found = folder.lstat()
    if found.st_uid != owner or found.st_mode & 0o170077 != 0o040000:
        raise EmbeddedError(f"{folder} is not a private folder of ours. Remove it, or set LAUREL_VAR to another (shorter) path.")
    return folder


def _make_private(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Made under another name, so that nobody ever sees it half made."""
    part = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    if user:
        os.chown(part, user.pw_uid, user.pw_gid)
    try:
        part.rename(folder)
    except OSError:  # another process was as fast
        part.rmdir()
