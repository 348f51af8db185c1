"""Text as customers typed or pasted it, in paragraphs and list items without marks of a markup language. Pure."""

import re
from typing import NamedTuple

from advocacy.text import clean_line, clean_text

# None looks further than this, so that a text of nothing but brackets costs no more than another.
PICTURE = re.compile(r"!\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
LINK = re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)")
BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
HEADING = re.compile(r"^#{1,6}\s+")
ITEM = re.compile(r"^\s*(?:[*+•-]|\d{1,3}[.)])\s+(?=\S)")


class Block(NamedTuple):
    text: str
    is_item: bool = False


def blocks(text: str) -> list[Block]:
    """The lines of a text that say something, each a paragraph or an item of a list."""
    lines = (_plain(line) for line in clean_text(text).split("\n"))
    found = [(ITEM.sub("", line), bool(ITEM.match(line))) for line in lines]
    return [Block(clean_line(line), is_item) for line, is_item in found if clean_line(line)]


def one_line(text: str) -> str:
    return clean_line(_plain(clean_text(text).replace("\n", " ")))


def _plain(line):
    line = LINK.sub(r"\1", PICTURE.sub(r"\1", HEADING.sub("", line)))
    return BOLD.sub(r"\2", line)
