"""Become one process of the Procfile: `python config/process.py web`.

Run as a file, not as a module, so that nothing is imported but what this needs.
"""

import ctypes
import os
import shlex
import signal
import string
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Have the kernel send SIGTERM when the parent dies, however it dies. Only Linux can do this;
    elsewhere the next `make run` ends what a killed one has left."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def procfile() -> dict[str, list[str]]:
    """Each process's command, with $NAME replaced from the environment (after splitting: paths may have spaces)."""
    lines = (PROJECT / "Procfile").read_text().splitlines()
    commands = dict(line.split(":", 1) for line in lines if line.strip() and not line.startswith("#"))
    return {
        name.strip(): [string.Template(word).safe_substitute(os.environ) for word in shlex.split(command)]
        for name, command in commands.items()
    }


def main() -> None:
    die_with_parent()
    program, *arguments = procfile()[sys.argv[1]]
    if program == "python":
        program = sys.executable  # the one of this virtual environment
    os.chdir(PROJECT)
    os.execvp(program, [program, *arguments])  # noqa: S606


if __name__ == "__main__":
    main()
