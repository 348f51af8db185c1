"""Files of any size: taken in steps, gone on with after an interruption, never by two at once."""

import io
import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from advocacy.importer import runs
from advocacy.importer.advocates import AdvocateImport
from advocacy.importer.exceptions import ImportsBusy
from advocacy.importer.progress import Progress, ShownProgress
from advocacy.importer.report import Report
from advocacy.importer.table_import import alone
from advocacy.models import Advocate, ImportRun, StatusChange
from advocacy.services import find_or_add_advocate
from tests.factories import NOW, make_account, make_advocate, make_user
from tests.races import simultaneously, url_of_test_database


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(AdvocateImport, "BATCH", 3)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "contacts.csv"
    rows = [f"Person {number},person{number}@customer.example,9" for number in range(8)]
    rows[4] = "Nobody,,9"
    path.write_text("\n".join(["name,email,nps", *rows]) + "\n")
    return path


def begin(path, **options):
    return runs.begin(kind="advocates", path=path, file_name=path.name, options=options, by=None, now=NOW)


class StopsAfter(Progress):
    """The process goes away once so many batches are in."""

    def __init__(self, batches):
        self.left = batches
        self.behind = Progress()

    def step(self, report):
        self.behind.step(report)

    def between(self):
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


@pytest.mark.django_db
def test_an_interrupted_import_goes_on_after_its_last_step(file, small_steps):
    with pytest.raises(KeyboardInterrupt):
        runs.go_on(begin(file), now=NOW, progress=StopsAfter(2))
    assert Advocate.objects.count() == 5

    run = begin(file)
    report = runs.go_on(run, now=NOW)

    run.refresh_from_db()
    assert (run.state, run.rows_done, run.rows_total) == ("done", 8, 8)
    assert (report.created, report.unchanged, report.rejected) == (7, 0, 1)
    assert {said: lines.first for said, lines in report.rejections.items()} == {
        "has neither an e-mail address nor an account we know: it could be anybody.": [6]
    }


@pytest.mark.django_db
def test_a_file_that_is_in_begins_anew_and_changes_nothing(file, small_steps):
    runs.go_on(begin(file), now=NOW)

    report = runs.go_on(begin(file), now=NOW)

    assert (report.created, report.unchanged, report.rejected) == (0, 7, 1)
    assert ImportRun.objects.count() == 2


@pytest.mark.django_db
def test_everybody_who_is_new_has_the_first_row_of_their_history(file, small_steps):
    team = make_user("advocacy_team")
    make_advocate(email="person1@customer.example")

    AdvocateImport(path=file, now=NOW, by=team).run()

    changes = StatusChange.objects.filter(content_type__model="advocate")
    assert {(change.from_status, change.to_status, change.changed_by, change.changed_at) for change in changes} == {
        ("", "candidate", team, NOW)
    }
    assert changes.count() == 6


@pytest.mark.django_db
def test_the_same_person_twice_in_one_step_is_one(tmp_path):
    make_account(name="Cancity")
    path = tmp_path / "contacts.csv"
    path.write_text(
        "name,email,account,title\nAda Berg,,Cancity,\nADA BERG,ada@berg.example,cancity,CTO\nA. B.,ada@berg.example,,\n"
    )

    report = AdvocateImport(path=path, now=NOW).run()

    ada = Advocate.objects.get()
    assert (report.created, report.updated, report.unchanged) == (1, 1, 1)
    assert (ada.name, ada.email, ada.title) == ("Ada Berg", "ada@berg.example", "CTO")


@pytest.mark.django_db
def test_letters_that_copy_treats_specially_arrive_as_they_are(tmp_path):
    name, bio = 'Tab\\t "Quote" \\N \\. Ünï', "one\ttab\nand a \\ line"
    path = tmp_path / "contacts.csv"
    path.write_text('name,email,languages,bio\n"{}",a@b.example,"a""b;c\\d","{}"\n'.format(name.replace('"', '""'), bio))

    AdvocateImport(path=path, now=NOW).run()

    advocate = Advocate.objects.get()
    assert (advocate.name, advocate.bio, advocate.languages) == (name, bio, ['a"b', "c\\d"])


@pytest.mark.django_db
def test_a_person_refused_once_is_not_changed_by_the_next_row(tmp_path):
    ada = make_advocate(email="ada@berg.example", function="", time_zone="")
    path = tmp_path / "contacts.csv"
    path.write_text("name,email,department,time zone\nAda,ada@berg.example,IT,Mars/Base\nAda,ada@berg.example,HR,UTC\n")

    report = AdvocateImport(path=path, now=NOW).run()

    ada.refresh_from_db()
    assert (report.updated, report.rejected) == (1, 1)
    assert (ada.function, ada.time_zone) == ("HR", "UTC")


@pytest.mark.django_db
def test_an_import_cancelled_meanwhile_keeps_the_steps_before(file, small_steps):
    run = begin(file)

    class CancelsAfterTheFirst(StopsAfter):
        def between(self):
            if ImportRun.objects.get().state == "running":
                runs.cancel(run, by=make_user("advocacy_team"), now=NOW)

    with pytest.raises(runs.Cancelled, match="the rows before stay in"):
        runs.go_on(run, now=NOW, progress=CancelsAfterTheFirst(9))

    run.refresh_from_db()
    assert (run.state, run.rows_done, Advocate.objects.count()) == ("cancelled", 3, 3)


@pytest.mark.django_db
def test_a_worker_hands_over_after_its_shift(file, small_steps, monkeypatch):
    monkeypatch.setattr(runs, "SHIFT", 1e-9)
    run, queued = begin(file), []

    runs.work_on(run.pk, now=NOW, again=queued.append)
    assert (queued, Advocate.objects.count()) == ([run.pk], 3)

    monkeypatch.setattr(runs, "SHIFT", 60)
    runs.work_on(run.pk, now=NOW, again=queued.append)
    run.refresh_from_db()
    assert (run.state, Advocate.objects.count()) == ("done", 7)


@pytest.mark.django_db
def test_a_failed_import_says_so_and_can_go_on(file, small_steps, monkeypatch):
    run = begin(file)
    with monkeypatch.context() as broken:
        broken.setattr(AdvocateImport, "_write", lambda self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            runs.go_on(run, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", "The import stopped by a fault (ZeroDivisionError); it can go on.")

    runs.go_on(run, now=NOW)

    run.refresh_from_db()
    assert (run.state, Advocate.objects.count()) == ("done", 7)


@pytest.mark.django_db
def test_the_command_says_where_it_goes_on(file, small_steps):
    with pytest.raises(KeyboardInterrupt):
        runs.go_on(begin(file, mapping={}, create_terms=False), now=NOW, progress=StopsAfter(1))
    out = io.StringIO()

    call_command("import_advocates", file, stdout=out)

    assert out.getvalue().splitlines()[:2] == [
        "Going on after row 3 of 8.",
        "8 rows read: 7 created, 0 updated, 0 unchanged, 1 rejected.",
    ]


@pytest.mark.django_db
def test_a_dry_run_of_many_steps_writes_nothing(file, small_steps):
    out = io.StringIO()

    call_command("import_advocates", file, "--dry-run", stdout=out)

    assert "7 would be created" in out.getvalue()
    assert not Advocate.objects.exists()
    assert not ImportRun.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_none_leaves_no_run(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("import_advocates", tmp_path / "gone.csv")

    assert not ImportRun.objects.exists()


def test_the_bar_says_how_far_and_how_long():
    progress = ShownProgress(1_000_000, io.StringIO())
    progress.first, progress.started_at = 0, 0

    assert progress.bar(500_000, 60) == "[###############---------------] 50 %, 500,000 of 1,000,000 rows, about 1 min 00 s left"


def test_a_terminal_sees_the_bar_and_a_log_only_lines_now_and_then(monkeypatch):
    terminal, log = io.StringIO(), io.StringIO()
    terminal.isatty = lambda: True
    report = Report(read=10)

    ShownProgress(10, terminal).step(report)
    ShownProgress(10, log).step(report)

    assert terminal.getvalue().startswith("\r[##############################] 100 %, 10 of 10 rows")
    assert log.getvalue() == ""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_the_second_waits_or_says_so(file):
    def second(number):
        with pytest.raises(ImportsBusy, match="Another import is running"):
            runs.go_on(ImportRun.objects.get(), now=NOW, patience=0)
        return Advocate.objects.count()

    begin(file)
    with alone():
        assert simultaneously(1, second) == [0]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_once_is_in_once(file, small_steps):
    reports = simultaneously(2, lambda number: runs.go_on(begin(file), now=NOW))

    assert [report.rejected for report in reports] == [1, 1]
    assert Advocate.objects.count() == 7
    assert StatusChange.objects.filter(content_type__model="advocate").count() == 7


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_process_is_gone_on_with_and_nothing_is_in_twice(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text("name,email\n" + "".join(f"Person {n},person{n}@customer.example\n" for n in range(30_000)))
    command = [sys.executable, "manage.py", "import_advocates", str(path)]
    environment = os.environ | {"DATABASE_URL": url_of_test_database()}
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
    while not Advocate.objects.exists() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert 0 < Advocate.objects.count() < 30_000

    call_command("import_advocates", path, stdout=io.StringIO())

    assert Advocate.objects.count() == 30_000
    assert StatusChange.objects.filter(content_type__model="advocate").count() == 30_000
    assert ImportRun.objects.get().counts["created"] == 30_000


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_step_that_meets_somebody_added_meanwhile_is_taken_again(file, small_steps, monkeypatch):
    write = AdvocateImport._write

    def meanwhile(self):
        monkeypatch.setattr(AdvocateImport, "_write", write)
        simultaneously(1, lambda number: find_or_add_advocate(account=None, name="Bo", email="person1@customer.example"))
        write(self)

    monkeypatch.setattr(AdvocateImport, "_write", meanwhile)

    report = runs.go_on(begin(file), now=NOW)

    assert (report.created, report.updated, report.rejected) == (6, 1, 1)
    assert Advocate.objects.get(email="person1@customer.example").nps == 9
