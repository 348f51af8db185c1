"""The parts of a profile that are checked from time to time: what we know, and who said last that it is right."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from advocacy.availability import NPS_DAYS
from advocacy.figure_age import age_and_worth
from advocacy.freshness import CONSENT, SECTIONS, Freshness
from advocacy.models import Account, Advocate, Interview, Verification
from advocacy.profile_checks import State, read_states
from references.profile.reader import Reader


@dataclass(frozen=True)
class Spoken:
    """What a person said of themselves in the interviews held; what a later one left open stays as it was."""

    years: int | None = None
    breadth: str = ""
    limits: str = ""


@dataclass(frozen=True)
class Section:
    code: str
    label: str
    freshness: Freshness
    verified_at: datetime | None
    how: str
    is_doubted: bool = False

    @property
    def may_be_confirmed(self) -> bool:
        """A consent is given anew, not confirmed."""
        return self.code != CONSENT


def sections_of(advocate: Advocate, now: datetime) -> dict[str, Section]:
    """By code, in the order of the design."""
    rows = Verification.objects.filter(advocate=advocate).latest().select_related("verified_by")
    last = {row.section: row for row in rows}
    states = read_states([advocate.pk], now=now)[advocate.pk]
    labels = dict(Verification.Section.choices)
    return {code: _section(code, labels[code], last.get(code), states[code]) for code in SECTIONS}


def _section(code: str, label: str, row: Verification | None, state: State) -> Section:
    return Section(code, label, state.freshness, row and row.verified_at, _how(row) if row else "", bool(state.doubted_at))


def _how(row):
    """By whom and how, such as "by Anna Weber, CSM"."""
    if row.method == Verification.Method.LINK or not row.verified_by:
        return _("by an import") if row.method == Verification.Method.IMPORT else _("by the customer, with the link in a mail")
    kinds = {
        Verification.Method.CSM: _("by %(name)s, CSM"),
        Verification.Method.TEAM: _("by %(name)s, advocacy team"),
        Verification.Method.IMPORT: _("by an import of %(name)s"),
    }
    return kinds[row.method] % {"name": row.verified_by}


def contact_facts(reader: Reader) -> list[tuple[str, str]]:
    advocate = reader.advocate
    return _kept(
        (_("Name"), advocate.name if reader.sight.name else ""),
        (_("Languages"), ", ".join(advocate.languages)),
        (_("Time zone"), advocate.time_zone),
    )


def role_facts(reader: Reader) -> list[tuple[str, str]]:
    advocate, account = reader.advocate, reader.advocate.account or Account()
    return _kept(
        (_("Job title"), reader.tell(advocate.title)),
        (_("Level"), advocate.get_level_display()),
        (_("Function"), reader.tell(advocate.function)),
        (_("Company"), account.name if reader.sight.company else ""),
        (_("Industry"), str(account.industry or "")),
        (_("Region"), account.get_region_display()),
        (_("Country"), account.get_country_display() if reader.sees_all else ""),
        (_("Company size"), account.get_segment_display()),
        (_("Products"), ", ".join(map(str, account.products.all())) if account.pk else ""),
        (_("Topics"), ", ".join(map(str, advocate.topics.all()))),
    )


def spoken(reader: Reader) -> Spoken:
    """For those who see every name: limits may name other companies."""
    if not reader.sees_all:
        return Spoken()
    held = list(reader.advocate.interviews.filter(outcome=Interview.Outcome.HELD).order_by("-held_at", "-pk"))
    return Spoken(
        years=next((interview.tenure_years for interview in held if interview.tenure_years is not None), None),
        breadth=next((interview.get_breadth_display() for interview in held if interview.breadth), ""),
        limits=next((interview.limits for interview in held if interview.limits), ""),
    )


def figures(reader: Reader, said: Spoken, on: date) -> list[tuple[str, str]]:
    """What only those who see every name read: how they feel about us, and how they come across."""
    if not reader.sees_all:
        return []
    advocate = reader.advocate
    nps = advocate.nps
    if nps is not None:
        nps = f"{nps} ({age_and_worth(advocate.nps_on, on, NPS_DAYS)})"
    facts = [(_("NPS"), nps), (_("Rapport"), _of_five(advocate.relationship))]
    facts += [(_("Passion"), _of_five(advocate.passion)), (_("Self-promotion"), _of_five(advocate.self_promotion))]
    facts += [(_("Years with our product"), said.years), (_("Used by"), said.breadth)]
    return _kept(*((label, "" if value is None else str(value)) for label, value in facts))


def _of_five(reading):
    return reading and _("%(reading)s of 5") % {"reading": reading}


def _kept(*facts):
    return [(str(label), str(value)) for label, value in facts if value]
