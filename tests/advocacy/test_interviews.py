from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from advocacy import services
from advocacy.exceptions import NotRecruited
from advocacy.models import Consent, Interview, Story, Topic, Verification
from advocacy.services.interviews import Told
from outbox.models import Message
from tests.advocacy.recruits import make_candidate, make_interview, make_recruitment
from tests.factories import activity, make_account, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(days=3)


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def recruitment(csm):
    return make_recruitment(advocate=make_candidate(account=make_account(csm=csm), level="", passion=None))


def plan(recruitment, csm, at=LATER):
    return services.plan_interview(recruitment=recruitment, interviewer=csm, planned_for=at, by=csm, now=NOW)


def told(**parts):
    return Told(**{"held_at": NOW, "profile": {"level": "vp", "passion": 5, "function": ""}} | parts)


def save(planned, csm, /, **parts):
    return services.save_interview(interview=planned, told=told(**parts), by=csm, now=NOW)


def test_whoever_holds_it_gets_a_mail_with_an_entry_for_the_calendar(recruitment, csm):
    interview = plan(recruitment, csm)
    recruitment.refresh_from_db()
    assert recruitment.status == "interview_planned"
    [message] = Message.objects.filter(kind="interview_planned")
    assert message.recipient == csm.email
    [attached] = message.attachments
    [event] = Calendar.from_ical(attached["text"]).walk("VEVENT")
    assert abs(event.decoded("dtstart") - interview.planned_for) < timedelta(seconds=1)


def test_a_new_time_replaces_the_old_one(recruitment, csm):
    first = plan(recruitment, csm)
    assert plan(recruitment, csm, at=LATER + timedelta(days=1)) == first
    assert Interview.objects.get().planned_for == LATER + timedelta(days=1)
    assert Message.objects.filter(kind="interview_planned").exclude(state="cancelled").count() == 1


def test_no_interview_in_the_past(recruitment, csm):
    with pytest.raises(NotRecruited, match="has passed"):
        plan(recruitment, csm, at=NOW)


def test_what_was_said_fills_the_profile_and_blanks_leave_it(recruitment, csm):
    advocate = recruitment.advocate
    advocate.function = "IT"
    advocate.save()
    topic = Topic.objects.create(name="Small teams")
    save(plan(recruitment, csm), csm, interview={"tenure_years": 4, "breadth": "company"}, topics=[topic])

    advocate.refresh_from_db()
    assert (advocate.level, advocate.passion, advocate.function) == ("vp", 5, "IT")
    assert list(advocate.topics.all()) == [topic]
    interview = Interview.objects.get()
    assert (interview.outcome, interview.tenure_years, interview.breadth) == ("held", 4, "company")
    recruitment.refresh_from_db()
    assert recruitment.status == "interviewed"


def test_willingness_story_and_consent_are_kept_with_their_proof(recruitment, csm):
    interview = save(
        plan(recruitment, csm),
        csm,
        willingness={activity("speaking"): ("ask_first", 1)},
        story={"challenge": "Nine days.", "results": [{"measure": "Days", "before": "9", "after": "2"}]},
        consents={"reference_contact": "I may be asked."},
        consent_evidence="Call of 3 May.",
    )
    advocate = interview.advocate
    answer = advocate.willingness.get()
    assert (answer.activity_type.code, answer.answer, answer.cap) == ("speaking", "ask_first", 1)
    assert Story.objects.get(source_key=f"interview:{interview.pk}").results[0]["after"] == "2"
    consent = Consent.objects.get(advocate=advocate)
    assert (consent.method, consent.text_shown, consent.evidence) == ("spoken", "I may be asked.", "Call of 3 May.")
    verified = Verification.objects.filter(advocate=advocate)
    assert set(verified.values_list("section", "method")) == {
        (section, "csm") for section in ("role", "willingness", "story", "consent")
    }


def test_saved_again_the_story_follows_and_no_consent_is_doubled(recruitment, csm):
    interview = plan(recruitment, csm)
    for challenge in ("Nine days.", "Ten days."):
        save(interview, csm, story={"challenge": challenge})
    assert [story.challenge for story in Story.objects.all()] == ["Ten days."]


def test_a_colleague_of_the_team_verifies_as_the_team(recruitment, csm):
    save(plan(recruitment, csm), make_user("advocacy_team"))
    assert set(Verification.objects.values_list("method", flat=True)) == {"team"}


def test_what_did_not_happen_waits_for_a_new_time(recruitment, csm):
    services.miss_interview(interview=plan(recruitment, csm), by=csm, why="They fell ill.", now=NOW)
    recruitment.refresh_from_db()
    assert (recruitment.status, Interview.objects.get().outcome) == ("nominated", "missed")
    assert plan(recruitment, csm) != Interview.objects.earliest("pk")


def test_a_settled_interview_takes_nothing_more(recruitment, csm):
    interview = make_interview(recruitment, outcome="cancelled")
    with pytest.raises(NotRecruited, match="settled"):
        save(interview, csm)


def test_a_talk_without_a_plan_starts_at_once(csm):
    suggested = make_recruitment("suggested", csm=csm)
    interview = services.begin_interview(recruitment=suggested, by=csm, now=NOW)
    assert services.begin_interview(recruitment=suggested, by=csm, now=NOW) == interview
    suggested.refresh_from_db()
    assert suggested.status == "nominated"
