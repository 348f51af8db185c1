"""Long work: begun once, worked on by one worker at a time, gone on with, cancelled, and kept from those it is not for."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy import tasks
from advocacy.jobs import files, registry, running, starting
from advocacy.jobs.exceptions import JobRefused, JobStopped
from advocacy.jobs.files import export_kind, remove_old_files
from advocacy.jobs.registry import JobKind, runs_program
from advocacy.jobs.starting import go_on, start
from advocacy.models import ImportRun, Job, StatusChange
from advocacy.tasks import carry_on_jobs
from tests.factories import NOW, make_account, make_advocate, make_user

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


class Count:
    """Counts to five in steps of one; `seen` are the steps that were made, `stop` is called after each."""

    def __init__(self):
        self.seen, self.stop = [], lambda job: None

    def work(self, job, now):
        while (number := job.cursor.get("number", 0)) < 5:
            self.seen.append(number + 1)
            job.cursor = {"number": number + 1}
            self.stop(job)
            yield number + 1, 5
        job.note = "Counted."


@pytest.fixture
def count(monkeypatch):
    found = Count()
    kind = JobKind(code="count", label="Count", work=found.work, may=runs_program, is_offered=True, about="To five.")
    monkeypatch.setitem(registry._kinds, "count", kind)
    return found


@pytest.fixture
def queued(monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.run_job, "delay", asked.append)
    return asked


@pytest.fixture
def team():
    return make_user("advocacy_team")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def begin(by, kind="count", **params):
    return start(kind=kind, params=params, title="Counting", by=by, now=NOW)


def work(job, again=lambda pk: None, **options):
    running.work_on(job.pk, now=options.pop("now", timezone.now()), again=again, **options)
    job.refresh_from_db()
    return job


def test_it_is_begun_once_and_done_in_shifts(count, team, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job, again = begin(team), begin(make_user("advocacy_team"))
    assert (again, queued) == (job, [job.pk, job.pk])

    work(job, again=queued.append, shift=0)
    assert (job.state, job.done, job.total, queued[2:]) == ("running", 1, 5, [job.pk])
    work(job)

    assert (job.state, job.done, job.note, count.seen) == ("done", 5, "Counted.", [1, 2, 3, 4, 5])
    assert [change.to_status for change in StatusChange.objects.order_by("pk")] == ["waiting", "running", "done"]
    assert begin(team) != job  # over: the next one is a new one


def test_what_a_killed_worker_left_is_gone_on_with_by_one_other(count, team, queued):
    job = begin(team)

    def killed(job):
        if len(count.seen) == 3:
            raise KeyboardInterrupt

    count.stop = killed
    with pytest.raises(KeyboardInterrupt):
        work(job)
    count.stop = lambda job: None
    assert carry_on_jobs(timezone.now()) == 0  # it may still be at it
    work(job)
    assert count.seen == [1, 2, 3]

    Job.objects.update(beat_at=timezone.now() - SOON)
    assert (carry_on_jobs(timezone.now()), queued) == (1, [job.pk])
    work(job)

    assert (job.state, count.seen) == ("done", [1, 2, 3, 3, 4, 5])  # the third step was undone
    assert carry_on_jobs(timezone.now() + SOON) == 0


def test_a_worker_taken_for_dead_stops_when_another_holds_the_job(count, team):
    job = begin(team)
    count.stop = lambda mine: Job.objects.filter(pk=job.pk).update(holder="another")

    work(job)

    assert (job.state, job.done, job.cursor, count.seen) == ("running", 0, {}, [1])


def test_a_cancelled_one_goes_no_further(count, team):
    job = work(begin(team), shift=0)
    running.cancel(job, by=team, now=NOW)

    work(job)

    assert (job.state, count.seen, carry_on_jobs(timezone.now() + SOON)) == ("cancelled", [1], 0)


def test_a_fault_is_told_and_gone_on_from(count, team):
    job = begin(team)
    count.stop = lambda mine: len(count.seen) == 2 and 1 / 0
    work(job)
    assert (job.state, job.done, "ZeroDivisionError" in job.note) == ("failed", 1, True)

    count.stop = lambda mine: None
    go_on(job, by=team, now=NOW)
    assert work(job).state == "done"
    assert count.seen == [1, 2, 2, 3, 4, 5]


def test_who_lost_the_right_meanwhile_gets_a_sentence(count, team):
    job = begin(team)
    team.groups.clear()

    work(job)

    assert (job.state, job.note, count.seen) == ("failed", f"{team.name} may not do this, or not any more.", [])
    with pytest.raises(JobRefused):
        begin(make_user("sales"))


def test_what_was_called_off_elsewhere_ends_as_cancelled(count, team):
    def called_off(job):
        raise JobStopped("The mailing was cancelled.")

    count.stop = called_off
    job = work(begin(team))

    assert (job.state, job.note) == ("cancelled", "The mailing was cancelled.")


def test_a_person_has_a_few_open_and_every_button_says_so(count, names, team, client, monkeypatch):
    monkeypatch.setattr(starting, "MOST_OPEN", 1)
    job = begin(team)
    failed = Job.objects.create(kind="count", key="other", title="Other", state="failed", started_by=team)
    client.force_login(team)

    for button, args in [("job-start", ["names"]), ("freshness-csv", []), ("load-csv", []), ("advocates-export", [])]:
        assert "not done yet" in client.post(reverse(button, args=args), follow=True).content.decode(), button
    assert "not done yet" in client.post(reverse("job-step", args=[failed.pk, "go-on"]), follow=True).content.decode()

    assert begin(team) == job  # no further one
    assert begin(None, other=1) != begin(make_user("advocacy_team"), other=2)
    assert Job.objects.open().filter(started_by=team).count() == 1


# Files ----------------------------------------------------------------------------------------


@pytest.fixture
def names(monkeypatch):
    """A list of names that grows; the kind writes two rows a step."""
    listed = [[1, "Ann"], [2, "=cmd|' /C calc'!A0"], [3, "Cleo"], [4, "Dan"], [5, "Eve"]]
    kind = export_kind(
        code="names",
        label="Names",
        columns=["id", "name"],
        rows=lambda user, params, now, seen: (len(listed), iter(listed)),
        may=lambda user, params: user.is_active and not user.hides_from_standings,
        is_offered=True,
        name=lambda job: "names.csv",
    )
    monkeypatch.setitem(registry._kinds, "names", kind)
    monkeypatch.setattr(files, "SLICE", 2)
    return listed


def table(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_a_file_that_two_workers_wrote_has_each_row_once_and_runs_nothing(names, client):
    sales = make_user("sales")
    job = work(begin(sales, "names"), shift=0)
    with next(files.folder().iterdir()).open("a") as half:
        half.write("5,half a li")  # what a killed worker wrote after its last step
    work(job)

    assert (job.state, job.note) == ("done", "The file has 5 rows.")
    client.force_login(sales)
    response = client.get(reverse("job-file", args=[job.pk]))
    assert table(response) == [
        ["id", "name"],
        ["1", "Ann"],
        ["2", "'=cmd|' /C calc'!A0"],
        ["3", "Cleo"],
        ["4", "Dan"],
        ["5", "Eve"],
    ]
    assert response["Content-Disposition"] == 'attachment; filename="names.csv"'
    assert "no-store" in response["Cache-Control"]
    assert len(list(files.folder().iterdir())) == 1


def test_what_was_written_long_ago_is_written_anew(names):
    job = work(begin(make_user("sales"), "names"), shift=0)
    names.pop(0)  # nobody may see the first one any more

    work(job, now=timezone.now() + timedelta(hours=2))

    assert job.path.read_text().splitlines()[1] == "2,'=cmd|' /C calc'!A0"


def test_a_file_is_for_whoever_began_it_and_the_team_while_they_may_see_it(names, client):
    sales, other, team = make_user("sales"), make_user("sales"), make_user("advocacy_team")
    job = work(begin(sales, "names"))
    url = reverse("job-file", args=[job.pk])

    def answers():
        return [client.force_login(person) or client.get(url).status_code for person in (sales, other, team)]

    assert answers() == [200, 404, 200]
    type(sales).objects.filter(pk=sales.pk).update(hides_from_standings=True)
    assert answers() == [403, 404, 200]


def test_a_file_made_with_a_wider_right_is_for_nobody_who_lost_it(names, client):
    person = make_user("leader")
    leaders = person.groups.get()
    job = work(begin(person, "names"), shift=0)
    person.groups.clear()
    names.pop(0)
    work(job)
    assert job.path.read_text().splitlines()[1].startswith("2,")  # begun anew, with what they may see now

    person.groups.add(leaders)
    wide = work(begin(person, "names"))
    client.force_login(person)
    urls = [reverse("job-file", args=[one.pk]) for one in (job, wide)]
    assert [client.get(url).status_code for url in urls] == [200, 200]
    person.groups.clear()
    assert [client.get(url).status_code for url in urls] == [200, 403]


def test_files_are_removed_after_a_week_and_those_of_cancelled_work_at_once(names, client):
    sales = make_user("sales")
    job, dropped = work(begin(sales, "names")), work(begin(sales, "names", other=1), shift=0)
    running.cancel(dropped, by=sales, now=NOW)
    assert dropped.note == "Nothing of the file was kept."
    assert [path.name for path in files.folder().iterdir()] == [job.file]

    assert remove_old_files(timezone.now() + timedelta(days=6)) == 0
    assert remove_old_files(timezone.now() + timedelta(days=8)) == 1
    assert list(files.folder().iterdir()) == []
    client.force_login(sales)
    assert client.get(reverse("job-file", args=[job.pk])).status_code == 404
    assert "The file was removed" in client.get(reverse("job", args=[job.pk])).content.decode()


def test_a_long_list_of_profiles_holds_what_its_starter_looks_after(client):
    csm = make_user("csm")
    mine = make_advocate(account=make_account(csm=csm))
    make_advocate(account=make_account(csm=make_user("csm")))
    client.force_login(csm)

    page = client.post(reverse("freshness-csv"), QUERY_STRING="list=due")
    job = work(Job.objects.get())

    assert page.url == job.get_absolute_url()
    assert [row[0] for row in table(client.get(reverse("job-file", args=[job.pk])))] == ["advocate_id", str(mine.pk)]


# Pages ----------------------------------------------------------------------------------------


def test_the_page_is_watched_survives_a_reload_and_says_how_it_ended(count, team, client, queued):
    client.force_login(team)
    url = client.post(reverse("job-start", args=["count"])).url
    assert client.post(reverse("job-start", args=["count"])).url == url
    job = work(Job.objects.get(), shift=0)

    for _reload in range(2):
        page = client.get(url).content.decode()
        assert 'hx-trigger="every 2s"' in page
        assert 'value="1" max="5"' in page
    work(job)

    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "Counted." in part
    assert "hx-trigger" not in part
    assert "<html" not in part
    late = client.post(reverse("job-step", args=[job.pk, "cancel"]), follow=True).content.decode()
    assert "cannot become" in late


def test_the_list_shows_ones_own_and_to_the_team_all_with_the_same_queries(count, names, client, django_assert_num_queries):
    team, sales = make_user("advocacy_team"), make_user("sales")
    begin(team), begin(sales, "names")
    client.force_login(sales)
    text = client.get(reverse("jobs")).content.decode()
    assert (text.count('scope="row"'), "To five." in text) == (1, False)

    run = ImportRun.objects.create(kind="accounts", file_name="accounts.csv", rows_total=9)
    client.force_login(team)
    client.get(reverse("jobs"))
    with django_assert_num_queries(NUMBER):
        text = client.get(reverse("jobs")).content.decode()
    assert (text.count('scope="row"'), "To five." in text) == (3, True)
    assert reverse("admin:advocacy_account_import_run", args=[run.pk]) in text
    begin(make_user("sales"), "names"), begin(make_user("csm"), "names")
    with django_assert_num_queries(NUMBER):
        client.get(reverse("jobs"))


NUMBER = 7
