"""One row of a file of stories: its cells, read to the fields of a nomination."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.importer.columns import Field
from advocacy.importer.exceptions import RowRefused
from advocacy.importer.table_import import check_fields
from advocacy.importer.values import name_key, read_date, read_email, read_line, read_text
from advocacy.models import Account, Advocate
from nominations.importer.organizations import Organization, parse_organization
from nominations.importer.signatures import Signature, parse_signature
from nominations.importer.stories import split_story
from nominations.models import Nomination

FIELDS = (
    Field("external_id", gettext_lazy("key"), ("slug", "id", "nomination_id")),
    Field(
        "nominee",
        gettext_lazy("name of the nominee"),
        ("author", "nominee_name", "contact", "contact_name", "name"),
        required=True,
    ),
    Field("email", gettext_lazy("e-mail of the nominee"), ("nominee_email", "contact_email", "e_mail")),
    Field("title", gettext_lazy("job title of the nominee"), ("job_title", "nominee_title", "position")),
    Field("organization", gettext_lazy("organization"), ("company", "account", "account_name", "company_name", "customer")),
    Field("country", gettext_lazy("country")),
    Field("industry", gettext_lazy("industry"), ("industries", "sector")),
    Field("headline", gettext_lazy("headline")),
    Field("tag_line", gettext_lazy("tag line"), ("tagline", "subtitle")),
    Field("summary", gettext_lazy("summary"), ("abstract",)),
    Field("story", gettext_lazy("story"), ("body", "narrative", "text")),
    Field("before_state", gettext_lazy("the state before"), ("background", "challenge")),
    Field("goals", gettext_lazy("goals"), ("goal", "use_case", "use_case_text")),
    Field("results", gettext_lazy("results"), ("business_outcome", "outcome")),
    Field("human_element", gettext_lazy("the people in it")),
    Field("quote", gettext_lazy("quote"), ("testimonial",)),
    Field("quote_from", gettext_lazy("who said the quote"), ("quote_by", "quote_author")),
    Field("submitted_on", gettext_lazy("date"), ("date", "submitted_at", "submitted")),
    Field("category", gettext_lazy("category"), ("award_category",)),
)
TEXTS = ("headline", "business_outcome", "use_case_text", "before_state", "narrative", "human_element", "quote")
AS_GIVEN = ("organization_as_given", "country_as_given", "industry_as_given")


@dataclass
class Read:
    """A row that can be taken."""

    line: int
    external_id: str
    name: str
    email: str
    signature: Signature
    organization: Organization
    describes: bool
    texts: dict[str, str]
    submitted_on: date | None
    category: str

    @property
    def kind(self):
        """How the organization stands in the file: named, described or unnamed."""
        if self.organization.is_named:
            return "named"
        return "described" if self.describes else "unnamed"

    @property
    def country(self):
        return self.texts["country_as_given"]

    @property
    def industry(self):
        return self.texts["industry_as_given"]


def read_row(line: int, cells: dict[str, str]) -> Read:
    """A row's texts where they belong; raises RowRefused."""
    given = {name: read_text(text) for name, text in cells.items()}
    name = read_line(given["nominee"])
    if not name:
        raise RowRefused(_("names no nominee."))
    organization = parse_organization(given.get("organization", ""))
    signature = parse_signature(given.get("quote_from", ""), name=name, organization=organization.name)
    if title := read_line(given.get("title", "")):
        signature = signature._replace(title=title)
    return Read(
        line=line,
        external_id=read_line(given.get("external_id", "")) or derived_key(given),
        name=name,
        email=read_email(given.get("email", ""), _("e-mail")),
        signature=signature,
        organization=organization,
        describes=bool(given.get("organization")),
        texts=texts_of(given, signature),
        submitted_on=read_date(given.get("submitted_on", ""), _("date")),
        category=read_line(given.get("category", "")),
    )


def texts_of(given: dict[str, str], signature: Signature) -> dict[str, str]:
    """The fields of a nomination that hold text, from the cells as given."""
    parts = split_story(given.get("story", ""))
    headline, tag_line = read_line(given.get("headline", "")), read_line(given.get("tag_line", ""))
    outcome = joined(given.get("summary", ""), given.get("results", ""), parts.results)
    texts = {
        "headline": headline or tag_line,
        "business_outcome": outcome or headline,
        "use_case_text": joined("" if tag_line == headline else tag_line, given.get("goals", ""), parts.goals),
        "before_state": joined(given.get("before_state", ""), parts.before_state),
        "narrative": parts.narrative,
        "human_element": given.get("human_element", ""),
        "quote": given.get("quote", ""),
        # Where no organization is named, the employer below the quote helps the person who links it.
        "organization_as_given": read_line(given.get("organization", "")) or signature.employer,
        "country_as_given": read_line(given.get("country", "")),
        "industry_as_given": read_line(given.get("industry", "")),
    }
    if not any(texts[name] for name in ("business_outcome", "before_state", "narrative")):
        raise RowRefused(_("tells no story."))
    return texts


def check_row(row: Read) -> None:
    """Lengths of everything, before any of it is written; raises RowRefused."""
    for name in TEXTS:
        if len(row.texts[name]) > Nomination.MAX_TEXT:
            label = Nomination._meta.get_field(name).verbose_name
            raise RowRefused(
                _("%(label)s: %(length)d characters, of which %(most)d fit.")
                % {"label": label, "length": len(row.texts[name]), "most": Nomination.MAX_TEXT}
            )
    check_fields(Nomination(external_id=row.external_id, **row.texts), ["external_id", "headline", *AS_GIVEN])
    check_fields(Advocate(name=row.name, email=row.email, title=row.signature.title), ["name", "email", "title"])
    check_fields(Account(name=row.organization.name, domain=row.organization.domain), ["domain"])


def derived_key(given: dict[str, str]) -> str:
    """For a file without a key: the same nominee, organization and headline is the same nomination."""
    words = "\n".join(name_key(given.get(name, "")) for name in ("nominee", "organization", "headline"))
    return f"row-{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def joined(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
