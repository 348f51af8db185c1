"""The mails of an announcement: prepared and held, read by a person, sent once."""

from collections import defaultdict
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.jobs.starting import start
from advocacy.models import Advocate, Job, User
from advocacy.people import responsible_for
from advocacy.workflow import record_change
from advocacy.working_time import day_of
from awards import emails, standings, strengths
from awards.exceptions import AnnouncementNotSent
from awards.models import Criterion, Winner
from nominations.models import Entry, Nomination, Program
from outbox.exceptions import MailingRefused
from outbox.mailings import Keeper, Released, prepare_mailing, release_mailing
from outbox.models import Mailing, Message
from outbox.querysets import MessageQuerySet
from outbox.services import drop_messages

# Entries that end without an award, and whose nominee did not say no to one.
UNDECIDED = [Entry.Status.ENTERED, Entry.Status.SHORTLISTED, Entry.Status.NOT_SELECTED]
NOT_SENT = [Message.State.HELD, Message.State.CANCELLED]
PREFIX = "award_announcement:"
WORK = "announcement_mails"  # the kind of long work
AT_ONCE = 200  # nominations whose mails are written while somebody waits


def announcement_mails(program: Program) -> MessageQuerySet:
    """Every mail of the announcement, whatever became of it, in the order it was written."""
    winners = mails_about(Winner, Winner.objects.filter(category__program=program), emails.ABOUT_A_WINNER)
    nominations = mails_about(Nomination, program.nominations.all(), [emails.NOT_SELECTED])
    digests = mails_about(Program, Program.objects.filter(pk=program.pk), [emails.NOT_SELECTED_COLLEAGUE])
    return Message.objects.filter(winners | nominations | digests).order_by("pk")


def was_sent(program: Program) -> bool:
    return announcement_mails(program).exclude(state__in=NOT_SENT).exists()


def mailing_of(program: Program, now: datetime, by: User | None = None) -> Mailing:
    """The mailing of the announcement that stands; after a cancelled one the next."""
    cancelled = Mailing.objects.filter(key__startswith=f"{PREFIX}{program.pk}:", state=Mailing.State.CANCELLED).count()
    title = _("Announcement: %(program)s") % {"program": program}
    return prepare_mailing(key=f"{PREFIX}{program.pk}:{cancelled + 1}", title=title, by=by, now=now)


def is_to_many(program: Program) -> bool:
    """Whether writing its mails takes longer than somebody waits."""
    return program.nominations.submitted().count() > AT_ONCE


def write_in_background(*, program: Program, by: User, now: datetime) -> Job:
    """The same as `prepare_announcement`, as long work; until it is done nothing is released. Raises JobRefused."""
    title = _("Announcement: %(program)s") % {"program": program}
    return start(kind=WORK, params={"program": program.pk}, title=title, by=by, now=now)


def is_being_written(program_id: int) -> bool:
    return Job.objects.open().filter(kind=WORK, params={"program": program_id}).exists()


def prepare_announcement(*, program: Program, winners: list[Winner], now: datetime, by: User | None = None) -> int:
    """Write the mails as things stand, and stop those written before that no longer fit; returns how many are held.

    Again writes nothing twice. Once sent, nothing is prepared any more. Colleagues come first, so that
    no customer hears before them. Call it in a transaction that holds the program.
    """
    if was_sent(program):
        return 0
    others = list(not_selected(program, winners))
    mailing = mailing_of(program, now, by)
    written = list(announcement_writers(mailing, program, winners, others, now))
    outdated = announcement_mails(program).exclude(pk__in=[message.pk for message in written])
    drop_messages(outdated)
    return announcement_mails(program).held().count()


def send_announcement(*, program: Program, by: User, now: datetime, left_out: list[int], newest: int) -> Released:
    """Send the held mails up to the `newest` that was read, but for those `left_out`. Of two senders one sends.

    Raises AnnouncementNotSent before the announcement.
    """
    try:
        with transaction.atomic():
            return release_mailing(mailing=mailing_of(program, now), by=by, now=now, left_out=left_out, newest=newest)
    except MailingRefused as error:
        raise AnnouncementNotSent(str(error)) from error


def not_selected(program: Program, winners: list[Winner]):
    """Nominations without an award; not those of somebody who won with another, or who turned one down."""
    decided = Entry.objects.exclude(status__in=UNDECIDED).values("nomination")
    return (
        program.nominations.submitted()
        .exclude(pk__in=decided)
        .exclude(nominee__in=[winner.entry.nomination.nominee_id for winner in winners])
        .select_related("program__contact", "nominee__account", "nominator", "account__csm__deputy", "reply")
        .order_by("pk")
    )


def knows_of_it(nomination: Nomination) -> bool:
    """Whether the nominee has heard of the nomination: nobody is thanked for what they were never told."""
    reply = getattr(nomination, "reply", None)
    return nomination.source == Nomination.Source.SELF or bool(reply and reply.asked_at)


def gets_thanks(nomination: Nomination) -> bool:
    nominee = nomination.nominee
    return bool(nominee and nominee.email and nominee.status != Advocate.Status.RETIRED and knows_of_it(nomination))


def announcement_writers(mailing: Mailing, program: Program, winners: list[Winner], others: list[Nomination], now: datetime):
    """Writes one mail after the other, as it is asked for them; those that are there already it only finds."""
    yield from _to_colleagues(mailing, program, winners, others, now)
    yield from _to_customers(mailing, program, winners, others, now)


def _to_colleagues(mailing, program, winners, others, now):
    for winner in winners:
        for person in _colleagues(winner.entry.nomination, now):
            yield emails.award_won_colleague(winner, person, mailing=mailing, now=now)
    thanked = {nomination.pk for nomination in _one_for_each_nominee(others)}
    theirs = defaultdict(list)
    for nomination in others:
        for person in _colleagues(nomination, now):
            theirs[person].append(nomination)
    for person, nominations in theirs.items():
        yield emails.award_not_selected_colleague(
            program,
            person,
            mailing=mailing,
            thanked=[one for one in nominations if one.pk in thanked],
            silent=[one for one in nominations if one.pk not in thanked],
            now=now,
        )


def _to_customers(mailing, program, winners, others, now):
    for winner in winners:
        if winner.entry.nomination.nominee.email:
            contact = _contact(winner.entry.nomination, now)
            yield emails.award_won(winner, mailing=mailing, contact=contact, now=now)
    scores, parts = _story_scores(program), _story_components(program)
    for nomination in _one_for_each_nominee(others):
        strength = _strength(scores.get(nomination.pk, []), parts)
        contact = _contact(nomination, now)
        yield emails.award_not_selected(nomination, mailing=mailing, strength=strength, contact=contact, now=now)


def _one_for_each_nominee(nominations):
    """Somebody nominated twice is thanked once, for the first."""
    first = {}
    for nomination in nominations:
        if gets_thanks(nomination):
            first.setdefault(nomination.nominee_id, nomination)
    return list(first.values())


def _story_components(program):
    return list(program.rubric.filter(criterion=Criterion.STORY).values_list("pk", "code", "name"))


def _story_scores(program):
    """Nomination id to its (component, score), of the scores that count; the partnership is not for the customer's eyes."""
    rows = standings.counted_scores(program).filter(component__criterion=Criterion.STORY, value__isnull=False)
    by_nomination = defaultdict(list)
    for nomination, component, value in rows.values_list("assignment__nomination", "component", "value"):
        by_nomination[nomination].append((component, value))
    return by_nomination


def _strength(scores, parts):
    best = strengths.best_component(scores, [pk for pk, _code, _name in parts])
    return next((strengths.in_words(code, name) for pk, code, name in parts if pk == best), "")


def _colleagues(nomination, now):
    """The nominator and whoever looks after the account, where somebody does; each once."""
    people = [nomination.nominator] if nomination.nominator and nomination.nominator.is_active else []
    if nomination.account and nomination.account.csm_id:
        people += responsible_for(nomination.account, on=day_of(now))
    return list({person.pk: person for person in people}.values())


def _contact(nomination, now):
    """Who reads the customer's answer: the account's CSM or their deputy, else the program's contact."""
    has_csm = nomination.account and nomination.account.csm_id
    people = responsible_for(nomination.account, on=day_of(now)) if has_csm else []
    return people[0] if people else nomination.program.contact


def note(program, words, released, by, now):
    phase = program.phase(now)
    why = words % {"sent": released.sent, "dropped": released.dropped}
    record_change(program, from_status=phase, to_status=phase, by=by, why=why, changed_at=now)


def mails_about(model, rows, kinds):
    return Q(kind__in=kinds, content_type=ContentType.objects.get_for_model(model), object_id__in=rows.values("pk"))


# What the pages of mailings know of an announcement -------------------------------------------


def program_of(mailing: Mailing) -> Program:
    return Program.objects.get(pk=mailing.key.split(":")[1])


def lock_program_of(mailing):
    """Nobody prepares these mails anew while they go."""
    return Program.objects.select_for_update(of=("self",)).get(pk=program_of(mailing).pk)


def _why_not_yet(mailing, now):
    program = program_of(mailing)
    if is_being_written(program.pk):
        return _("These mails are still being written; look at long work.")
    if program.announced_at:
        return ""
    return _("Announce the winners first: these mails say that it is public.")


def _note_release(mailing, by, now, released):
    note(program_of(mailing), _("Announcement: %(sent)s mails sent, %(dropped)s left out."), released, by, now)


def page_of(mailing):
    return reverse("results-announcement", args=[program_of(mailing).slug])


KEEPER = Keeper(PREFIX, lock=lock_program_of, why_not=_why_not_yet, noted=_note_release, page=page_of)
