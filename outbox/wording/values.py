"""What a placeholder stands for. Each knows itself as text and as HTML, within a line and as a paragraph of its own.

Values never pass through Markdown: they are put in after it, so that no name can become markup.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape

# Control characters, those that turn the direction of writing around, and the two that mark a placeholder in markup.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000\ue001]")
BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)


def clean(text) -> str:
    return UNSEEN.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text) -> str:
    return " ".join(clean(text).split())


def is_safe(address: str) -> bool:
    return bool(SAFE_ADDRESS.fullmatch(address))


class Value:
    """`inline` stands within a line, `block` alone in its paragraph."""

    is_block = False

    def inline_text(self) -> str:
        raise NotImplementedError

    def inline_html(self) -> str:
        return escape(self.inline_text()).replace("\n", "<br>\n")

    def block_text(self) -> str:
        return self.inline_text()

    def block_html(self) -> str:
        return f"<p>{self.inline_html()}</p>"

    def __bool__(self):
        return bool(self.inline_text())


@dataclass(frozen=True)
class Line(Value):
    words: str

    def inline_text(self):
        return one_line(self.words)


@dataclass(frozen=True)
class Text(Value):
    """Several lines, as somebody wrote them."""

    words: str
    is_block = True

    def inline_text(self):
        return BLANK_LINES.sub("\n\n", clean(self.words)).strip()

    def block_html(self):
        paragraphs = (escape(part).replace("\n", "<br>\n") for part in self.inline_text().split("\n\n"))
        return "\n".join(f"<p>{part}</p>" for part in paragraphs)


@dataclass(frozen=True)
class Address(Value):
    """Where a link leads."""

    address: str

    def inline_text(self):
        return one_line(self.address)

    def inline_html(self):
        shown = escape(self.inline_text())
        return f'<a href="{shown}">{shown}</a>' if is_safe(self.inline_text()) else shown


@dataclass(frozen=True)
class Button(Value):
    """What the mail asks its reader to do."""

    address: str
    words: str
    is_block = True

    def inline_text(self):
        return f"{one_line(self.words)}: {one_line(self.address)}"

    def block_text(self):
        return f"{one_line(self.words)}:\n{one_line(self.address)}"

    def inline_html(self):
        words, address = escape(one_line(self.words)), one_line(self.address)
        return f'<a class="button" href="{escape(address)}">{words}</a>' if is_safe(address) else words

    def block_html(self):
        return f'<p class="action">{self.inline_html()}</p>'

    def __bool__(self):
        return bool(one_line(self.address))


@dataclass(frozen=True)
class Listing(Value):
    """Items below each other; a pair is a name and what is said of it. `address`: where the introduction leads."""

    items: Iterable
    intro: str = ""
    address: str = ""
    bullets: bool = True
    is_block = True

    def __post_init__(self):
        object.__setattr__(self, "items", [line for line in map(_as_line, self.items) if line])

    def inline_text(self):
        return f"{self._intro()} {'; '.join(self.items)}".strip() if self else ""

    def block_text(self):
        lines = [f"- {item}" if self.bullets else item for item in self.items]
        return "\n".join(filter(None, [self._intro(), *lines, one_line(self.address)]))

    def block_html(self):
        intro = escape(self._intro())
        if is_safe(one_line(self.address)):
            intro = f'<a href="{escape(one_line(self.address))}">{intro}</a>'
        items = [escape(item) for item in self.items]
        inner = f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if self.bullets else f"<p>{'<br>'.join(items)}</p>"
        return (f"<p>{intro}</p>\n" if intro else "") + inner

    def _intro(self):
        return one_line(self.intro)

    def __bool__(self):
        return bool(self.items)


@dataclass(frozen=True)
class Listings(Value):
    parts: tuple[Listing, ...]
    is_block = True

    def inline_text(self):
        return " ".join(part.inline_text() for part in self.parts if part)

    def block_text(self):
        return "\n\n".join(part.block_text() for part in self.parts if part)

    def block_html(self):
        return "\n".join(part.block_html() for part in self.parts if part)


def as_listing(found, *, intro: str = "", bullets: bool = True) -> Value:
    """Of texts, of pairs, or of Listings already."""
    found = list(found or ())
    if found and all(isinstance(one, Listing) for one in found):
        return Listings(tuple(found))
    return Listing(found, intro=intro, bullets=bullets)


def _as_line(item) -> str:
    if isinstance(item, tuple | list):
        return ": ".join(filter(None, map(one_line, item)))
    return one_line(item)
