"""What has to be there before a program is launched: ticked by facts, never by hand. Pure."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Facts:
    """What is so about a program. Counts are of rows; `judges` hold for the criterion they score."""

    name: str
    purpose: str
    categories: int
    categories_with_outcome: int
    categories_with_audience: int
    announces_at: datetime
    story_judges: int
    partnership_judges: int
    minimum_story_judges: int
    minimum_partnership_judges: int
    needs_chair: bool
    has_chair: bool
    prizes: int
    has_owner: bool
    has_sponsor: bool
    touch_points: int
    questions: int
    process_text: str
    consent_text: str
    has_contact: bool
    is_public: bool


@dataclass(frozen=True)
class Item:
    """`step` is where it is done; "judges" lies outside the path."""

    label: str
    done: bool
    step: str


def launch_checklist(facts: Facts, now: datetime) -> list[Item]:
    """Every item in the order of the steps."""
    return [
        *_name(facts),
        *_categories(facts),
        *_judging(facts),
        Item(_("The announcement is still to come"), facts.announces_at > now, "calendar"),
        Item(_("At least one prize or recognition"), facts.prizes > 0, "prizes"),
        Item(_("Somebody owns the program"), facts.has_owner, "team"),
        Item(_("An executive sponsor"), facts.has_sponsor, "team"),
        Item(_("At least one touch-point with a date"), facts.touch_points > 0, "touch-points"),
        Item(_("At least one question answered"), facts.questions > 0, "questions"),
        *_launch(facts),
    ]


def open_items(items: list[Item]) -> list[Item]:
    return [item for item in items if not item.done]


def _name(facts):
    return [
        Item(_("A name"), bool(facts.name.strip()), "name"),
        Item(_("The purpose in words customers read"), bool(facts.purpose.strip()), "name"),
    ]


def _categories(facts):
    every = facts.categories
    return [
        Item(_("At least one category"), every > 0, "categories"),
        Item(_("Every category says which outcome it honours"), 0 < every == facts.categories_with_outcome, "categories"),
        Item(_("Every category says who inside and outside cares"), 0 < every == facts.categories_with_audience, "categories"),
    ]


def _judging(facts):
    story, partnership = facts.minimum_story_judges, facts.minimum_partnership_judges
    items = [
        Item(
            _("Enough judges for the story: %(have)s of at least %(need)s") % {"have": facts.story_judges, "need": story},
            facts.story_judges >= max(story, 1),
            "judges",
        ),
        Item(
            _("Enough judges for the partnership: %(have)s of at least %(need)s")
            % {"have": facts.partnership_judges, "need": partnership},
            facts.partnership_judges >= max(partnership, 1),
            "judges",
        ),
    ]
    if facts.needs_chair:
        items.insert(0, Item(_("A chair, who decides ties"), facts.has_chair, "rules"))
    return items


def _launch(facts):
    return [
        Item(_("How winners are chosen, in words"), bool(facts.process_text.strip()), "launch"),
        Item(_("What customers agree to when they nominate themselves"), bool(facts.consent_text.strip()), "launch"),
        Item(_("Somebody customers can ask"), facts.has_contact, "launch"),
        Item(_("The page is public"), facts.is_public, "launch"),
    ]
