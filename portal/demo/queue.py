"""What the advocacy team found while it looked through the open call."""

from datetime import timedelta

from advocacy.models import PublicityApproval, User
from advocacy.services.publicity import ask_for_publicity, record_publicity_answer
from nominations.publicity import narrow_ask, narrow_recognition, source_key
from nominations.services import triage
from nominations.services.clarifications import ask_nominator
from nominations.services.duplicates import keep_apart


def look_through(program, handed_in, now):
    """Two stories of one company kept apart, one question open, one taken out, one company asked; a pair is undecided."""
    elena = User.objects.get(email="team@demo.laurel.example")
    keep_apart(first=handed_in["yes"], second=handed_in["apart"], by=elena, now=now - timedelta(days=3))
    ask_nominator(
        nomination=handed_in["unclear"],
        question="What was the number before, and over which months was it measured? The judges will look for both.",
        answer_by=now + timedelta(days=6),
        by=elena,
        now=now - timedelta(days=1),
    )
    triage(
        nomination=handed_in["too soon"],
        to="ineligible",
        by=elena,
        why="They had two hard months with us: health is at 58, and 70 is needed. A good one for the next round.",
        now=now - timedelta(days=2),
    )
    _ask_the_company(handed_in["locked"], elena, now)


def _ask_the_company(nomination, elena, now):
    """It refused a case study last year; now it is asked for a line on one page."""
    account, approver = nomination.account, "Eskil Thorsen, head of communications"
    refused = ask_for_publicity(
        account=account,
        what="A case study with their logo and two numbers",
        approver=approver,
        source_key="demo:case-study",
        is_content=True,
        by=elena,
        now=now - timedelta(days=210),
    )
    record_publicity_answer(
        approval=refused,
        answer=PublicityApproval.Answer.REFUSED,
        evidence="Mail of their press office",
        by=elena,
        now=now - timedelta(days=201),
    )
    ask_for_publicity(
        account=account,
        what=narrow_recognition(nomination),
        approver=approver,
        approver_email=f"press@{account.domain}",
        source_key=source_key(nomination),
        subject="We want to honour your results",
        text=narrow_ask(nomination, approver="Eskil", sender=elena.name),
        by=elena,
        now=now - timedelta(days=3),
    )
