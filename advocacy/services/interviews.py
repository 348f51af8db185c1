"""The conversation with somebody who may become an advocate: planned, held, and what it brought."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.exceptions import NotRecruited
from advocacy.models import Advocate, Consent, Interview, InterviewDraft, Recruitment, Topic, User, Verification
from advocacy.recruiting import emails
from advocacy.services.consent import record_consent
from advocacy.services.people import add_story, set_willingness, verify_section
from advocacy.services.recruiting import take_up
from advocacy.workflow import move, record_change

Status = Recruitment.Status
Outcome = Interview.Outcome
Section = Verification.Section


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an interview brought. Blank is not known: it leaves the profile as it is."""

    held_at: datetime
    profile: dict = field(default_factory=dict)  # fields of Advocate
    interview: dict = field(default_factory=dict)  # fields of Interview
    topics: Iterable[Topic] = ()
    willingness: dict = field(default_factory=dict)  # activity type: (answer, own cap)
    story: dict = field(default_factory=dict)  # fields of Story
    consents: dict = field(default_factory=dict)  # purpose: the exact text read out
    consent_method: str = Consent.Method.SPOKEN
    consent_evidence: str = ""
    sections: Iterable[str] = ()  # said to be right, beyond what the answers say


@transaction.atomic
def plan_interview(*, recruitment: Recruitment, interviewer: User, planned_for: datetime, by: User, now: datetime) -> Interview:
    """Agree on a time; a new time for the same interview replaces the old. Raises NotRecruited, ForbiddenMove."""
    if planned_for <= now:
        raise NotRecruited(_("This time has passed."))
    recruitment = _locked(recruitment)
    interview = recruitment.interviews.filter(outcome=Outcome.PLANNED).first()
    if interview is None:
        interview = Interview(advocate=recruitment.advocate, recruitment=recruitment, created_at=now)
    interview.interviewer, interview.planned_for = interviewer, planned_for
    interview.save()
    if not move(recruitment, to=Status.INTERVIEW_PLANNED, by=by, changed_at=now):
        record_change(
            recruitment, from_status=recruitment.status, to_status=recruitment.status, by=by, why=_("New time."), changed_at=now
        )
    emails.interview_planned(interview, by=by, now=now)
    return interview


@transaction.atomic
def begin_interview(*, recruitment: Recruitment, by: User, now: datetime) -> Interview:
    """The interview under way, planned or spontaneous, for its form; raises NotRecruited."""
    recruitment = _locked(recruitment)
    if not recruitment.is_open:
        raise NotRecruited(_("Take this person up again first."))
    if recruitment.status == Status.SUGGESTED:
        take_up(recruitment=recruitment, by=by, now=now)
    interview = recruitment.interviews.filter(outcome__in=[Outcome.PLANNED, Outcome.HELD]).first()
    return interview or Interview.objects.create(
        advocate=recruitment.advocate, recruitment=recruitment, interviewer=by, created_at=now
    )


@transaction.atomic
def miss_interview(*, interview: Interview, by: User, why: str, now: datetime) -> Interview:
    """It did not happen; the person waits for a new time. Raises NotRecruited."""
    interview = Interview.objects.select_for_update(of=("self",)).select_related("recruitment").get(pk=interview.pk)
    if interview.outcome != Outcome.PLANNED:
        raise NotRecruited(_("This interview is settled: %(outcome)s.") % {"outcome": interview.get_outcome_display()})
    interview.outcome, interview.notes = Outcome.MISSED, f"{interview.notes}\n{why}".strip()
    interview.save(update_fields=["outcome", "notes"])
    if interview.recruitment and interview.recruitment.status == Status.INTERVIEW_PLANNED:
        move(interview.recruitment, to=Status.NOMINATED, by=by, why=why, changed_at=now)
    return interview


@transaction.atomic
def save_interview(*, interview: Interview, told: Told, by: User, now: datetime) -> Interview:
    """Write down what was said: profile, topics, willingness, story, consents, and that the sections are right.

    Saved again it follows the correction; consents are only added. Raises NotRecruited, ForbiddenMove.
    """
    interview = Interview.objects.select_for_update(of=("self",)).select_related("recruitment").get(pk=interview.pk)
    if interview.outcome not in (Outcome.PLANNED, Outcome.HELD):
        raise NotRecruited(_("This interview is settled: %(outcome)s.") % {"outcome": interview.get_outcome_display()})
    advocate = (
        Advocate.objects.select_for_update(no_key=True, of=("self",)).select_related("account").get(pk=interview.advocate_id)
    )
    _hold(interview, told, by, now)
    _write_profile(advocate, told)
    for activity_type, (answer, cap) in told.willingness.items():
        set_willingness(advocate=advocate, activity_type=activity_type, answer=answer, cap=cap)
    if any(told.story.values()):
        came_from = _("Interview by %(name)s") % {"name": interview.interviewer}
        add_story(advocate=advocate, source_key=f"interview:{interview.pk}", came_from=came_from, by=by, **told.story)
    _write_consents(advocate, told, by, now)
    _verify(advocate, told, by, now)
    InterviewDraft.objects.filter(interview=interview).delete()
    return interview


def _hold(interview, told, by, now):
    interview.outcome, interview.held_at = Outcome.HELD, told.held_at
    for name, value in told.interview.items():
        setattr(interview, name, value)
    interview.save()
    interview.topics.set(told.topics)
    recruitment = interview.recruitment
    if recruitment and recruitment.is_open:
        move(recruitment, to=Status.INTERVIEWED, by=by, changed_at=now)


def _write_profile(advocate, told):
    known = {name: value for name, value in told.profile.items() if value not in ("", None, [])}
    for name, value in known.items():
        setattr(advocate, name, value)
    if known:
        advocate.save(update_fields=list(known))
    advocate.topics.add(*told.topics)


def _write_consents(advocate, told, by, now):
    for purpose, text in told.consents.items():
        record_consent(
            advocate=advocate,
            purpose=purpose,
            decision=Consent.Decision.GIVEN,
            given_by=advocate.name,
            method=told.consent_method,
            text_shown=text,
            evidence=told.consent_evidence,
            recorded_by=by,
            now=now,
        )


def _verify(advocate, told, by, now):
    """Whoever was just spoken with: what they answered is right as of today."""
    answered = {
        Section.ROLE: True,
        Section.WILLINGNESS: bool(told.willingness),
        Section.STORY: any(told.story.values()),
        Section.CONSENT: bool(told.consents),
    }
    is_csm = advocate.account is not None and advocate.account.csm_id == by.pk
    method = Verification.Method.CSM if is_csm else Verification.Method.TEAM
    for section in sorted({section for section, is_answered in answered.items() if is_answered} | set(told.sections)):
        verify_section(advocate=advocate, section=section, method=method, by=by, now=now)


def keep_draft(*, interview: Interview, data: dict, by: User, now: datetime) -> InterviewDraft:
    """What was typed so far, as it stands; the newest counts."""
    return InterviewDraft.objects.update_or_create(interview=interview, defaults={"data": data, "saved_by": by, "saved_at": now})[
        0
    ]


def _locked(recruitment):
    return Recruitment.objects.select_for_update(of=("self",)).select_related("advocate__account").get(pk=recruitment.pk)
