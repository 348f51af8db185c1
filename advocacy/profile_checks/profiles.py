"""Where each section of a profile stands, read for many advocates at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from advocacy.emails import CHECK_KINDS
from advocacy.freshness import INTERVALS, SECTIONS, Freshness, freshness, verified_since
from advocacy.models import Advocate, Consent, Verification
from advocacy.working_time import day_of
from outbox.models import Message


@dataclass
class Profile:
    """The sections of an advocate, and what was written about which of them."""

    advocate: Advocate
    sections: dict[str, Freshness]
    written: dict[str, dict[str, datetime]] = field(default_factory=dict)  # kind: mark: when

    @property
    def due(self) -> list[str]:
        return [section for section, state in self.sections.items() if state.is_due]

    def mark(self, section: str) -> str:
        """One occurrence of a section falling due; stands in the keys of messages."""
        return f"{section}.{self.sections[section].due_on}"

    def occurrence(self, sections: list[str]) -> str:
        return "+".join(self.mark(section) for section in sections)


def marks_of(key: str) -> list[str]:
    """The marks in the key of a message, which ends with its occurrence."""
    return key.rpartition(":")[2].split("+")


def due_profiles(now: datetime) -> QuerySet[Advocate]:
    """Active advocates with at least one section past its date."""
    due = Q(pk__in=_ending_consents().filter(expires_on__lte=day_of(now)).values("advocate"))
    for section in INTERVALS:
        due |= Q(_unchecked(section, now))
    return Advocate.objects.active().filter(due)


def read_profiles(advocates: list[Advocate], *, now: datetime) -> list[Profile]:
    """The profiles of some advocates, with the same few queries however many they are."""
    pks = [advocate.pk for advocate in advocates]
    verified, ends, written = _verified(pks), _consent_ends(pks), _written(pks)

    def state(advocate, section):
        verified_at, expires_on = verified.get((advocate.pk, section)), ends.get(advocate.pk)
        return freshness(verified_at, section, now, created_at=advocate.created_at, expires_on=expires_on)

    return [
        Profile(advocate, {section: state(advocate, section) for section in SECTIONS}, written[advocate.pk])
        for advocate in advocates
    ]


def check_messages() -> QuerySet[Message]:
    return Message.objects.filter(kind__in=CHECK_KINDS, content_type=ContentType.objects.get_for_model(Advocate))


def _unchecked(section, now):
    since = verified_since(section, now)
    return ~Exists(Verification.objects.filter(advocate=OuterRef("pk"), section=section, verified_at__gte=since))


def _verified(pks):
    latest = Verification.objects.filter(advocate__in=pks).latest().values_list("advocate", "section", "verified_at")
    return {(advocate, section): verified_at for advocate, section, verified_at in latest}


def _consent_ends(pks):
    ends = _ending_consents().filter(advocate__in=pks).order_by().values_list("advocate")
    return dict(ends.annotate(Min("expires_on")))


def _ending_consents():
    """The last word of each person on each purpose, where it is a yes until a date."""
    return Consent.objects.latest().filter(advocate__isnull=False, decision=Consent.Decision.GIVEN, expires_on__isnull=False)


def _written(pks):
    written = defaultdict(lambda: defaultdict(dict))
    rows = check_messages().filter(object_id__in=pks)
    for pk, kind, key, when in rows.values_list("object_id", "kind", "key", "not_before"):
        written[pk][kind].update(dict.fromkeys(marks_of(key), when))
    return written
