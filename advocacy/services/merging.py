"""Two profiles of one person become one, in one transaction.

The profile known first is kept. What a row of the other says moves along; what may never change, such as a
consent, is written again with its own date and words, and the other profile stays readable, retired, with
what cannot move.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.consent_texts import OF_THE_COMPANY
from advocacy.emails import CHECK_KINDS
from advocacy.exceptions import CannotMerge
from advocacy.links import end_links_of_profile
from advocacy.models import Account, Advocate, Consent, PersonMatch, Recruitment, User, Willingness
from advocacy.services.ledger import hand_asks_over
from advocacy.services.people import activate_advocate, change_employer, pause_advocate, retire_advocate
from advocacy.services.settling import settle_recruitment
from advocacy.services.tiers import refresh_tiers
from advocacy.workflow import move, record_change
from advocacy.working_time import day_of
from outbox.services import cancel_messages

Decision = PersonMatch.Decision
Status = Advocate.Status
# The stricter answer counts: nobody is asked for more than they wished in either profile.
STRICTEST = [Willingness.Answer.NO, Willingness.Answer.ASK_FIRST, Willingness.Answer.YES]
OF_THE_JOB = ("contact", "role")
BLANKS = ("level", "function", "time_zone", "passion", "self_promotion", "bio")


@transaction.atomic
def merge_people(*, match: PersonMatch, works_at_other: bool, by: User, now: datetime) -> Advocate:
    """Join the other profile into the one known first, which is returned.

    `works_at_other` says that the person works today where the other profile says; the earlier job becomes a dated
    position. Raises CannotMerge with what is in the way.
    """
    match = PersonMatch.objects.select_for_update(of=("self",)).get(pk=match.pk)
    kept, other = lock_both(match)
    check_can_merge(match, kept, other)
    status, paused_until = _status_after(kept, other, works_at_other)
    _join_words(kept, other)
    _settle_job(kept, other, works_at_other, by, now)
    _move_rows(kept, other, works_at_other, by, now)
    _copy_consents(kept, other, works_at_other, by, now)
    _settle_status(kept, other, status, paused_until, by, now)
    _close_other(kept, other, by, now)
    _close_match(match, kept, other, by, now)
    refresh_tiers(pks=[kept.pk], now=now)
    return kept


def lock_both(match: PersonMatch) -> tuple[Advocate, Advocate]:
    """Accounts first, then people, each in the order of their keys, as those who take a place in the ledger do."""
    people = Advocate.objects.filter(pk__in=[match.advocate_id, match.other_id])
    accounts = people.exclude(account=None).values_list("account", flat=True)
    list(Account.objects.select_for_update(no_key=True).filter(pk__in=list(accounts)).order_by("pk"))
    list(people.select_for_update(no_key=True).order_by("pk"))
    found = people.select_related("account").in_bulk()
    return found[match.advocate_id], found[match.other_id]


def check_can_merge(match: PersonMatch, kept: Advocate, other: Advocate) -> None:
    """Raises CannotMerge with a sentence on what has to end first."""
    if match.decision == Decision.SAME:
        raise CannotMerge(_("These two are one profile already."))
    if PersonMatch.objects.filter(other__in=[kept, other], decision=Decision.SAME).exists():
        raise CannotMerge(_("One of the two was joined with another profile meanwhile. Look at that pair."))
    in_flight = other.asks.in_flight().select_related("activity_type").first()
    if in_flight:
        raise CannotMerge(
            _("%(name)s at %(account)s is being asked for something: %(activity)s. Let it end, or cancel it, then join the two.")
            % {"name": other, "account": other.account or "?", "activity": in_flight.activity_type}
        )


def _status_after(kept, other, works_at_other):
    """The profile of today's job decides, a wish to be left in peace before everything."""
    paused = [person for person in (kept, other) if person.status == Status.PAUSED]
    if paused:
        without_end = any(person.paused_until is None for person in paused)
        return Status.PAUSED, None if without_end else max(person.paused_until for person in paused)
    current, former = (other, kept) if works_at_other else (kept, other)
    return (former if current.status == Status.CANDIDATE and former.status == Status.ACTIVE else current).status, None


def _join_words(kept, other):
    """Blanks are filled, lists joined; the newer score and the tighter limit count."""
    for name in BLANKS:
        setattr(kept, name, getattr(kept, name) or getattr(other, name))
    kept.languages = list(dict.fromkeys([*kept.languages, *other.languages]))
    kept.rests_until = max((day for day in (kept.rests_until, other.rests_until) if day), default=None)
    kept.max_asks_per_quarter = min(kept.max_asks_per_quarter, other.max_asks_per_quarter)
    if other.nps_on and (kept.nps_on is None or other.nps_on > kept.nps_on):
        kept.nps, kept.nps_on = other.nps, other.nps_on
    kept.save()
    kept.topics.add(*other.topics.all())


def _settle_job(kept, other, works_at_other, by, now):
    if not works_at_other:
        if other.account_id and other.account_id != kept.account_id:
            kept.positions.create(account=other.account, title=other.title, ended_on=day_of(now))
        kept.relationship = kept.relationship or other.relationship
    elif other.account_id != kept.account_id:
        change_employer(advocate=kept, account=other.account, title=other.title or kept.title, by=by, now=now)
        kept.level, kept.function = other.level or kept.level, other.function or kept.function
        kept.relationship = other.relationship
    else:
        kept.title = other.title or kept.title
    _swap_addresses(kept, other, works_at_other, now)
    kept.save(update_fields=["title", "level", "function", "relationship", "email"])


def _swap_addresses(kept, other, works_at_other, now):
    """Today's address stands with the profile kept; the earlier one stays with the other, so that it still finds them."""
    if other.email and (works_at_other or not kept.email):
        end_links_of_profile(kept, now)
        earlier, kept.email = kept.email, other.email
        other.email = ""
        other.save(update_fields=["email"])
        kept.save(update_fields=["email"])
        other.email = earlier
        other.save(update_fields=["email"])


def _move_rows(kept, other, works_at_other, by, now):
    hand_asks_over(advocate=other, to=kept)
    for rows in (other.stories, other.content, other.recognitions, other.positions, other.interviews):
        rows.update(advocate=kept)
    about_old_job = [] if works_at_other else OF_THE_JOB
    other.verifications.exclude(section__in=about_old_job).update(advocate=kept)
    _join_willingness(kept, other)
    _join_recruitments(kept, other, by, now)


def _join_willingness(kept, other):
    known = {row.activity_type_id: row for row in kept.willingness.all()}
    for row in other.willingness.all():
        mine = known.get(row.activity_type_id)
        if mine is None:
            row.advocate = kept
            row.save(update_fields=["advocate"])
            continue
        mine.answer = min(mine.answer, row.answer, key=STRICTEST.index)
        mine.cap = min((cap for cap in (mine.cap, row.cap) if cap is not None), default=None)
        mine.save(update_fields=["answer", "cap"])


def _join_recruitments(kept, other, by, now):
    """Of two ways through the pipeline one goes on; the words of the other are kept with it."""
    own = kept.recruitments.open().first()
    for recruitment in other.recruitments.order_by("created_at"):
        if recruitment.status in Recruitment.OPEN and own:
            own.why = f"{own.why}\n{recruitment.why}".strip()
            own.save(update_fields=["why"])
            move(recruitment, to=Recruitment.Status.NOT_NOW, by=by, why=_("Goes on with the other profile."), changed_at=now)
            recruitment.interviews.filter(outcome="planned").update(recruitment=own)
        recruitment.advocate = kept
        recruitment.save(update_fields=["advocate"])


def _copy_consents(kept, other, works_at_other, by, now):
    """A consent is never changed: each last word of the other is written again with its own day, so that the newest counts.

    What was allowed for a company the person has left is not taken along.
    """
    last_words = Consent.objects.filter(advocate=other).latest()
    if not works_at_other and kept.account_id != other.account_id:
        last_words = last_words.exclude(purpose__in=OF_THE_COMPANY)
    taken_over = _("%(evidence)s (said on %(day)s; taken over from profile %(pk)s, consent %(consent)s)")
    for consent in last_words:
        Consent.objects.create(
            advocate=kept,
            purpose=consent.purpose,
            decision=consent.decision,
            channels=consent.channels,
            # The change of employer has just ended what was allowed for the earlier company.
            decided_at=now if consent.purpose in OF_THE_COMPANY else consent.decided_at,
            given_by=consent.given_by,
            recorded_by=consent.recorded_by,
            method=consent.method,
            text_shown=consent.text_shown,
            evidence=(
                taken_over
                % {
                    "evidence": consent.evidence,
                    "day": day_of(consent.decided_at).isoformat(),
                    "pk": other.pk,
                    "consent": consent.pk,
                }
            ).strip(),
            expires_on=consent.expires_on,
        )


def _settle_status(kept, other, status, paused_until, by, now):
    why = _("Joined with the profile of %(name)s (%(pk)s).") % {"name": other, "pk": other.pk}
    before = kept.status
    if status == Status.ACTIVE or (status == Status.PAUSED and before in (Status.CANDIDATE, Status.RETIRED)):
        activate_advocate(advocate=kept, by=by, now=now, why=why)
    if status == Status.PAUSED:
        pause_advocate(advocate=kept, until=paused_until, by=by, now=now, why=why)
    elif status == Status.RETIRED:
        retire_advocate(advocate=kept, by=by, now=now, why=why)
    if kept.status == before:
        record_change(kept, from_status=before, to_status=before, by=by, why=why, changed_at=now)
    if kept.status in (Status.ACTIVE, Status.PAUSED):
        settle_recruitment(advocate=kept, by=by, now=now)


def _close_other(kept, other, by, now):
    """Readable still, asked never again; what lay in its name in the mail or in links stops."""
    why = _("The same person as %(name)s (%(pk)s).") % {"name": kept, "pk": kept.pk}
    retire_advocate(advocate=other, by=by, now=now, why=why)
    end_links_of_profile(other, now)
    for kind in CHECK_KINDS:
        cancel_messages(kind=kind, about=other)


def _close_match(match, kept, other, by, now):
    move(match, to=Decision.SAME, by=by, changed_at=now)
    match.decided_by, match.decided_at = by, now
    match.save(update_fields=["decided_by", "decided_at"])
    _repoint(other, kept)


def _repoint(other, kept):
    """Open pairs with the other profile are pairs with the one kept, unless that pair is known."""
    for pair in PersonMatch.objects.open().filter(advocate=other) | PersonMatch.objects.open().filter(other=other):
        third = pair.other_id if pair.advocate_id == other.pk else pair.advocate_id
        first, second = sorted((kept.pk, third))
        if PersonMatch.objects.filter(advocate=first, other=second).exists():
            pair.delete()
        else:
            pair.advocate_id, pair.other_id = first, second
            pair.save(update_fields=["advocate", "other"])
