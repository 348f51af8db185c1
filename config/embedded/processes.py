"""Our server processes, known by what they run and never by a number in a file."""

import contextlib
import signal
from pathlib import Path

import psutil


def find(program: str, argument: str, uid: int) -> psutil.Process | None:
    """The running process of this user and program that was started with this argument."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.uids().real == uid and _matches(process.cmdline(), program, argument):
                return process
    return None


def _matches(command: list[str], program: str, argument: str) -> bool:
    return len(command) > 1 and Path(command[0]).name == program and argument in command[1:]


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def stop(process: psutil.Process, *signals: tuple[signal.Signals, float]) -> None:
    """Send each signal in turn until the process has ended, waiting so many seconds after each."""
    for number, seconds in signals:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(number)
        with contextlib.suppress(psutil.TimeoutExpired):
            process.wait(seconds)
            return


def is_taken(lock: str) -> bool:
    """Does the text of a lock file begin with the number of a running process, whichever it is?"""
    number = lock.partition("\n")[0].strip()
    return number.isdigit() and psutil.pid_exists(int(number))
