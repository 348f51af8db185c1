"""What a text asks for: words and phrases, combined by and, or and not, as PostgreSQL reads a web search.

The last word counts as begun as well: who types "logis" sees what "logistics" finds. Words half typed are
looked up as they were written, too, since their stem is not yet known.
"""

import re
from functools import lru_cache

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from advocacy.models import User
from references.models import SearchText
from references.search.bits import execute

SHORTEST_BEGINNING = 3  # letters
WORDS = 20  # of a text; what follows is left out

TOKENS = re.compile(r"'(?:[^']|'')*'(?::[*ABCD]+)?|<->|<\d+>|[&|!()]")
LAST_WORD = re.compile(r"(?:^|\s)(\w{%d,})$" % SHORTEST_BEGINNING)  # noqa: UP031

# ("word", tsquery) | ("not", node) | ("and", node, node) | ("or", node, node)
Node = tuple


@lru_cache(maxsize=2_000)
def read(text: str) -> Node | None:
    """The words of a text; None when it holds none that can be looked for."""
    text = " ".join(text.replace("\x00", "").split()[:WORDS])
    last = LAST_WORD.search(text)
    ((query, stem, written),) = execute(
        "SELECT websearch_to_tsquery('laurel', %(text)s)::text, plainto_tsquery('laurel', %(last)s)::text, "
        "plainto_tsquery('laurel_plain', %(last)s)::text",
        {"text": text, "last": last.group(1) if last else ""},
    )
    node = parse(query)
    return begun(node, stem, written) if node and stem else node


def words_of(node: Node | None) -> list[str]:
    """Every word and phrase, once, in their order."""
    if node is None:
        return []
    if node[0] == "word":
        return [node[1]]
    return list(dict.fromkeys(word for part in node[1:] for word in words_of(part)))


def begun(node: Node, stem: str, written: str) -> Node:
    """The last word of `node` as a beginning, where it is the word a text ends with and stands alone."""
    if node == ("word", stem):
        return ("word", " | ".join(dict.fromkeys(f"{form}:*" for form in (stem, written) if TOKENS.fullmatch(form))))
    return (*node[:-1], begun(node[-1], stem, written)) if node[0] in ("and", "or") else node


def parse(query: str) -> Node | None:
    """A tsquery as PostgreSQL writes it; phrases stay whole."""
    tokens = TOKENS.findall(query)
    if not tokens:
        return None
    node, rest = _either(tokens)
    return node if not rest else ("word", query)


def _either(tokens):
    node, tokens = _both(tokens)
    while tokens and tokens[0] == "|":
        other, tokens = _both(tokens[1:])
        node = ("or", node, other)
    return node, tokens


def _both(tokens):
    node, tokens = _phrase(tokens)
    while tokens and tokens[0] == "&":
        other, tokens = _phrase(tokens[1:])
        node = ("and", node, other)
    return node, tokens


def _phrase(tokens):
    node, tokens = _one(tokens)
    while tokens and tokens[0].startswith("<"):
        other, rest = _one(tokens[1:])
        node, tokens = ("word", f"{_written(node)} {tokens[0]} {_written(other)}"), rest
    return node, tokens


def _one(tokens):
    if not tokens:
        return ("word", ""), []
    first, *tokens = tokens
    if first == "!":
        node, tokens = _one(tokens)
        return ("not", node), tokens
    if first == "(":
        node, tokens = _either(tokens)
        return node, tokens[1:]
    return ("word", first), tokens


def _written(node):
    if node[0] == "word":
        return f"( {node[1]} )" if " " in node[1] else node[1]
    if node[0] == "not":
        return f"!{_written(node[1])}"
    return f"( {_written(node[1])} {'&' if node[0] == 'and' else '|'} {_written(node[2])} )"


def matches(text: str, user: User) -> Q:
    """The same for a handful of words and rows of SearchRow: each row only in the words this reader may know."""
    query = SearchQuery(text, config="laurel", search_type="websearch")
    full = Q(pk__in=SearchText.objects.filter(full_vector=query).values("pk"))
    if user.has_perm("advocacy.view_all_advocates"):
        return full
    known = Q(pk__in=SearchText.objects.filter(known_vector=query).values("pk"))
    others = Q(csm__isnull=True) | ~Q(csm=user)
    return (Q(csm=user) & full) | (others & known)
