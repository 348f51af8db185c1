"""Texts about a winner for social media, ready to copy. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SHORT = 280  # characters that every network takes; an address counts as long as it is


@dataclass(frozen=True)
class Post:
    code: str
    name: str
    text: str


def posts(*, who: str, role: str, category: str, program: str, url: str, words: str, quote: str) -> list[Post]:
    """Three texts: for everybody, for the winner's own account, and a long one with all that may be told."""
    facts = {"who": f"{who}, {role}" if role else who, "category": category, "program": program, "url": url}
    told = [
        Post(
            "short",
            gettext_lazy("Short, for anybody"),
            _shortened(_("Congratulations to %(who)s, winner of %(category)s in %(program)s."), facts),
        ),
        Post(
            "own",
            gettext_lazy("For the winner's own account"),
            _shortened(_("We have won: %(category)s in %(program)s. Thank you to everybody who worked on this."), facts),
        ),
    ]
    parts = [
        _("Congratulations to %(who)s, winner of %(category)s in %(program)s.") % facts,
        words,
        f"“{quote}”" if quote else "",
    ]
    long = "\n\n".join(part for part in [*parts, _("Read more: %(url)s") % facts] if part)
    return [*told, Post("long", gettext_lazy("Long, with the story"), long)]


def _shortened(sentence, facts):
    """The sentence and the address within `SHORT`; what is too long loses its end, never the address."""
    room = SHORT - len(facts["url"]) - 1
    text = sentence % facts
    if len(text) > room:
        text = text[: max(room - 1, 0)].rstrip(" ,.") + "…"
    return f"{text} {facts['url']}"
