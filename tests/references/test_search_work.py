"""The search as long work: made anew in slices, and its whole list as a file."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.jobs import running
from advocacy.jobs.files import folder
from advocacy.jobs.starting import start
from advocacy.models import Advocate, Job
from references import exports
from references.models import SearchRow
from references.rows import wrong_bits, wrong_rows
from references.services import rebuilding
from tests.factories import make_reference, make_user
from tests.races import start_taker


def work(job, **options):
    running.work_on(job.pk, now=timezone.now(), again=lambda pk: None, **options)
    job.refresh_from_db()
    return job


@pytest.mark.django_db
def test_a_rebuild_puts_wrong_rows_right_slice_by_slice(client, monkeypatch):
    monkeypatch.setattr(rebuilding, "SLICE", 2)
    team = make_user("advocacy_team")
    for _number in range(3):
        make_reference()
    SearchRow.objects.update(region="nowhere")
    client.force_login(team)
    client.post(reverse("job-start", args=["search_rebuild"]))
    job = work(Job.objects.get(), shift=0)
    assert (job.done, SearchRow.objects.filter(region="nowhere").count()) == (2, 1)

    work(job)

    assert (job.state, job.done) == ("done", job.total)
    assert (wrong_rows(), wrong_bits(timezone.now())) == ([], [])


@pytest.mark.django_db
def test_the_whole_list_of_a_search_goes_on_and_shows_what_its_reader_may_know(client, monkeypatch):
    monkeypatch.setattr("advocacy.jobs.files.SLICE", 2)
    monkeypatch.setattr(exports, "AT_MOST", 2)
    people = {str(make_reference().pk) for _number in range(5)}
    client.force_login(make_user("sales"))
    job = work(Job.objects.get(pk=client.post(reverse("advocates-export")).url.split("/")[-2]), shift=0)
    assert job.done == 2
    hidden = Advocate.objects.exclude(pk__in=[line.split(",")[0] for line in lines_of(job)[1:]]).first()
    Advocate.objects.filter(pk=hidden.pk).update(status="retired")

    work(job)

    assert job.file_name == "advocates-4.csv"
    found = [line.split(",")[0] for line in lines_of(job)[1:]]
    assert sorted(found) == sorted(people - {str(hidden.pk)})
    assert "@" not in job.path.read_text()


def lines_of(job):
    return next(folder().glob(f"{job.pk}-*.csv")).read_text().splitlines()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_rebuild_whose_worker_is_killed_is_finished_once_by_another():
    team = make_user("advocacy_team")
    for _number in range(4):
        make_reference()
    job = start(kind="search_rebuild", params={}, title="Rebuild", by=team, now=timezone.now())
    worker = start_taker(
        "import time\nfrom advocacy.jobs import running\nfrom django.utils import timezone\n"
        "from references.services import rebuilding\nrebuilding.SLICE = 1\n"
        "refresh = rebuilding.upkeep.refresh\nrebuilding.upkeep.refresh = lambda pks: (refresh(pks), time.sleep(1))\n"
        f"running.work_on({job.pk}, now=timezone.now(), again=print)"
    )
    worker.stdin.write("go\n")
    worker.stdin.flush()
    until = time.monotonic() + 60
    while time.monotonic() < until and not Job.objects.get(pk=job.pk).done:
        time.sleep(0.05)
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()

    assert work(job).state == "running"  # a worker may still be at it
    assert 0 < job.done < 4
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - timedelta(minutes=12))
    assert running.left_alone(timezone.now()) == [job.pk]
    assert work(job).state == "done"
    assert job.cursor["rows"] == 4
    assert running.left_alone(timezone.now() + timedelta(hours=1)) == []
