"""The nominations of a program, from a file of stories."""

import re
from collections import Counter
from datetime import UTC, datetime, time

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from advocacy.importer.accounts import as_given
from advocacy.importer.exceptions import FileUnusable, RowRefused
from advocacy.importer.lookups import Accounts, Industries, country_of
from advocacy.importer.report import CREATED, UNCHANGED
from advocacy.importer.table_import import TableImport, check_fields, filled
from advocacy.importer.titles import level_of
from advocacy.importer.values import name_key
from advocacy.models import Account, Advocate
from advocacy.services import find_or_add_advocate
from nominations.importer.organizations import same_company
from nominations.importer.rows import FIELDS, check_row, read_row
from nominations.models import Category, Nomination, Program
from nominations.services import save_draft, submit_nomination


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
