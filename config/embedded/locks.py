"""File locks that the kernel gives back when their holder ends, however it ends."""

import fcntl
import os
from pathlib import Path


def acquire(path: Path, kind: int) -> int | None:
    """Open path and lock it; None when kind has LOCK_NB and somebody else is in the way.

    The descriptor is not inherited over exec, so a child never holds the lock for a dead parent.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def is_free(path: Path, kind: int = fcntl.LOCK_EX) -> bool:
    """True when a lock of this kind could be had just now."""
    descriptor = acquire(path, kind | fcntl.LOCK_NB)
    if descriptor is None:
        return False
    os.close(descriptor)
    return True
