"""Two guest judges from outside, and the reminders judges got."""

from datetime import timedelta

from advocacy.links import issue_link
from advocacy.models import SecretLink, User
from awards.models import Judge, Winner
from awards.services import invite_guest, note_practised, nudge_judge, open_invitation
from outbox import clocks
from outbox.models import Message
from portal.demo.mails import went_out


def invite_guests(program, now):
    """An analyst, who came in, and a winner of last season, who has not opened the invitation yet."""
    team = User.objects.role("advocacy_team").first()
    last = Winner.objects.filter(category__program__slug=f"customer-impact-{int(program.season) - 1}").last().entry.nomination
    analyst = {"name": "Ottoline Brandt", "email": "ottoline.brandt@fieldnotes.example", "kind": Judge.GuestKind.ANALYST}
    winner = {"name": last.nominee.name, "email": last.nominee.email, "kind": Judge.GuestKind.PAST_WINNER}
    first = invite_guest(program=program, account=None, by=team, now=now, **analyst)
    invite_guest(program=program, account=last.account, by=team, now=now, **winner)
    came = now + timedelta(days=1)
    token = issue_link(purpose=SecretLink.Purpose.JUDGE, about=first, expires_at=program.judging_closes_at)
    open_invitation(token=token, now=came)
    note_practised(judge=first, now=came)


def remind(program, now):
    """What the clock wrote a week before the end, and one nudge by hand for whoever has not begun."""
    clocks.run(clocks.rule_of("judging_ends_soon"), now - timedelta(minutes=30))
    slowest = (
        Judge.objects.filter(program=program, user__isnull=False).open_work().with_open_count().order_by("-open_count", "pk")
    )
    nudge_judge(judge=slowest.first(), now=now - timedelta(minutes=20))
    went_out(Message.objects.filter(kind="judging_ends_soon"), now - timedelta(minutes=20))
