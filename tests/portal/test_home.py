"""The start page: what needs this person today, and nothing of anybody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.freshness import CHECKED
from advocacy.models import Verification
from nominations.models import Nomination, NomineeReply
from outbox import holding
from outbox.mailings import prepare_mailing
from outbox.models import Message
from references.models import ReferenceRequest
from tests import factories
from tests.access import make_world

pytestmark = pytest.mark.django_db

START = "/"


@pytest.fixture
def world():
    return make_world()


def page_of(client, person):
    client.force_login(person)
    return client.get(START)


def test_a_visitor_sees_the_public_programs_that_take_nominations(client):
    shown = factories.make_program(phase="open")
    hidden = factories.make_program(phase="open", is_public=False)
    over = factories.make_program(phase="judging")
    page = client.get(START).content.decode()
    assert shown.name in page
    assert hidden.name not in page
    assert over.name not in page


def test_without_an_open_program_a_visitor_is_told_where_to_look(client):
    assert "See all programs" in client.get(START).content.decode()


def test_a_csm_sees_the_request_that_waits_for_an_answer(client, world):
    assert page_of(client, world.csm).context["waiting"] == [world.request]


def test_the_requester_sees_it_as_somebody_elses_turn(client, world):
    context = page_of(client, world.sales).context
    assert (context["waiting"], context["own_requests"]) == ([], [world.request])
    assert f"{world.csm.name} has the next step" in page_of(client, world.sales).content.decode()


def test_another_csm_sees_nothing_of_it(client, world):
    context = page_of(client, world.other_csm).context
    assert (context["waiting"], context["own_requests"]) == ([], [])


def test_a_request_nobody_holds_is_the_teams(client, world):
    ReferenceRequest.objects.update(holder=None)
    assert page_of(client, world.team).context["waiting"] == [world.request]


def test_a_finished_request_waits_for_nobody(client, world):
    ReferenceRequest.objects.update(status="completed")
    assert page_of(client, world.csm).context["waiting"] == []
    assert page_of(client, world.sales).context["own_requests"] == []


def test_a_draft_stands_there_with_what_it_lacks(client, world):
    world.draft.headline = ""
    world.draft.save()
    page = page_of(client, world.csm)
    assert [nomination for nomination, _missing in page.context["drafts"]] == [world.draft]
    assert "a headline" in page.content.decode()


def test_nobody_sees_the_draft_of_another(client, world):
    assert page_of(client, world.sales).context["drafts"] == []


def test_a_judge_sees_how_much_is_left_and_until_when(client, world):
    page = page_of(client, world.judge)
    assert [(judge.program, judge.open_count) for judge in page.context["judging"]] == [(world.judged_program, 1)]
    assert "1 nomination to score" in page.content.decode()


def test_a_judge_who_is_done_is_left_in_peace(client, world):
    world.assignment.status = "done"
    world.assignment.save()
    assert page_of(client, world.judge).context["judging"] == []


def test_a_profile_nobody_confirmed_is_due_at_its_csm(client, world):
    [line] = page_of(client, world.csm).context["profiles"]
    assert line.advocate == world.advocate
    assert page_of(client, world.other_csm).context["profiles"] == []


def test_a_profile_confirmed_lately_is_not(client, world):
    for section in CHECKED:
        Verification.objects.create(advocate=world.advocate, section=section, method="csm", verified_at=world.now)
    assert page_of(client, world.csm).context["profiles"] == []


def test_one_section_that_grew_old_is_enough(client, world):
    for section, days in {"contact": 1, "role": 1, "willingness": 200, "story": 1}.items():
        verified_at = timezone.now() - timedelta(days=days)
        Verification.objects.create(advocate=world.advocate, section=section, method="csm", verified_at=verified_at)
    [line] = page_of(client, world.csm).context["profiles"]
    assert line.waiting.sections == ["willingness"]


def test_the_team_sees_what_has_to_be_put_right(client, world):
    factories.make_nomination(world.program, nominee=None, account=None)
    Message.objects.create(key="k", kind="x", recipient="a@b.example", subject="S", text="T", state="failed")
    mailing = prepare_mailing(key="news:1", title="News of spring", by=world.team, now=world.now)
    factories.make_message(mailing=mailing, state="held")
    holding.hold_all_mail(why="A restored copy.")
    page = page_of(client, world.team).content.decode()
    assert "1 nomination without an account" in page
    assert "1 mail that did not go out" in page
    assert "News of spring" in page
    assert "A restored copy." in page


def test_whoever_has_nothing_to_do_is_told_so(client):
    assert "Nothing waits for you." in page_of(client, factories.make_user("sales")).content.decode()
    assert (
        '<a class="btn btn-primary" href="/reports/">Open the reports</a>'
        in page_of(client, factories.make_user("leader")).content.decode()
    )


@pytest.mark.parametrize("person", ["sales", "colleague", "csm", "judge", "team", "leader"])
def test_more_rows_cost_no_more_queries_and_two_dozen_are_enough(person, client, world, django_assert_max_num_queries):
    reader = getattr(world, person)
    client.force_login(reader)
    _more_of_everything(world, reader)
    with django_assert_max_num_queries(24) as with_one:
        client.get(START)
    for _number in range(2):
        _more_of_everything(world, reader)
    with django_assert_max_num_queries(24) as with_three:
        client.get(START)
    assert len(with_three) == len(with_one)


def _more_of_everything(world, reader):
    factories.make_program(now=world.now, phase="open")
    factories.make_nomination(world.program, account=world.account, nominator=reader, status="draft")
    factories.make_advocate(account=world.account)
    nomination = factories.make_nomination(world.judged_program)
    _more_to_ask(world, reader)
    factories.make_assignment(world.judge_role, nomination)
    for requester, holder in [(reader, world.csm), (world.sales, reader)]:
        ReferenceRequest.objects.create(
            requester=requester,
            holder=holder,
            activity_type=factories.activity(),
            wants_to_hear="How it went.",
            needed_by=world.now.date(),
            status="proposed",
        )


def _more_to_ask(world, reader):
    """A nominee to be asked by mail, and a question of the advocacy team."""
    account = factories.make_account(csm=reader)
    nomination = factories.make_nomination(world.program, account=account)
    NomineeReply.objects.create(nomination=nomination, goes_at=world.now + timedelta(days=2))
    facts = {"question": "How many?", "asked_by": world.team, "asked_of": reader}
    nomination.clarifications.create(answer_by=world.now + timedelta(days=3), **facts)


def test_a_draft_tells_until_when_it_is_taken_and_when_it_no_longer_is(client, world):
    late, extended = (
        factories.make_nomination(world.judged_program, nominator=world.csm, status="draft") for _number in range(2)
    )
    Nomination.objects.filter(pk=extended.pk).update(extended_until=world.now + timedelta(days=2))
    rows = page_of(client, world.csm).text.split('class="row-item"')
    assert "closed" in next(row for row in rows if f"/nominations/{late.pk}/" in row)
    assert "closes" in next(row for row in rows if f"/nominations/{extended.pk}/" in row)


def test_a_csm_sees_the_mails_to_nominees_that_wait_for_their_word(client, world):
    _more_to_ask(world, world.csm)
    page = page_of(client, world.csm).text
    assert "Ask your nominees" in page
    assert "I ask myself" in page


@pytest.mark.parametrize(("answer", "words"), [("not_yet", "they said not yet"), ("", "you ask in person")])
def test_who_needs_a_talk_stays_on_the_csms_start_page(client, world, answer, words):
    _more_to_ask(world, world.csm)
    NomineeReply.objects.update(answer=answer, goes_at=None)
    page = page_of(client, world.csm).text
    assert words in page
    assert "Record the answer" in page


def test_who_answered_does_not(client, world):
    _more_to_ask(world, world.csm)
    NomineeReply.objects.update(answer="yes", goes_at=None)
    assert "Ask your nominees" not in page_of(client, world.csm).text


def test_another_csm_does_not_see_them(client, world):
    _more_to_ask(world, world.csm)
    page = page_of(client, world.other_csm).text
    assert "Ask your nominees" not in page
    assert "How many?" not in page


def test_a_question_of_the_team_stands_on_the_start_page_of_whom_it_asks(client, world):
    _more_to_ask(world, world.csm)
    assert "How many?" in page_of(client, world.csm).text
