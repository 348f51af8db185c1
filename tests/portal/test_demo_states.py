"""What the demo shows, so that each role who signs in finds real work. Seeding takes some seconds: it happens once."""

import pytest
from django.utils import timezone

from advocacy.models import PersonMatch, PublicityApproval, Recognition, Recruitment, User
from advocacy.profile_checks.shares import trend
from advocacy.working_time import day_of
from awards.models import Assignment, FollowThroughStep, Judge, PreparationItem, Winner
from awards.paths import paths_of
from nominations.models import Alert, Clarification, DuplicateReview, Nomination, NomineeReply, Prize, Program, SectionRequest
from nominations.setup import checklist
from nominations.setup.facts import facts_of
from nominations.triage.likeness import likely_pairs
from outbox.models import Message
from portal.demo.seed import seed
from portal.standings import standings
from references.models import ReferenceRequest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MAYA, TOMAS, PRIYA = "csm@demo.laurel.example", "judge@demo.laurel.example", "colleague@demo.laurel.example"


def test_the_demo_shows_everything_from_the_call_to_what_follows(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    assert seed(now=now)
    shown = _recruiting() | _setting_up(now) | _nominating(now) | _judging(now) | _winning(now) | _following(now)
    assert [what for what, is_there in shown.items() if not is_there] == []
    assert not seed(now=now), "A second run changes nothing."


def _recruiting():
    return {
        "a request in each state but the draft": set(ReferenceRequest.objects.values_list("status", flat=True))
        == set(ReferenceRequest.Status.values) - {"draft"},
        "somebody in each state": set(Recruitment.objects.values_list("status", flat=True)) == set(Recruitment.Status.values),
        "somebody whose company is open": Recruitment.objects.open().filter(advocate__account=None),
        "work for the CSM": Recruitment.objects.open().filter(advocate__account__csm__email=MAYA).count() > 3,
        "a person known twice": PersonMatch.objects.open(),
        "months of checks": trend(User.objects.get(email=MAYA), timezone.now())[2:],
    }


def _setting_up(now):
    planned = Program.objects.exclude(copied_from=None).get()
    items = checklist.launch_checklist(facts_of(planned), now)
    return {
        "each phase but one": {program.phase(now) for program in Program.objects.all()}
        >= {"planned", "open", "judging", "judged", "announced"},
        "a donation among the prizes, with a cost": Prize.objects.filter(kind="donation", planned_cost__gt=0),
        "next season half prepared": 3 < len(checklist.open_items(items)) < len(items) - 3,
        "a chair and factors": Program.objects.filter(chair__isnull=False).exclude(selection_factors=[]),
    }


def _nominating(now):
    replies = NomineeReply.objects.filter(nomination__program__slug="quarterly-spotlight")
    drafts = Nomination.objects.drafts()
    owed = Nomination.objects.lacking_reading(now).filter(account__csm__email=MAYA)
    return {
        "yes, no and not yet": set(replies.values_list("answer", flat=True)) >= {"yes", "no", "not_yet"},
        "a question before its time": replies.to_ask().filter(goes_at__gt=now),
        "a draft handed over": drafts.filter(nominator__email=MAYA, supporters__name="Ines Albrecht"),
        "files": drafts.filter(attachments__content_type="application/pdf"),
        "more time": drafts.filter(extended_until__gt=now),
        "a section waiting": SectionRequest.objects.waiting().filter(colleague__email=PRIYA),
        "a reading owed to a customer": owed.filter(source="self"),
        "a pair undecided": likely_pairs(Program.objects.get(slug="quarterly-spotlight")),
        "a pair kept apart": DuplicateReview.objects.filter(verdict="kept"),
        "a clarification open": Clarification.objects.filter(answered_at=None, asked_of__email=PRIYA),
        "a company asked, and its earlier no": set(PublicityApproval.objects.values_list("answer", flat=True)) == {"", "refused"},
        "one taken out": Nomination.objects.filter(status="ineligible"),
    }


def _judging(now):
    guests = Judge.objects.guests()
    return {
        "an analyst and a past winner": set(guests.values_list("guest_kind", flat=True)) == {"analyst", "past_winner"},
        "guests with open work": guests.open_work().count() == 2,
        "judges who are not equally far": len(set(Judge.objects.with_progress().values_list("done_count", flat=True))) > 3,
        "work for the judge": Assignment.objects.open().filter(judge__user__email=TOMAS),
        "reminders": Message.objects.filter(kind="judging_ends_soon"),
    }


def _winning(now):
    offered = Winner.objects.filter(status="offered", answer_by__gt=day_of(now))
    public = Winner.objects.public(now)
    return {
        "an offer out, of a frozen result": offered.filter(category__program__frozen_results__isnull=False),
        "public winners": public.count() >= 5,
        "a logo": public.exclude(logo=""),
        "late items before an announcement": PreparationItem.objects.late(day_of(now)),
        "given and promised": set(Recognition.objects.values_list("status", flat=True)) >= {"planned", "promised", "delivered"},
        "rows in the standings": all(standings(now).values()),
    }


def _following(now):
    steps = FollowThroughStep.objects.filter(winner__entry__nomination__account__csm__email=MAYA)
    paths = paths_of(Winner.objects.for_list().filter(category__program__announced_at__isnull=False))
    return {
        "a review": steps.filter(activity_type__code="review", status="done"),
        "a call for an opportunity": [path for path in paths if path.reference and path.opportunities],
        "one due": FollowThroughStep.objects.planned().filter(due_on__lte=day_of(now)),
        "an alert": Alert.objects.filter(kind="escalation", settled_at=None, nomination__account__csm__email=MAYA),
    }
