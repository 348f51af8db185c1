"""The files of a nomination, for the judges who have it."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from awards.invitations import issue_way_in
from tests.awards.factories import make_guest
from tests.factories import make_assignment, make_judge, make_nomination, make_program
from tests.nominations.files import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def nomination():
    nomination = make_nomination(make_program(phase="judging"))
    kept = {"name": "proof.pdf", "content_type": "application/pdf", "size": len(PDF), "digest": "0" * 64}
    nomination.attachments.create(file=ContentFile(PDF, "0.pdf"), **kept)
    return nomination


def download(client, assignment, at="judging-file"):
    return client.get(reverse(at, args=[assignment.pk, assignment.nomination.attachments.get().pk]))


def test_a_judge_downloads_the_files_of_their_nominations(client, nomination):
    assignment = make_assignment(make_judge(nomination.program), nomination)
    client.force_login(assignment.judge.user)
    assert "proof.pdf" in client.get(reverse("judging-assignment", args=[assignment.pk])).text
    assert download(client, assignment)["Content-Disposition"] == 'attachment; filename="proof.pdf"'


def test_another_judge_does_not(client, nomination):
    assignment = make_assignment(make_judge(nomination.program), nomination)
    client.force_login(make_judge(nomination.program).user)
    assert download(client, assignment).status_code == 404


def test_a_recused_judge_does_not_any_more(client, nomination):
    assignment = make_assignment(make_judge(nomination.program), nomination, status="recused", reason="My brother.")
    client.force_login(assignment.judge.user)
    assert download(client, assignment).status_code == 404


@pytest.mark.parametrize(("sees_names", "status"), [(True, 200), (False, 404)])
def test_a_guest_does_where_the_program_shows_names(client, nomination, sees_names, status):
    nomination.program.guests_see_names = sees_names
    nomination.program.save()
    assignment = make_assignment(make_guest(nomination.program), nomination)
    client.post(issue_way_in(assignment.judge))
    assert ("proof.pdf" in client.get(reverse("guest-assignment", args=[assignment.pk])).text) is sees_names
    assert download(client, assignment, at="guest-file").status_code == status


def test_a_tie_found_later_keeps_the_files_back_too(client, nomination):
    assignment = make_assignment(make_judge(nomination.program), nomination)
    nomination.account.csm = assignment.judge.user
    nomination.account.save()
    client.force_login(assignment.judge.user)
    assert download(client, assignment).status_code == 404
