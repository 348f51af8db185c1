"""Where each section of a profile stands, read for many advocates at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from advocacy.emails import CHECK_KINDS
from advocacy.freshness import CONTACT, ROLE, STORY, WILLINGNESS, Freshness, freshness, verified_since
from advocacy.models import Advocate, Consent, Story, Verification, Willingness
from advocacy.working_time import day_of
from outbox.models import Message


@dataclass
class Profile:
    """The sections that apply to an advocate, and what was written about which of them."""

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
    return Advocate.objects.active().filter(
        Q(_unchecked(CONTACT, now))
        | Q(_unchecked(ROLE, now))
        | Q(_has(Willingness), _unchecked(WILLINGNESS, now))
        | Q(_has(Story), _unchecked(STORY, now))
        | Q(pk__in=_ending_consents().filter(expires_on__lte=day_of(now)).values("advocate"))
    )


def read_profiles(advocates: list[Advocate], *, now: datetime) -> list[Profile]:
    """The profiles of some advocates, with the same few queries however many they are."""
    pks = [advocate.pk for advocate in advocates]
    verified, ends, written = _verified(pks), _consent_ends(pks), _written(pks)
    applies = {WILLINGNESS: _owners(Willingness, pks), STORY: _owners(Story, pks)}
    profiles = []
    for advocate in advocates:
        sections = [name for name in Verification.Section.values if advocate.pk in applies.get(name, [advocate.pk])]
        states = {
            section: freshness(
                verified.get((advocate.pk, section)),
                section,
                now,
                created_at=advocate.created_at,
                expires_on=ends.get(advocate.pk),
            )
            for section in sections
        }
        profiles.append(Profile(advocate, states, written[advocate.pk]))
    return profiles


def check_messages() -> QuerySet[Message]:
    return Message.objects.filter(kind__in=CHECK_KINDS, content_type=ContentType.objects.get_for_model(Advocate))


def _unchecked(section, now):
    since = verified_since(section, now)
    return ~Exists(Verification.objects.filter(advocate=OuterRef("pk"), section=section, verified_at__gte=since))


def _has(model):
    return Exists(model.objects.filter(advocate=OuterRef("pk")))


def _owners(model, pks):
    return set(model.objects.filter(advocate__in=pks).order_by().values_list("advocate", flat=True))


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
