"""The nominations of a program, from a file of stories."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.importer.accounts import as_given
from advocacy.importer.columns import Field
from advocacy.importer.exceptions import FileUnusable, RowRefused
from advocacy.importer.lookups import Accounts, Industries, country_of
from advocacy.importer.report import CREATED, UNCHANGED
from advocacy.importer.table_import import TableImport, check_fields, filled
from advocacy.importer.titles import level_of
from advocacy.importer.values import name_key, read_date, read_email, read_line, read_text
from advocacy.models import Account, Advocate
from advocacy.services import find_or_add_advocate
from nominations.importer.organizations import Organization, parse_organization, same_company
from nominations.importer.signatures import Signature, parse_signature
from nominations.importer.stories import split_story
from nominations.models import Category, Nomination, Program
from nominations.services import save_draft, submit_nomination

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


class NominationImport(TableImport):
    """Enters each row once. A nomination that is here already is never changed: people and judges work on it."""

    FIELDS = FIELDS

    def __init__(self, *, program: Program, category: str = "", **options):
        super().__init__(**options)
        self.program = program
        self.category_name = category

    def prepare(self):
        self.categories = list(self.program.categories.all())
        self._check_program()
        self.category = self._category_named(self.category_name) if self.category_name else self.categories[0]
        if self.category is None:
            raise FileUnusable(
                _("%(program)s has no category “%(name)s”. It has: %(names)s.")
                % {"program": self.program, "name": self.category_name, "names": ", ".join(map(str, self.categories))}
            )
        self.accounts = Accounts()
        self.industries = Industries(create_terms=self.create_terms)
        self.lines = {}
        self.found = Counter()

    def take(self, rows):
        read = [found for line, cells in rows if (found := self._read(line, cells))]
        keys = [row.external_id for row in read]
        known = {one.external_id: one for one in self.program.nominations.filter(external_id__in=keys)}
        for row in read:
            try:
                self._take_one(row, known.get(row.external_id))
            except RowRefused as refusal:
                self.report.reject(row.line, str(refusal))

    def finish(self):
        sentences = [
            ("named", _("%(count)d name their organization.")),
            ("created", _("%(count)d accounts are new.")),
            ("described", _("%(count)d only describe their organization: kept without an account, to be linked by hand.")),
            ("unnamed", _("%(count)d name no organization: kept without an account, to be linked by hand.")),
        ]
        for what, sentence in sentences:
            if self.found[what]:
                self.report.fact(sentence % {"count": self.found[what]})
        if self.industries.added:
            self.report.fact(_("New industries: %(names)s.") % {"names": ", ".join(sorted(self.industries.added))})

    def _check_program(self):
        if self.program.announced_at:
            raise FileUnusable(
                _("The winners of %(program)s are announced; it takes no more nominations.") % {"program": self.program}
            )
        if not self.categories:
            raise FileUnusable(_("%(program)s has no category yet. Add one first.") % {"program": self.program})

    def _category_named(self, name) -> Category | None:
        return next((category for category in self.categories if name_key(category.name) == name_key(name)), None)

    def _read(self, line, cells):
        try:
            row = read_row(line, cells)
            if row.external_id in self.lines:
                raise RowRefused(_("has the same key as line %(line)d.") % {"line": self.lines[row.external_id]})
        except RowRefused as refusal:
            self.report.reject(line, str(refusal))
            return None
        self.lines[row.external_id] = line
        return row

    def _take_one(self, row, nomination):
        outcome = UNCHANGED if nomination else CREATED
        if nomination:
            self._note_difference(row, nomination)
        else:
            check_row(row)
            nomination = self._enter(row)
        self.found[row.kind] += 1
        self.report.count(outcome)
        self.report.sample(row.line, outcome, lambda: understood(nomination))

    def _note_difference(self, row, nomination):
        if any(getattr(nomination, name) != text for name, text in row.texts.items()):
            self.note(row.line, _("is here already and reads differently; the nomination was not changed."))

    def _enter(self, row):
        account = self._account(row)
        data = row.texts | {
            "external_id": row.external_id,
            "account": account,
            "nominee": self._nominee(row, account),
            "categories": [self._category(row)],
        }
        source = Nomination.Source.IMPORT
        nomination = save_draft(program=self.program, by=None, data=data, source=source)
        submit_nomination(nomination=nomination, by=self.by, now=self.now)
        if row.submitted_on:
            # The history tells when it came in here; this, when the customer told it.
            nomination.submitted_at = datetime.combine(row.submitted_on, time(12), tzinfo=UTC)
            nomination.save(update_fields=["submitted_at", "updated_at"])
        return nomination

    def _nominee(self, row, account) -> Advocate:
        title = row.signature.title
        return find_or_add_advocate(
            account=account, name=row.name, email=row.email, title=title, level=level_of(title), by=self.by
        )

    def _category(self, row):
        category = self._category_named(row.category) if row.category else self.category
        if category is None:
            sentence = _("“%(name)s” is no category of the program; entered for %(category)s.")
            self.note(row.line, sentence % {"name": row.category, "category": self.category})
        return category or self.category

    def _account(self, row) -> Account | None:
        """The account a row names: known by name or web address, else a new one. A description is never an account."""
        organization = row.organization
        self._note_organization(row)
        if not organization.is_named:
            return None
        if known := self._known_account(row):
            return known
        if self.accounts.named(organization.name):
            return None
        return self._new_account(row)

    def _known_account(self, row):
        organization = row.organization
        pk, reason = self.accounts.find(name=organization.name)
        if pk is None and (pk := self.accounts.of_domain(organization.domain)):
            reason = _("“%(name)s” is taken for the account with the web address %(domain)s.")
            self.note(row.line, reason % {"name": organization.name, "domain": organization.domain})
        elif pk is None and self.accounts.named(organization.name):
            self.note(row.line, _("kept without an account: %(reason)s") % {"reason": reason})
        account = Account.objects.get(pk=pk) if pk else None
        if account and organization.domain and not account.domain:
            account.domain = organization.domain
            account.save(update_fields=["domain"])
        return account

    def _new_account(self, row):
        organization = row.organization
        country, about_country = country_of(row.country)
        words = [row.industry, *re.split(r"[;,/&|\"]", row.industry)]
        industry = self.industries.first_of(words)
        self.note(row.line, about_country)
        if row.industry and not industry:
            self.note(row.line, _("“%(text)s” is not a known industry: kept as given.") % {"text": row.industry})
        account = Account(
            name=organization.name,
            domain=organization.domain,
            country=country,
            country_as_given=row.country,
            industry=industry,
            industry_as_given=row.industry,
        )
        check_fields(account, ["name", "domain", "country_as_given", "industry_as_given"])
        account.save()
        self.accounts.add(account.pk, "", account.name, account.domain)
        self.found["created"] += 1
        return account

    def _note_organization(self, row):
        given, organization = row.texts["organization_as_given"], row.organization
        if row.kind == "unnamed":
            hint = _("names no organization: kept without an account; the quote is signed at “%(employer)s”, which may be it.")
            self.note(row.line, hint % {"employer": given} if given else _("names no organization: kept without an account."))
        elif row.kind == "described":
            self.note(row.line, _("“%(text)s” names no organization: kept without an account.") % {"text": given})
        elif organization.more:
            sentence = _("taken for “%(name)s”; the field also says “%(more)s”.")
            self.note(row.line, sentence % {"name": organization.name, "more": organization.more})
        employer = row.signature.employer
        if organization.is_named and employer and not same_company(employer, organization.name):
            sentence = _("the quote is signed at “%(employer)s”, not at “%(name)s”.")
            self.note(row.line, sentence % {"employer": employer, "name": organization.name})


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


def understood(nomination: Nomination) -> dict:
    """A row as it was understood, for the preview."""
    return filled(
        {
            _("Nominee"): nomination.nominee,
            _("Job title"): nomination.nominee.title if nomination.nominee else "",
            _("Account"): nomination.account or as_given(nomination.organization_as_given) or _("to be linked by hand"),
            _("Headline"): nomination.headline,
            _("Outcome"): shortened(nomination.business_outcome),
            _("Before"): shortened(nomination.before_state),
            _("Goals"): shortened(nomination.use_case_text),
            _("How they got there"): shortened(nomination.narrative),
        }
    )


def shortened(text: str) -> str:
    return Truncator(text).words(12)
