import re

from django.utils.translation import gettext as _

from advocacy.case_study.draft import Draft

# Whatever could begin markup, a link or a tag; the words stay readable in a plain editor.
SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#!])")
# A line that would begin a list, a quotation or a rule.
BEGINS = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def as_markdown(draft: Draft) -> str:
    parts = [f"# {escaped(draft.title)}", *(f"> {escaped(notice)}" for notice in draft.notices)]
    parts.append(f"## {_('At a glance')}")
    parts.append("\n".join(f"- {escaped(label)}: {escaped(value)}" for label, value in draft.glance))
    for label, blocks in draft.sections:
        parts.append(f"## {escaped(label)}")
        parts += [f"- {escaped(block.text)}" if block.is_item else escaped(block.text) for block in blocks]
    if draft.results:
        parts += [f"## {_('Measured')}", _table(draft.results)]
    if draft.quote:
        parts.append(f"> “{escaped(draft.quote)}”\n>\n> {escaped(draft.people)}")
    elif draft.people:
        parts.append(escaped(draft.people))
    parts.append(f"---\n\n{escaped(draft.made)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def columns() -> list[str]:
    return [_("Measure"), _("Before"), _("After"), _("Unit"), _("Period")]


def escaped(text: str) -> str:
    """The same words with nothing in them that Markdown, or the HTML in it, would take for more than words."""
    text = BEGINS.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")))
    return text.replace(r"\<", "&lt;").replace(r"\>", "&gt;")


def _table(rows):
    lines = [columns(), ["---"] * 5, *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
