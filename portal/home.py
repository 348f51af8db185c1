"""What needs a person today. Each part is asked of the database only when the person's role has it."""

from datetime import datetime

from django.db.models import Q

from advocacy.models import Account, Ask, User
from advocacy.profile_checks import queue
from awards.models import Judge, Winner
from awards.winner_file import with_what_is_due
from nominations.completeness import blocking, missing
from nominations.models import Alert, Clarification, Nomination, NomineeReply, Program
from nominations.services import expects_reading
from outbox.models import Mailing, Message, OutboxSettings
from portal.recruits import recruiting_parts
from references.models import ReferenceRequest

# No part grows past a glance; the list behind it shows the rest.
ROWS = 8
UNDER_WAY = ("open", "proposed", "approved", "scheduled", "no_show")


def parts_for(user: User, now: datetime) -> dict:
    parts = {"programs": list(open_programs(user, now))} | recruiting_parts(user, now)
    if user.has_perm("awards.judge_nominations"):
        parts["judging"] = list(judging(user, now))
    if user.has_perm("advocacy.nominate"):
        parts["drafts"] = drafts(user)
        parts["questions"] = list(nominees_to_ask(user))
        parts["clarifications"] = list(clarifications(user, now))
        parts["alerts"] = list(alerts(user))
        parts["readings"] = list(readings_owed(user, now))
        parts["winners"] = list(winners_due(user, now))
    if user.has_perm("advocacy.record_asks"):
        parts["asks"] = list(asks_waiting(user))
    if user.has_perm("references.request_references"):
        parts |= requests(user) | {"profiles": queue.first_few(user, now, ROWS)}
    if user.has_perm("references.request_references") or user.has_perm("advocacy.view_reports"):
        parts["went_up"] = went_up(user)
    if user.runs_program:
        parts |= {"unlinked": unlinked_nominations(), "stuck_mail": stuck_mail()}
        parts |= {"mailings": list(mailings_to_release()), "mail_hold": mail_hold()}
    return parts


def open_programs(user, now):
    return Program.objects.visible_to(user).taking_nominations(now).order_by("closes_at", "pk")[:ROWS]


def judging(user, now):
    """The user's appointments in programs that are judged now, with the number of nominations left."""
    in_judging = Q(program__judging_opens_at__lte=now, program__judging_closes_at__gt=now)
    mine = Judge.objects.filter(in_judging, user=user).open_work().with_open_count()
    return mine.order_by("program__judging_closes_at", "pk")[:ROWS]


def drafts(user):
    """Own drafts, the oldest first: what was begun should be finished or discarded."""
    mine = Nomination.objects.drafts().filter(nominator=user).order_by("created_at", "pk")
    nominations = mine.select_related("program", "account", "nominee").prefetch_related("entries")[:ROWS]
    return [(nomination, _still_missing(nomination, user)) for nomination in nominations]


def readings_owed(user, now):
    """Nominations somebody else made of customers the user looks after, whose partnership half is not written."""
    mine = Nomination.objects.lacking_reading(now).looked_after_by(user).select_related("program", "account", "nominee")
    return mine.order_by("program__judging_opens_at", "pk")[:ROWS]


def winners_due(user, now):
    """Winners of the user's customers with something late to prepare, or an ask of the plan that is due."""
    winners = with_what_is_due(Winner.objects.looked_after_by(user, now).for_list(), now)
    due = winners.filter(Q(late_count__gt=0) | Q(due_count__gt=0), status=Winner.Status.ACCEPTED)
    return due.order_by("category__program__announces_at", "pk")[:ROWS]


def _still_missing(nomination, user):
    found = missing(nomination, has_categories=bool(nomination.entries.all()), expects_reading=expects_reading(nomination, user))
    return blocking(found)


def requests(user):
    """Requests whose next step is the user's, and the user's own that are somebody else's turn."""
    waiting = ReferenceRequest.objects.waiting_for(user)
    own = ReferenceRequest.objects.filter(requester=user, status__in=UNDER_WAY)
    both = (waiting | own).select_related("activity_type", "opportunity", "requester", "holder").order_by("due_at", "pk")
    found = both[: 2 * ROWS]
    return {
        "waiting": [request for request in found if _is_turn_of(request, user)],
        "own_requests": [request for request in found if not _is_turn_of(request, user)],
    }


def went_up(user):
    """Late steps of the people the user manages."""
    late = ReferenceRequest.objects.went_up_to(user).select_related("activity_type", "opportunity", "requester", "holder")
    return list(late.longest_due_first()[:ROWS])


def _is_turn_of(request, user):
    return request.holder_id == user.pk or (request.holder_id is None and user.runs_program)


def asks_waiting(user):
    """Asks of other teams that wait for the user's word on their customers."""
    mine = Ask.objects.filter(account__in=Account.objects.looked_after_by(user), source=Ask.Source.CAMPAIGN)
    return mine.filter(state=Ask.State.PROPOSED).for_pages().order_by("held_until", "pk")[:ROWS]


def nominees_to_ask(user):
    """Of the user's customers: mails to nominees that wait for a word, those that came back, and those to talk to."""
    mine = Nomination.objects.looked_after_by(user).submitted()
    replies = NomineeReply.objects.with_bounces().filter(nomination__in=mine)
    waiting = Q(pk__in=NomineeReply.objects.waiting_for_release().values("pk")) | Q(has_bounced=True, answer="")
    to_talk_to = Q(pk__in=NomineeReply.objects.for_a_talk().values("pk"))
    related = replies.filter(waiting | to_talk_to)
    related = related.select_related("nomination__account", "nomination__nominee", "nomination__program", "nomination__nominator")
    return related.order_by("-has_bounced", "goes_at", "pk")[:ROWS]


def clarifications(user, now):
    """What the advocacy team asks the user about nominations, until judging opens."""
    open_ones = Clarification.objects.filter(asked_of=user, answered_at=None, nomination__status=Nomination.Status.SUBMITTED)
    before_judging = open_ones.filter(nomination__program__judging_opens_at__gt=now)
    return before_judging.select_related("nomination__account", "nomination__nominee", "asked_by").order_by("answer_by", "pk")[
        :ROWS
    ]


def alerts(user):
    """What changed at nominated customers of the user, or in programs they answer for, that nobody has seen to."""
    mine = Q(nomination__in=Nomination.objects.looked_after_by(user)) | Q(nomination__program__contact=user)
    unseen = Alert.objects.filter(mine, settled_at=None).select_related("nomination__account", "nomination__nominee")
    return unseen.order_by("-noticed_at", "-pk")[:ROWS]


def unlinked_nominations():
    return Nomination.objects.submitted().filter(account__isnull=True).count()


def stuck_mail():
    return Message.objects.filter(state__in=[Message.State.FAILED, Message.State.UNKNOWN]).count()


def mailings_to_release():
    """Mails to many that nobody gets before a person has looked at them."""
    return Mailing.objects.filter(state=Mailing.State.PREPARED, messages__state=Message.State.HELD).distinct()[:ROWS]


def mail_hold():
    """The settings while all mail is held."""
    settings = OutboxSettings.current()
    return settings if settings.is_on_hold else None
