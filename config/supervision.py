"""Web, worker and beat under supervisor: started, restarted when they die, and stopped together."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from config.process import PROJECT, die_with_parent, procfile

MARK = "LAUREL_STACK"  # in the environment of every process of a stack, with the stack's folder

# No path stands here, so none needs quoting: supervisor runs in var/, and the shell reads the environment.
SUPERVISOR = """\
[supervisord]
nodaemon=true
silent=true
user={user}
logfile=logs/supervisor.log
logfile_maxbytes=1MB
pidfile=supervisor.pid
"""
PROGRAM = """
[program:{name}]
command=sh -c 'exec "$LAUREL_PYTHON" "$LAUREL_PROCESS" {name}'
redirect_stderr=true
stdout_logfile=logs/{name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=4
autorestart=true
startretries=1000
stopwaitsecs=10
"""


def start(var: Path, environment: dict[str, str]) -> subprocess.Popen:
    """Start supervisor and with it every process of the Procfile."""
    (var / "logs").mkdir(exist_ok=True)
    configuration = var / "supervisor.conf"
    user = SUPERVISOR.format(user=os.geteuid())
    configuration.write_text(user + "".join(PROGRAM.format(name=name) for name in procfile()))
    return subprocess.Popen(
        [sys.executable, "-m", "supervisor.supervisord", "--configuration", configuration.name],
        cwd=var,
        env={
            **environment,
            MARK: str(var),
            "LAUREL_PYTHON": sys.executable,
            "LAUREL_PROCESS": str(PROJECT / "config" / "process.py"),
            "PYTHONUNBUFFERED": "1",
        },
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the runner, which then stops supervisor
        preexec_fn=die_with_parent,
    )


def stop(supervisor: subprocess.Popen, var: Path) -> None:
    """Have supervisor stop its processes (by their main process), and end whatever is left."""
    supervisor.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        supervisor.wait(30)
    end_leftovers(var)
    supervisor.wait()


def end_leftovers(var: Path) -> int:
    """End what a killed stack of this folder has left; says how many processes that were.

    They are known by their environment, which no other process has, and not by recorded numbers.
    """
    found = _processes_of(var)
    numbers = {process.pid for process in found}
    for process in found:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.ppid() not in numbers:  # main processes only: they end their own children
                process.send_signal(signal.SIGTERM)
    _, alive = psutil.wait_procs(found, timeout=15)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=5)
    return len(found)


def _processes_of(var: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get(MARK) == str(var):
                found.append(process)
    return found
