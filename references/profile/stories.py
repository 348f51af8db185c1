"""Stories and what can be shown, with the places where each may be used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext as _

from advocacy.models import Consent, Content, Story
from advocacy.services.consent import uses_from
from advocacy.usage import COMPANY, NAME, OF_A_STORY, QUOTE, Use, of_content
from references.profile.reader import Reader
from references.sight import company_of

COLUMNS = ("measure", "before", "after", "unit", "period")
FOLDED = 600  # characters of a part before it is folded


@dataclass(frozen=True)
class Part:
    label: str
    text: str

    @property
    def is_long(self) -> bool:
        return len(self.text) > FOLDED


@dataclass(frozen=True)
class Told:
    pk: int
    headline: str
    parts: list[Part]
    results: list[list[str]]
    quote: str
    came_from: str
    changed_by: str
    changed_at: datetime | None
    uses: list[Use]

    @property
    def use_words(self) -> str:
        """What may be used at all, in short."""
        labels = [use.label[:1].lower() + use.label[1:] for use in self.uses if use.allowed]
        return ", ".join(labels) or _("nothing outside yet")

    @property
    def quote_outside(self) -> bool:
        return any(use.purpose == QUOTE and use.allowed for use in self.uses)


@dataclass(frozen=True)
class Piece:
    """Something that can be shown; `link` and `has_file` only where this reader may open them."""

    pk: int
    kind: str
    title: str
    text: str
    link: str
    has_file: bool
    use: Use
    ended_on: date | None
    ends_on: date | None


def stories_of(reader: Reader, stories: Iterable[Story], consents: list[Consent], on: date) -> list[Told]:
    return [_told(story, reader, consents, on) for story in stories]


def _told(story, reader, consents, on):
    tell = partial(reader.tell, told_at=company_of(story))
    uses = uses_from(words=consents, account=story.account or reader.advocate.account, on=on)
    names = ["challenge", "solution", "results_text", "human_element"]
    return Told(
        pk=story.pk,
        headline=tell(story.headline),
        parts=[Part(label_of(Story, name), tell(getattr(story, name))) for name in names if getattr(story, name)],
        results=_rows(story.results, tell),
        quote=tell(story.quote),
        came_from=story.came_from if reader.sees_all else "",
        changed_by=str(story.changed_by or ""),
        changed_at=story.changed_at,
        uses=[uses[purpose] for purpose in OF_A_STORY],
    )


def _rows(results, tell):
    rows = results if isinstance(results, list) else []
    cells = [[tell(str(row.get(name) or "")) for name in COLUMNS] for row in rows if isinstance(row, dict)]
    return [row for row in cells if any(row)]


def pieces_of(reader: Reader, contents: Iterable[Content], consents: list[Consent], on: date) -> list[Piece]:
    """What this reader may see: those who keep the profile see what has ended too."""
    uses = uses_from(words=consents, account=reader.advocate.account, on=on)
    return [_piece(content, reader, uses, on) for content in contents if is_shown(content, reader, uses, on)]


def is_shown(content: Content, reader: Reader, uses: dict[str, Use], on: date) -> bool:
    """The consents decide for everybody else."""
    if reader.sees_all:
        return reader.cares or not _ended(content, on)
    return of_content(uses, content.kind).allowed and not _ended(content, on)


def may_open_file(content: Content, reader: Reader, uses: dict[str, Use], on: date) -> bool:
    """A file says whose it is: for the others only where person and company may be named outside."""
    named = uses[NAME].allowed and uses[COMPANY].allowed
    return bool(content.file) and is_shown(content, reader, uses, on) and (reader.sees_all or named)


def _piece(content, reader, uses, on):
    return Piece(
        pk=content.pk,
        kind=content.get_kind_display(),
        title=reader.tell(content.title),
        text=reader.tell(content.text),
        # A link says whose it is, so only those who may know the company get it.
        link=content.link if reader.sight.company else "",
        has_file=may_open_file(content, reader, uses, on),
        use=of_content(uses, content.kind),
        ended_on=content.expires_on if _ended(content, on) else None,
        ends_on=content.expires_on,
    )


def _ended(content, on):
    return content.expires_on is not None and content.expires_on <= on


def label_of(model, name: str) -> str:
    label = str(model._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]
