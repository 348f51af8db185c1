"""A backup restored on another machine holds the same, and sends nothing by itself."""

import subprocess
import sys

import pytest

from config.process import PROJECT
from tests.config.conftest import clean_environment

pytestmark = pytest.mark.slow

QUEUE = """
from outbox.models import Message
Message.objects.create(key="waiting", kind="note", recipient="reader@customer.example", subject="Note", text="Read me.")
"""
DELIVER = """
from django.utils import timezone
from outbox import delivery
from outbox.models import MailboxMessage, Message
delivery.deliver_due(now=timezone.now())
print(Message.objects.get(key="waiting").state, MailboxMessage.objects.filter(subject="Note").count())
"""
TAMPER = """
from django.db import connection
from outbox.models import OutboxSettings
OutboxSettings.objects.update(is_on_hold=False)
with connection.cursor() as cursor:
    cursor.execute("DELETE FROM advocacy_willingness WHERE id = (SELECT min(id) FROM advocacy_willingness)")
"""


def run(var, *words):
    return subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=PROJECT,
        env=clean_environment(LAUREL_VAR=str(var), LAUREL_THROWAWAY="1", DEMO="0"),
        capture_output=True,
        text=True,
        check=False,
    )


def shell(var, code):
    done = run(var, "manage.py", "shell", "--verbosity", "0", "--command", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_restored_copy_is_checked_and_holds_its_mail(tmp_path):
    here, there, folder = tmp_path / "here", tmp_path / "there", tmp_path / "backup"
    for words in (["migrate", "-v0"], ["seed_demo", "-v0"]):
        assert run(here, "manage.py", *words).returncode == 0
    shell(here, QUEUE)

    assert run(here, "-m", "config.backup", "save", folder).returncode == 0
    restored = run(there, "-m", "config.backup", "restore", folder)

    assert restored.returncode == 0, restored.stderr
    assert "All mail is held" in restored.stdout
    assert (here / "secret_key").read_text() == (there / "secret_key").read_text()
    assert shell(there, DELIVER) == "queued 0"
    assert run(there, "manage.py", "check_restore", folder).returncode == 0

    (there / "secret_key").write_text("a key of its own")
    again = run(there, "-m", "config.backup", "restore", folder)
    assert "holds data" in again.stderr
    assert (there / "secret_key").read_text() == "a key of its own"  # or its links and sessions would be dead

    shell(there, TAMPER)
    checked = run(there, "manage.py", "check_restore", folder)
    assert checked.returncode == 1
    assert "Table advocacy_willingness has" in checked.stdout
    assert "Mail is not held" in checked.stdout


def test_what_is_no_backup_is_refused_before_anything_is_lost(tmp_path):
    (tmp_path / "backup").mkdir()

    refused = run(tmp_path / "here", "-m", "config.backup", "restore", tmp_path / "backup")

    assert refused.returncode == 1
    assert "laurel.dump" in refused.stderr
