"""What changes at a customer while a nomination or an award of theirs is under way, and who is told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.availability import HEALTH_FLOOR, METRICS_DAYS
from advocacy.eligibility import is_current
from advocacy.models import Advocate, User
from advocacy.people import responsible_for
from advocacy.working_time import day_of
from nominations import emails
from nominations.models import Alert, Nomination

Kind = Alert.Kind
# As long as the plan after an award lasts.
WATCHED_AFTER = timedelta(days=92)
BATCH = 500


def watch_customers(*, now: datetime) -> int:
    """Compare what we know of nominees and accounts with what we last knew; returns the number of new alerts.

    The first look at a nomination only remembers. Two beats raise one alert.
    """
    seen = watched(now).select_related("account", "nominee").iterator(BATCH)
    changed = [nomination.pk for nomination in seen if facts_of(nomination, now) != nomination.watched]
    return sum(_look_at(pk, now) for pk in changed)


def watched(now: datetime):
    """Submitted nominations of programs that are under way or were announced within the last three months."""
    running = Q(program__announced_at__isnull=True) | Q(program__announced_at__gte=now - WATCHED_AFTER)
    return Nomination.objects.submitted().filter(running, account__isnull=False)


@transaction.atomic
def _look_at(pk, now):
    nomination = (
        Nomination.objects.select_for_update(of=("self",))
        .select_related("program", "account__csm", "nominee__account")
        .get(pk=pk)
    )
    before, after = nomination.watched, facts_of(nomination, now)
    if before == after:
        return 0
    # Past auto_now and the history: this is no change of the nomination.
    Nomination.objects.filter(pk=pk).update(watched=after)
    return sum(_raise(nomination, kind, detail, now) for kind, detail in differences(before, after, nomination)) if before else 0


def facts_of(nomination: Nomination, now: datetime) -> dict:
    """Figures that are too old say nothing, not even that a customer is unwell."""
    account, nominee = nomination.account, nomination.nominee
    is_known = account.health_score is not None and is_current(account.metrics_as_of, METRICS_DAYS, day_of(now))
    return {
        "csm": account.csm_id,
        "escalation": account.open_escalation,
        "healthy": not is_known or account.health_score >= HEALTH_FLOOR,
        "employer": nominee.account_id if nominee else None,
        "retired": bool(nominee and nominee.status == Advocate.Status.RETIRED),
        "nominee": nominee.pk if nominee else None,
    }


def differences(before: dict, after: dict, nomination: Nomination) -> list[tuple[str, str]]:
    """Kind and detail of each change that matters. Another nominee is no nominee who left."""
    found = []
    same_person = before["nominee"] == after["nominee"]
    if same_person and after["nominee"] and (after["retired"] > before["retired"] or before["employer"] != after["employer"]):
        found.append((Kind.NOMINEE_LEFT, _left(nomination)))
    if before["healthy"] and not after["healthy"]:
        words = {"health": nomination.account.health_score, "need": HEALTH_FLOOR}
        found.append((Kind.ACCOUNT_SOURED, _("Health fell to %(health)s; %(need)s is needed.") % words))
    if after["escalation"] and not before["escalation"]:
        found.append((Kind.ESCALATION, _("An escalation is open at %(company)s.") % {"company": nomination.account}))
    if before["csm"] != after["csm"]:
        found.append((Kind.CSM_CHANGED, _("%(company)s is looked after by %(csm)s now.") % _csm(nomination)))
    return found


def _left(nomination):
    nominee = nomination.nominee
    if nominee.account_id == nomination.account_id or nominee.account is None:
        return _("%(nominee)s is no longer at %(company)s.") % {"nominee": nominee, "company": nomination.account}
    return _("%(nominee)s is at %(company)s now.") % {"nominee": nominee, "company": nominee.account}


def _csm(nomination):
    csm = nomination.account.csm
    return {"company": nomination.account, "csm": csm.name if csm else _("the advocacy team")}


def _raise(nomination, kind, detail, now):
    alert, is_new = Alert.objects.get_or_create(
        nomination=nomination, kind=kind, settled_at=None, defaults={"detail": detail[:300], "noticed_at": now}
    )
    if is_new:
        for person in _who_hears(nomination, now):
            emails.alert_raised(alert, person, now=now)
    return is_new


def _who_hears(nomination, now):
    """Whoever looks after the customer, and the program's contact."""
    people = responsible_for(nomination.account, day_of(now))
    contact = nomination.program.contact
    return {person.pk: person for person in [*people, *([contact] if contact else [])]}.values()


def settle_alert(*, alert: Alert, by: User, now: datetime) -> None:
    """Somebody has seen to it. Again changes nothing."""
    Alert.objects.filter(pk=alert.pk, settled_at=None).update(settled_at=now, settled_by=by)
