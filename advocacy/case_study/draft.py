from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy import usage
from advocacy.availability import show
from advocacy.blind import blind
from advocacy.case_study.plain import Block, blocks, one_line
from advocacy.models import Account, Story
from advocacy.usage import COMPANY, NAME, QUOTE, Use

COLUMNS = ("measure", "before", "after", "unit", "period")
LONGEST_NAME = 60  # characters of a file name


@dataclass(frozen=True)
class Draft:
    """Everything both forms of the document show, blind where it has to be."""

    title: str
    notices: list[str]
    is_blind: bool
    glance: list[tuple[str, str]]
    sections: list[tuple[str, list[Block]]]
    results: list[list[str]]
    quote: str
    people: str
    made: str


def draft_of(story: Story, uses: dict[str, Use], on: date) -> Draft:
    """`uses` says what may be used outside: `advocacy.usage.uses`. Reads the products of the account."""
    advocate, account = story.advocate, story.account or story.advocate.account
    tell = _teller(advocate, account, uses)
    is_blind = not usage.allowed(uses, NAME, COMPANY)
    return Draft(
        title=one_line(tell(story.headline)) or _("A customer story"),
        notices=_notices(uses, is_blind),
        is_blind=is_blind,
        glance=_glance(account, tell, uses),
        sections=_sections(story, tell),
        results=_results(story, tell),
        quote=one_line(tell(story.quote)) if uses[QUOTE].allowed else "",
        people=_people(advocate, account, tell, uses),
        made=_("Draft of %(day)s. The customer reads and approves it before anybody outside does.") % {"day": show(on)},
    )


def file_name(draft: Draft, story: Story, extension: str) -> str:
    """Of the title as the draft may tell it, in letters every disk takes."""
    return f"case-study-{slugify(draft.title)[:LONGEST_NAME].strip('-') or story.pk}.{extension}"


def _teller(advocate, account, uses):
    known = account or Account()
    company = "" if uses[COMPANY].allowed else known.name
    domain = "" if uses[COMPANY].allowed else known.domain
    person = "" if uses[NAME].allowed else advocate.name

    def tell(text):
        # Addresses and telephone numbers go from every draft, whoever allowed what.
        return blind(str(text), person=person, company=company, domain=domain)

    return tell


def _notices(uses, is_blind):
    found = []
    if is_blind:
        found.append(_("Blind draft: whoever may not be named is left out. Other names in the text are for you to find."))
    found += [f"{use.label}: {use.sentence}" for purpose, use in uses.items() if purpose in (QUOTE, NAME, COMPANY)]
    return found


def _glance(account, tell, uses):
    account = account or Account()
    products = ", ".join(map(str, account.products.all())) if account.pk else ""
    facts = [
        (_("Company"), account.name if uses[COMPANY].allowed else ""),
        (_("Industry"), str(account.industry or "")),
        (_("Region"), str(account.get_region_display())),
        (_("Company size"), str(account.get_segment_display())),
        (_("Products"), products),
    ]
    return [(label, one_line(tell(value))) for label, value in facts if value]


def _sections(story, tell):
    texts = [
        (_("The challenge"), story.challenge),
        (_("The solution"), story.solution),
        (_("The results"), story.results_text),
        (_("The people behind it"), story.human_element),
    ]
    return [(label, blocks(tell(text))) for label, text in texts if text.strip()]


def _results(story, tell):
    """Rows of text in the order of COLUMNS; what is no row of ours is left out."""
    rows = story.results if isinstance(story.results, list) else []
    cells = [[one_line(tell(row.get(name) or "")) for name in COLUMNS] for row in rows if isinstance(row, dict)]
    return [row for row in cells if any(row)]


def _people(advocate, account, tell, uses):
    """Whose words these are, as far as that may be said."""
    company = account.name if account and uses[COMPANY].allowed else ""
    name = advocate.name if uses[NAME].allowed else ""
    title = tell(advocate.title or advocate.get_level_display())
    if not company and account:
        company = _("a company in %(industry)s") % {"industry": account.industry} if account.industry else ""
    return one_line(", ".join(part for part in (name, title, company) if part))
