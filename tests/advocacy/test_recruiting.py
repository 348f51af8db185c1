from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from advocacy import services
from advocacy.exceptions import AlreadyAdvocate, NotRecruited
from advocacy.models import Recruitment
from advocacy.workflow import history_of
from outbox.models import Message
from tests.advocacy.recruits import make_candidate, make_interview, make_recruitment
from tests.factories import make_account, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = NOW.date()


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def person(csm):
    return make_candidate(account=make_account(csm=csm))


def put_forward(person, by, why="She tells it well."):
    return services.put_forward(advocate=person, by=by, why=why, now=NOW)


def mailed(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_the_csm_hears_at_once_of_whoever_is_put_forward(person, csm):
    put_forward(person, make_user("sales"))
    assert mailed("put_forward") == [csm.email]
    assert "She tells it well." in Message.objects.get(kind="put_forward").text


def test_a_csm_gets_no_mail_about_an_own_nomination(person, csm):
    assert put_forward(person, csm).status == "nominated"
    assert mailed("put_forward") == []


def test_without_a_csm_the_team_hears_of_it():
    team = make_user("advocacy_team")
    put_forward(make_candidate(account=make_account(csm=None)), make_user("colleague"))
    assert mailed("put_forward") == [team.email]


def test_a_second_colleague_joins_with_own_words(person, csm):
    first = put_forward(person, make_user("sales"), "Loud.")
    second = make_user("colleague")
    joined = put_forward(person, second, "Proud.")

    assert joined == first
    assert joined.why == "Loud."
    assert [(words.by, words.why) for words in joined.recommendations.all()] == [(second, "Proud.")]
    assert joined in Recruitment.objects.visible_to(second)


def test_the_same_colleague_again_adds_to_the_words_once(person):
    sales = make_user("sales")
    for why in ("Loud.", "Proud.", "Proud."):
        put_forward(person, sales, why)
    assert Recruitment.objects.get().why == "Loud.\nProud."


def test_whom_the_system_suggested_is_nominated_by_the_first_colleague(person):
    sales = make_user("sales")
    suggested = make_recruitment("suggested", advocate=person, source="system")
    put_forward(person, sales)
    suggested.refresh_from_db()
    assert (suggested.status, suggested.nominated_by) == ("nominated", sales)


@pytest.mark.parametrize("status", ["active", "paused"])
def test_an_advocate_is_not_put_forward(person, status):
    person.status = status
    person.save()
    with pytest.raises(AlreadyAdvocate, match="is an advocate already"):
        put_forward(person, make_user("sales"))


def test_somebody_left_in_peace_stays_so_until_the_day(person, csm):
    recruitment = put_forward(person, csm)
    services.not_now(recruitment=recruitment, until=TODAY + timedelta(days=40), why="A merger.", by=csm, now=NOW)
    assert put_forward(person, make_user("sales")).status == "not_now"
    assert Recruitment.objects.count() == 1


def test_nobody_stands_in_the_pipeline_twice(person):
    make_recruitment(advocate=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_recruitment("suggested", advocate=person)


def test_not_now_has_a_day_a_reason_and_an_answer_to_whoever_asked(person, csm):
    sales = make_user("sales")
    recruitment = put_forward(person, sales)
    interview = make_interview(recruitment)
    services.not_now(recruitment=recruitment, until=TODAY + timedelta(days=40), why="A merger.", by=csm, now=NOW)

    interview.refresh_from_db()
    assert interview.outcome == "cancelled"
    assert history_of(recruitment).last().why == "A merger."
    assert mailed("recruit_outcome") == [sales.email]
    assert "A merger." in Message.objects.get(kind="recruit_outcome").text


def test_not_now_needs_a_day_to_come(person, csm):
    with pytest.raises(NotRecruited, match="after today"):
        services.not_now(recruitment=put_forward(person, csm), until=TODAY, why="A merger.", by=csm, now=NOW)


def test_on_the_day_somebody_is_taken_up_again_once(person, csm):
    recruitment = put_forward(person, csm)
    services.not_now(recruitment=recruitment, until=TODAY + timedelta(days=40), why="A merger.", by=csm, now=NOW)

    assert services.bring_back(now=NOW + timedelta(days=39)) == 0
    assert [services.bring_back(now=NOW + timedelta(days=41)) for _again in range(2)] == [1, 0]
    recruitment.refresh_from_db()
    assert recruitment.status == "nominated"
    assert mailed("recruit_again") == [csm.email]


def test_a_suggestion_left_in_peace_comes_back_through_the_figures_alone(person, csm):
    suggested = make_recruitment("suggested", advocate=person, source="system")
    services.not_now(recruitment=suggested, until=TODAY + timedelta(days=5), why="Busy.", by=csm, now=NOW)
    later = NOW + timedelta(days=6)
    assert services.bring_back(now=later) == 0
    assert services.keep_suggestions_current(now=later) == (0, 1)


def test_nobody_becomes_active_without_an_interview(person, csm):
    recruitment = put_forward(person, csm)
    with pytest.raises(NotRecruited, match="First the interview"):
        services.make_active(recruitment=recruitment, by=csm, now=NOW)


def test_after_the_interview_one_step_makes_an_advocate_and_closes_the_way(person, csm):
    sales = make_user("sales")
    recruitment = put_forward(person, sales)
    Recruitment.objects.update(status="interviewed")

    assert services.make_active(recruitment=recruitment, by=csm, now=NOW).status == "active"
    recruitment.refresh_from_db()
    assert recruitment.status == "active"
    assert mailed("recruit_outcome") == [sales.email]


def test_who_becomes_an_advocate_another_way_leaves_the_pipeline(person, csm):
    recruitment = make_recruitment("suggested", advocate=person)
    services.activate_advocate(advocate=person, by=csm, now=NOW)
    recruitment.refresh_from_db()
    assert recruitment.status == "active"


def test_linked_to_a_company_its_csm_hears_of_it(csm):
    make_user("advocacy_team")
    recruitment = put_forward(make_candidate(account=None), None)
    services.link_recruit(recruitment=recruitment, account=make_account(csm=csm), by=make_user("advocacy_team"), now=NOW)
    assert csm.email in mailed("put_forward")
    assert recruitment in Recruitment.objects.visible_to(csm)


def test_nominees_who_did_not_win_are_suggested_once(person):
    active = make_candidate(status="active")
    for _again in range(2):
        services.suggest_from_award(advocates=[person, active], program="Impact Awards", now=NOW)
    [suggested] = Recruitment.objects.all()
    assert (suggested.advocate, suggested.status, suggested.source) == (person, "suggested", "award")


def test_strangers_see_no_recruitment(person, csm):
    recruitment = put_forward(person, csm)
    seen = [
        name
        for name in ("csm", "sales", "advocacy_team", "leader")
        if recruitment in Recruitment.objects.visible_to(make_user(name))
    ]
    assert seen == ["advocacy_team", "leader"]
