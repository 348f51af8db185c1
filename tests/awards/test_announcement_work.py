"""Announcements to very many: their mails are long work."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.jobs import running, starting
from advocacy.models import Job
from awards.services import announcement_mails, announcement_work
from nominations.models import Program
from nominations.services import reminders
from outbox.exceptions import MailingRefused
from outbox.mailings import release_mailing
from outbox.models import Mailing, Message
from tests.awards.award_factories import make_accepted
from tests.awards.factories import CLOSED
from tests.factories import make_judge, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    monkeypatch.setattr(announcement_mails, "AT_ONCE", 0)
    monkeypatch.setattr(announcement_work, "SLICE", 1)
    monkeypatch.setattr(reminders, "AT_ONCE", 0)
    monkeypatch.setattr(reminders, "CALL_SLICE", 2)


def work(job, **options):
    running.work_on(job.pk, now=CLOSED, again=lambda pk: None, **options)
    job.refresh_from_db()
    return job


def prepared(client, winner, team):
    client.force_login(team)
    url = client.post(reverse("results-announcement-prepare", args=[winner.category.program.slug])).url
    job = Job.objects.get()
    assert url == job.get_absolute_url()
    return job


def test_going_on_writes_nobody_twice_and_nothing_is_released_before_the_end(client):
    winner, team = make_accepted()
    job = work(prepared(client, winner, team), shift=0)
    assert (job.state, job.done, Message.objects.held().count()) == ("running", 1, 1)
    with pytest.raises(MailingRefused, match="still being written"):
        release_mailing(mailing=Mailing.objects.get(), by=team, now=CLOSED)

    work(job)

    held = Message.objects.held()
    assert (job.state, job.done) == ("done", job.total)
    assert job.note == f"{len(held)} mails are prepared. Nothing is sent."
    assert len(held) > 2
    assert len({(mail.kind, mail.recipient) for mail in held}) == len(held)


def test_cancelling_leaves_a_cancelled_mailing_and_the_next_is_another(client):
    winner, team = make_accepted()
    job = work(prepared(client, winner, team), shift=0)
    client.post(reverse("job-step", args=[job.pk, "cancel"]))

    work(job)

    assert (job.state, job.note) == ("cancelled", "1 mails that were prepared stay home; nobody gets one.")
    assert [mailing.state for mailing in Mailing.objects.all()] == ["cancelled"]
    assert set(Message.objects.filter(mailing__isnull=False).values_list("state", flat=True)) == {"cancelled"}
    client.post(reverse("results-announcement-prepare", args=[winner.category.program.slug]))
    assert work(Job.objects.first()).state == "done"
    assert Message.objects.held().exists()


def test_the_mail_to_all_who_may_nominate_goes_on_where_it_was():
    program = make_program(now=timezone.now(), phase="open")
    people = [make_user(role) for role in ("csm", "sales", "colleague", "csm", "sales")]
    job = Job.objects.create(kind="call_mails", key="x", title="Open", params={"program": program.pk, "mark": "1"})
    work(job, shift=0)
    assert (job.done, Message.objects.held().count()) == (2, 2)

    work(job)

    assert (job.state, job.done) == ("done", len(people))
    assert sorted(Message.objects.held().values_list("recipient", flat=True)) == sorted(person.email for person in people)


def test_the_figures_of_a_large_program_are_a_file_for_whoever_may_see_them(client, monkeypatch):
    winner, team = make_accepted()
    client.force_login(team)
    urls = [client.post(reverse(name, args=[winner.category.program.slug])).url for name in ("results-csv", "results-scores-csv")]
    jobs = [work(Job.objects.get(pk=url.split("/")[-2])) for url in urls]
    assert [job.state for job in jobs] == ["done", "done"]
    for job, name in zip(jobs, ("results-csv", "results-scores-csv"), strict=True):
        at_once = b"".join(client.get(reverse(name, args=[winner.category.program.slug])).streaming_content)
        assert job.path.read_bytes() == at_once

    files = [reverse("job-file", args=[job.pk]) for job in jobs]
    monkeypatch.setattr(starting, "MOST_OPEN", 0)
    for name in ("results-csv", "results-scores-csv", "results-announcement-prepare"):
        refused = client.post(reverse(name, args=[winner.category.program.slug]), follow=True)
        assert "not done yet" in refused.content.decode()

    later = timezone.now() + timedelta(days=1)
    Program.objects.update(judging_closes_at=later, announces_at=later)
    judge = make_judge(winner.category.program, user=team)
    assert {client.get(file).status_code for file in files} == {403}
    judge.delete()
    assert {client.get(file).status_code for file in files} == {200}
    team.groups.clear()
    assert {client.get(file).status_code for file in files} == {403}
