from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy import services
from advocacy.exceptions import CannotMerge, LinkExpired
from advocacy.links import issue_link, read_link
from advocacy.models import Advocate, Consent, PersonMatch
from advocacy.workflow import history_of
from portal.merging import join_profiles
from tests.advocacy.recruits import make_recruitment
from tests.factories import activity, make_account, make_advocate, make_nomination, make_story, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def team():
    return make_user("advocacy_team")


@pytest.fixture
def old():
    return make_advocate(name="Ada Nilsen", email="ada@old.example", account=make_account(name="Old"), title="Manager")


@pytest.fixture
def new():
    return make_advocate(
        name="Ada Nilsen", email="ada@new.example", account=make_account(name="New"), title="CIO", status="candidate"
    )


def match(old, new):
    return PersonMatch.objects.create(advocate=old, other=new, likeness=80)


def join(old, new, team, works_at_other=True):
    kept = join_profiles(match=match(old, new), works_at_other=works_at_other, by=team, now=NOW)
    new.refresh_from_db()
    return Advocate.objects.get(pk=kept.pk)


def allow(advocate, purpose, decision="given", days=0):
    return services.record_consent(
        advocate=advocate,
        purpose=purpose,
        decision=decision,
        given_by=advocate.name,
        method="mail",
        text_shown="You may.",
        evidence="Mail",
        now=NOW - timedelta(days=days),
    )


def in_force(advocate):
    return set(Consent.objects.in_force(NOW.date()).filter(advocate=advocate).values_list("purpose", flat=True))


def test_the_profile_known_first_moves_to_the_new_job_and_keeps_the_old_one_dated(old, new, team):
    token = issue_link(purpose="verify_profile", about=old, expires_at=NOW + timedelta(days=9), detail="role")
    kept = join(old, new, team)
    with pytest.raises(LinkExpired):  # it went to the earlier address
        read_link(purpose="verify_profile", token=token, now=NOW)
    assert (kept, kept.account.name, kept.title, kept.email) == (old, "New", "CIO", "ada@new.example")
    [position] = kept.positions.all()
    assert (position.account.name, position.title) == ("Old", "Manager")
    assert kept.status == "active"


def test_the_other_profile_stays_readable_retired_and_leads_to_the_one_kept(old, new, team):
    kept = join(old, new, team)
    assert (new.status, new.email) == ("retired", "ada@old.example")
    assert "The same person as Ada Nilsen" in history_of(new).last().why
    assert services.find_or_add_advocate(account=None, name="Ada Nilsen", email="ada@old.example") == kept


def test_asks_stories_and_nominations_follow_the_person(old, new, team):
    new.asks.create(activity_type=activity("review"), account=new.account, counts_on=NOW.date(), state="done")
    make_story(new)
    nomination = make_nomination(nominee=new)
    kept = join(old, new, team)
    nomination.refresh_from_db()
    assert (kept.asks.count(), kept.stories.count(), nomination.nominee) == (1, 1, kept)


def test_of_two_answers_the_stricter_one_counts(old, new, team):
    call, talk = activity("reference-call"), activity("speaking")
    services.set_willingness(advocate=old, activity_type=call, answer="yes", cap=4)
    services.set_willingness(advocate=new, activity_type=call, answer="ask_first", cap=1)
    services.set_willingness(advocate=new, activity_type=talk, answer="no")
    kept = join(old, new, team)
    answers = {row.activity_type.code: (row.answer, row.cap) for row in kept.willingness.all()}
    assert answers == {"reference-call": ("ask_first", 1), "speaking": ("no", None)}


def test_the_last_word_on_a_consent_wins_whichever_profile_it_was_said_to(old, new, team):
    allow(old, "use_quote", days=20)
    allow(new, "use_quote", "withdrawn", days=10)
    allow(new, "reference_contact", days=10)
    kept = join(old, new, team)
    assert in_force(kept) == {"reference_contact"}
    copied = Consent.objects.get(advocate=kept, purpose="reference_contact")
    assert f"taken over from profile {new.pk}" in copied.evidence
    assert Consent.objects.filter(advocate=new).count() == 2


def test_what_was_allowed_for_the_company_left_ends_with_it(old, new, team):
    allow(old, "use_company_name", days=20)
    assert "use_company_name" not in in_force(join(old, new, team))


def test_what_was_allowed_for_the_company_of_today_stays(old, new, team):
    allow(old, "use_company_name", days=20)
    allow(new, "use_company_name", days=30)
    assert "use_company_name" in in_force(join(old, new, team))


def test_who_is_being_asked_is_not_joined_meanwhile(old, new, team):
    new.asks.create(activity_type=activity("review"), account=new.account, counts_on=NOW.date(), state="asked")
    with pytest.raises(CannotMerge, match="Let it end"):
        join(old, new, team)
    assert Advocate.objects.get(pk=new.pk).status == "candidate"


def test_a_wish_to_be_left_in_peace_is_kept(old, new, team):
    until = NOW.date() + timedelta(days=30)
    services.pause_advocate(advocate=old, until=until, by=team, now=NOW)
    Advocate.objects.filter(pk=new.pk).update(rests_until=until)
    kept = join(old, new, team)
    assert (kept.status, kept.paused_until, kept.rests_until) == ("paused", until, until)


def test_one_way_through_the_pipeline_goes_on(old, new, team):
    old.status = "candidate"
    old.save()
    make_recruitment(advocate=old, why="Loud.")
    make_recruitment(advocate=new, why="Proud.")
    kept = join(old, new, team)
    assert kept.recruitments.open().get().why == "Loud.\nProud."


def test_today_may_be_the_job_we_knew_first(old, new, team):
    kept = join(old, new, team, works_at_other=False)
    assert (kept.account.name, kept.email) == ("Old", "ada@old.example")
    assert kept.positions.get().account.name == "New"


def test_joined_once_they_are_not_joined_again(old, new, team):
    pair = match(old, new)
    join_profiles(match=pair, works_at_other=True, by=team, now=NOW)
    with pytest.raises(CannotMerge, match="one profile already"):
        join_profiles(match=pair, works_at_other=True, by=team, now=NOW)
