"""The call on one page of A4, for mails. What does not fit is shortened, and the page's address says where the rest is."""

import hashlib
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.walltime import in_words
from nominations.artwork.drawing import GREEN, INK, QUIET, TINT, Box, Drawing, Link, wreath
from nominations.artwork.setting import LEADING, Block, cut, fit, wrap
from nominations.models import Program
from nominations.public import words
from nominations.public.answers import EDITION, KEPT_FOR
from outbox.services import absolute_url

WIDTH, HEIGHT = 595, 842  # A4 in points
LEFT, MEASURE = 48, 499
TOP, FOOT = 128, 770
HEADING, GAP = 13, 10
SIZES = (12.5, 11.5, 10.5, 9.5, 8.5, 7.5)


@dataclass(frozen=True)
class Section:
    heading: str
    block: Block

    @property
    def height(self):
        return HEADING * LEADING + self.block.height + GAP


def call_paper(program: Program, prizes, categories, questions) -> Drawing:
    """Finding the size at which all fits takes up to a second, and anybody may ask: it is done once for the same words."""
    texts = _texts(program, prizes, categories, questions)
    said = [EDITION, get_language(), program.name, program.series, program.season, program.get_absolute_url(), texts]
    digest = hashlib.sha256(repr(said).encode()).hexdigest()[:32]
    return cache.get_or_set(f"paper:{digest}", lambda: _drawn(program, texts), KEPT_FOR)


def _drawn(program, texts):
    drawing = Drawing(WIDTH, HEIGHT, program.name)
    _draw_head(drawing, program)
    y = TOP
    for section in sections_that_fit(texts, FOOT - TOP):
        y = drawing.set_block(Block((section.heading,), HEADING, bold=True), LEFT, y, fill=GREEN)
        y = drawing.set_block(section.block, LEFT, y, fill=INK) + GAP
    _draw_foot(drawing, program)
    return drawing


def sections_that_fit(texts: list[tuple[str, list[str]]], room: float) -> list[Section]:
    """The largest size at which all stands on the page; at the smallest the longest sections give lines away."""
    sections = []
    for size in SIZES:
        sections = [Section(heading, _set(paragraphs, size)) for heading, paragraphs in texts]
        if sum(section.height for section in sections) <= room:
            return sections
    while sum(section.height for section in sections) > room:
        longest = max(range(len(sections)), key=lambda place: len(sections[place].block.lines))
        block = sections[longest].block
        sections[longest] = replace(sections[longest], block=cut(block, len(block.lines) - 1, MEASURE))
    return sections


def _set(paragraphs, size):
    return Block(tuple(line for paragraph in paragraphs for line in wrap(paragraph, size, MEASURE)), size)


def _texts(program, prizes, categories, questions):
    """A heading and its paragraphs, without those that have nothing to say."""
    found = [
        (_("Purpose"), program.purpose.splitlines()),
        (_("Dates"), [f"{name}: {in_words(moment, program.time_zone)}" for name, moment in words.dates(program)]),
        (_("Categories"), [_named(category.name, category.outcome) for category in categories]),
        (_("Prizes"), [*(_for_whom(prize) for prize in prizes), *program.prizes.splitlines()]),
        (_("How winners are chosen"), [*program.process_text.splitlines(), " ".join(words.method(program))]),
        (_("Questions and answers"), [f"{one.question} {one.answer}" for one in questions]),
        (_("Contact"), [f"{program.contact.name}, {program.contact.email}"] if program.contact else []),
    ]
    return [
        (heading, [text for text in texts if text.strip()]) for heading, texts in found if any(text.strip() for text in texts)
    ]


def _named(name, text):
    return f"• {name}: {' '.join(text.split())}" if text.strip() else f"• {name}"


def _for_whom(prize):
    return _named(prize.category.name, prize.what) if prize.category else f"• {prize.what}"


def _draw_head(drawing, program):
    drawing.add(Box(0, 0, WIDTH, 108, fill=TINT), Box(0, 0, 10, 108, fill=GREEN), *wreath(508, 52, 30))
    name = fit(program.name, (26, 22, 18, 15), 400, lines=2, bold=True)
    y = drawing.set_block(name, LEFT, (96 - name.height) / 2)
    over = " ".join(part for part in (program.series, program.season) if part and part not in program.name)
    drawing.set_block(fit(over or _("Call for nominations"), (12,), 400, lines=1), LEFT, y + 2, fill=QUIET)


def _draw_foot(drawing, program):
    url = absolute_url(program.get_absolute_url())
    drawing.add(Box(LEFT, FOOT + 8, MEASURE, 1, fill=GREEN))
    y = drawing.set_block(Block((_("The whole program, and where to nominate:"),), 10), LEFT, FOOT + 18, fill=QUIET)
    line = fit(url, (12, 10, 8), MEASURE, lines=1, bold=True)
    drawing.set_block(line, LEFT, y, fill=GREEN)
    drawing.add(Link(LEFT, FOOT + 14, MEASURE, 40, url))
