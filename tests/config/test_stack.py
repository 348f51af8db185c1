"""`make run`, whole: each trial starts web, worker and beat over servers of its own."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys

import psutil
import pytest

from config.process import PROJECT, procfile
from config.stack import CannotRun, free_port, only_one
from config.supervision import MARK
from tests.config.conftest import clean_environment, eventually, servers_of


class Stack:
    """One `make run` after another in the same folder."""

    def __init__(self, var):
        self.var = var
        self.port = free_port(18000 + os.getpid() % 10000)  # tests beside this one start stacks too
        self.process = None

    def start(self, **environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.stack"],
            cwd=PROJECT,
            env=clean_environment(LAUREL_VAR=str(self.var), LAUREL_THROWAWAY="1", DEMO="0", PORT=str(self.port), **environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self.process

    def wait_for_answer(self):
        for line in self.process.stdout:
            if " answers at " in line:
                return line
        raise AssertionError(self.process.stderr.read())

    def processes(self, *words):
        """The stack's processes with all of these words in their command."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get(MARK) == str(self.var) and set(words) <= set(process.cmdline()):
                    found.append(process)
        return found

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate()


@pytest.fixture
def stack(users, var):
    stack = Stack(var)
    yield stack
    stack.end()
    assert stack.processes() == []
    assert servers_of(var) == {}


def status(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status


@pytest.mark.slow
def test_the_stack_runs_restarts_what_dies_and_stops_whole(stack):
    stack.start()
    assert str(stack.port) in stack.wait_for_answer()
    assert status(stack.port) < 500

    second = subprocess.run(
        [sys.executable, "-m", "config.stack"], env=clean_environment(LAUREL_VAR=str(stack.var)), capture_output=True, text=True
    )
    assert (second.returncode, "already runs in this folder" in second.stderr) == (1, True)

    worker = min(stack.processes("celery", "worker"), key=lambda process: process.create_time())
    worker.kill()
    assert eventually(lambda: worker.pid not in {one.pid for one in stack.processes("celery", "worker")})
    assert eventually(lambda: stack.processes("celery", "worker"))

    stack.process.send_signal(signal.SIGINT)
    assert stack.process.wait(30) == 0
    assert (stack.processes(), servers_of(stack.var)) == ([], {})


@pytest.mark.slow
def test_a_killed_stack_leaves_nothing_that_blocks_the_next(stack):
    stack.start()
    stack.wait_for_answer()

    stack.process.kill()
    stack.process.communicate()
    stack.start()

    assert str(stack.port) in stack.wait_for_answer()


@pytest.mark.slow
def test_a_killed_stack_ends_by_itself(stack):
    stack.start()
    stack.wait_for_answer()

    stack.process.kill()

    assert eventually(lambda: not stack.processes() and not servers_of(stack.var), seconds=20)


@pytest.mark.slow
def test_a_killed_supervisor_ends_everything(stack):
    stack.start()
    stack.wait_for_answer()

    stack.processes("supervisor.supervisord")[0].kill()

    assert stack.process.wait(40) == 1
    assert (stack.processes(), servers_of(stack.var)) == ([], {})


@pytest.mark.slow
def test_a_stack_ends_with_the_make_that_started_it(stack):
    command = [sys.executable, "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])"]
    environment = clean_environment(LAUREL_VAR=str(stack.var), LAUREL_THROWAWAY="1", DEMO="0", PORT=str(stack.port))
    stack.process = subprocess.Popen(
        [*command, sys.executable, "-m", "config.stack", "--with-parent"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    stack.wait_for_answer()

    stack.process.kill()

    assert eventually(lambda: not stack.processes() and not servers_of(stack.var), seconds=20)


def test_a_taken_port_gives_way_to_the_next(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert free_port(port) > port

    assert f"Port {port} is taken" in capsys.readouterr().out


def test_a_second_run_is_told_where_the_first_answers(var):
    with only_one(var) as lock:
        lock.write("http://localhost:8000/")
        lock.flush()

        with pytest.raises(CannotRun, match="already runs in this folder: http://localhost:8000/"), only_one(var):
            pass


def test_the_processes_know_where_things_are(monkeypatch):
    monkeypatch.setenv("PORT", "8000")
    monkeypatch.setenv("LAUREL_VAR", "/a path/100%")

    commands = procfile()

    assert list(commands) == ["web", "worker", "beat"]
    assert "127.0.0.1:8000" in commands["web"]
    assert "/a path/100%/beat-schedule" in commands["beat"]
