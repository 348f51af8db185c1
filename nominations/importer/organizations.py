"""Who a story is about, from a field that people filled as they liked.

It may hold a name with a web address, a name alone, or only a description ("IT Consultancy"). Where it is
not plainly a name it is taken for a description: a person links it to an account, nothing is guessed.
"""

import re
from dataclasses import dataclass

from advocacy.importer.values import read_domain, read_line

URL = re.compile(
    r"<?\bhttps?://[^\s<>\"')\]]+>?|\bwww\.[^\s<>\"')\]]+|\b[a-z0-9-]+\.(?:com|org|net|io|co|dev|eu)\b", re.IGNORECASE
)
LINK = re.compile(r"\[([^\]]*)\]\((https?://[^)\s]+)\)")
# "**Industry:**", "**Platform** :" and the like, run into the field from the lines below it.
LABEL = re.compile(r"\*\*\s*[A-Z][\w /]*:?\s*\*\*\s*:?")
# Hosts where a company only has a page; their address says nothing about the company's mail.
HOSTS = ("linkedin.com", "facebook.com", "github.com", "github.io", "wordpress.com", "medium.com", "twitter.com")

DESCRIBING_STARTS = re.compile(r"(an?|one of|various|several|development project|leading|global|international) ", re.IGNORECASE)
SENTENCE_ABOUT = re.compile(r"^(?P<name>[A-Z][\w&.+ -]*?) is (?:an?|the|one of) ")
POSSESSIVE = re.compile(r"^(?P<name>[A-Z][A-Z\d]+)['’]s ")
SMALL_WORDS = set("a an and at by da das de del der di do du e et for in la le of on the to und van von y &".split())
# Words that say what a company is, not which one. A name needs at least one other.
GENERIC_WORDS = set(
    """
    advertising aerospace agency agencies american asian association austrian automation automobile automotive bank banking
    based belgian brazilian british bulgarian business canadian chinese client clients cloud college community companies company
    construction consultancy consultant consulting corporation creative custom czech danish data defense design development
    digital dutch e-commerce education engineering enterprise european fashion finance financial finnish firm fintech fortune
    french game games german global government governmental greek group hardware health healthcare house hungarian indian
    industrial industries industry information infrastructure institute insurance insurer international internet investment irish
    israeli it italian japanese korean large latin leading local logistics machine management manufacturer manufacturing marketing
    media medical mexican mobile multinational national network networks norwegian online open organisation organization
    organizations payment pharma platform polish portuguese product production project projects provider public publisher
    railway research retail retailer romanian russian school science security semiconductor service services software solution
    solutions source spanish start-up startup store swedish swiss system systems team tech technologies technology telco telecom
    telecommunications the tool tools transport transportation travel turkish uk ukrainian university us usa web world 100 500
    """.split()
)


@dataclass(frozen=True)
class Organization:
    """What the field says. `name` is empty for a description, `more` is what stands beside the name."""

    name: str = ""
    domain: str = ""
    more: str = ""

    @property
    def is_named(self) -> bool:
        return bool(self.name)


def parse_organization(text: str) -> Organization:
    """A name with its domain, or a description, from the field as given."""
    plain = _without_labels(unescape(text))
    links = URL.search(plain)
    if links and (name := _tidy(plain[: links.start()])):
        return Organization(name, _company_domain(links.group()), more=_tidy(URL.sub(" ", plain[links.end() :])))
    said = read_line(plain).strip(" .,;\"'")
    for pattern in (SENTENCE_ABOUT, POSSESSIVE):
        if found := pattern.match(said):
            return Organization(found["name"].strip(), more=said)
    return Organization(said) if is_name(said) else Organization()


def is_name(text: str) -> bool:
    """True for "University of Granada" and "IBM", False for "German Digital Agency" and "Public transport in Brussels"."""
    if DESCRIBING_STARTS.match(text):
        return False
    words = re.findall(r"[\w&'’.+-]+", text)
    telling = [word for word in words if word.casefold() not in SMALL_WORDS]
    if not telling or not all(word[0].isupper() or word[0].isdigit() for word in telling):
        return False
    return any(word.casefold() not in GENERIC_WORDS and not word.casefold().endswith("-based") for word in telling)


def unescape(text: str) -> str:
    r"""Markdown's backslashes and link brackets undone: `I\&S` is I&S, `[www.x.com](http://x.com)` is the address."""
    return LINK.sub(r" \2 ", re.sub(r"\\([\\`*_{}\[\]()#+.!&<>|~-])", r"\1", text))


def same_company(one: str, other: str) -> bool:
    """True where the first telling word of either stands in the other: "Topdanmark A/S", "Topdanmark Forsikring A/S"."""
    ones, others = _telling(one), _telling(other)
    return bool(ones and others) and (ones[0] in others or others[0] in ones)


def _telling(text):
    words = re.findall(r"\w+", text.casefold())
    return [word for word in words if word not in SMALL_WORDS | GENERIC_WORDS] or words


def _without_labels(text):
    text = text.lstrip("* ")
    return LABEL.split(text.split("\n")[0], maxsplit=1)[0].replace("**", " ")


def _company_domain(url):
    domain = read_domain(url.strip("<>;,."))
    return "" if domain.endswith(HOSTS) else domain


def _tidy(text):
    return re.sub(r"^(and|&)\b|\b(and|&)$", "", read_line(text).strip(" ,;:\"'*<>.")).strip()
