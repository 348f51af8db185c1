"""What a judge reads of a nomination. Templates get a Story and no Nomination, so that what is not here cannot leak."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from awards.guest_ties import PUBLIC_DOMAINS, domain_of
from awards.masking import Identity, mask, mask_all
from awards.models import Assignment
from nominations.models import Nomination

TEXTS = ("headline", "use_case_text", "narrative", "business_outcome", "before_state", "human_element", "quote")


@dataclass(frozen=True)
class Story:
    label: str
    is_masked: bool
    industry: str
    country: str
    use_case: str
    person: str = ""
    title: str = ""
    company: str = ""
    headline: str = ""
    use_case_text: str = ""
    narrative: str = ""
    business_outcome: str = ""
    before_state: str = ""
    human_element: str = ""
    quote: str = ""
    results: list = field(default_factory=list)


def story_of(assignment: Assignment) -> Story:
    """The story as this assignment's judge may read it."""
    nomination, is_masked = assignment.nomination, assignment.judge.reads_without_names
    identity = identity_of(nomination) if is_masked else Identity()
    texts = {name: mask(getattr(nomination, name), identity) if is_masked else getattr(nomination, name) for name in TEXTS}
    return Story(
        label=label_of(assignment),
        is_masked=is_masked,
        results=mask_all(nomination.results, identity) if is_masked else nomination.results,
        **texts,
        **_surroundings(nomination, identity),
        **({} if is_masked else _names(nomination)),
    )


def label_of(assignment: Assignment) -> str:
    """What the nomination is called before this judge."""
    if assignment.judge.reads_without_names:
        return _("Nomination %(number)s") % {"number": assignment.nomination_id}
    return str(assignment.nomination)


def headline_of(assignment: Assignment) -> str:
    headline = assignment.nomination.headline
    return mask(headline, identity_of(assignment.nomination)) if assignment.judge.reads_without_names else headline


def identity_of(nomination: Nomination) -> Identity:
    """Every name and domain we know of the people and companies in a nomination."""
    people = [person for person in (nomination.nominee, *nomination.co_nominees.all()) if person]
    accounts = [account for account in (nomination.account, *(person.account for person in people)) if account]
    companies = [*accounts, *(account.parent for account in accounts if account.parent)]
    given = nomination.nominee_as_given
    return Identity(
        people=_known(*(person.name for person in people), given.get("name")),
        companies=_known(*(company.name for company in companies), nomination.organization_as_given),
        domains=_known(
            *(company.domain for company in companies),
            *(_own_domain(person.email) for person in people),
            _own_domain(given.get("email")),
        ),
    )


def _own_domain(address):
    domain = domain_of(address or "")
    return "" if domain in PUBLIC_DOMAINS else domain


def _known(*values):
    return tuple(dict.fromkeys(value for value in values if value))


def _surroundings(nomination, identity):
    """What was typed for industry and country may name the company too."""
    account, typed = nomination.account, [nomination.industry_as_given, nomination.country_as_given]
    industry, country = [mask(text, identity) for text in typed] if identity != Identity() else typed
    return {
        "industry": account.industry.name if account and account.industry else industry,
        "country": (account.get_country_display() if account and account.country else "") or country,
        "use_case": nomination.use_case.name if nomination.use_case else "",
    }


def _names(nomination):
    person = nomination.nominee
    return {
        "person": person.name if person else "",
        "title": person.title if person else "",
        "company": (nomination.account.name if nomination.account else nomination.organization_as_given)
        or _("Not linked to a company yet"),
    }
