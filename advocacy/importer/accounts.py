"""Accounts from a CRM export."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.countries import region_of
from advocacy.importer import bulk
from advocacy.importer.columns import Field
from advocacy.importer.exceptions import RowRefused
from advocacy.importer.lookups import Accounts, Industries, People, Products, country_of
from advocacy.importer.report import CREATED, UNCHANGED, UPDATED
from advocacy.importer.table_import import TableImport, batches, filled, outcome_of, take_over
from advocacy.importer.values import (
    name_key,
    read_boolean,
    read_choice,
    read_date,
    read_domain,
    read_line,
    read_money,
    read_number,
    read_whole_number,
    spelling_key,
)
from advocacy.models import Account
from advocacy.models.accounts import Segment

# Employees from which on a company is mid-market, and an enterprise.
MID_MARKET_FROM = 200
ENTERPRISE_FROM = 2000
MILLION = Decimal(1_000_000)

SEGMENT_WORDS = {
    "smb": Segment.SMB,
    "small": Segment.SMB,
    "smallbusiness": Segment.SMB,
    "commercial": Segment.MID_MARKET,
    "midmarket": Segment.MID_MARKET,
    "medium": Segment.MID_MARKET,
    "enterprise": Segment.ENTERPRISE,
    "large": Segment.ENTERPRISE,
}
# Words of a CRM's `type` column.
LIFECYCLE_WORDS = {
    "prospect": Account.Lifecycle.PROSPECT,
    "lead": Account.Lifecycle.PROSPECT,
    "customer": Account.Lifecycle.CUSTOMER,
    "customerdirect": Account.Lifecycle.CUSTOMER,
    "customerchannel": Account.Lifecycle.CUSTOMER,
    "former": Account.Lifecycle.FORMER,
    "formercustomer": Account.Lifecycle.FORMER,
    "churned": Account.Lifecycle.FORMER,
}

FIELDS = (
    Field("name", gettext_lazy("account name"), ("account", "account_name", "company", "company_name"), required=True),
    Field("external_id", gettext_lazy("CRM id"), ("id", "account_id", "crm_id", "account_number")),
    Field("parent", gettext_lazy("parent company"), ("subsidiary_of", "parent_account", "parent_name", "parent_company")),
    Field("parent_id", gettext_lazy("CRM id of the parent")),
    Field("domain", gettext_lazy("web site or e-mail domain"), ("website", "web_site", "url")),
    Field("industry", gettext_lazy("industry"), ("sector",)),
    Field(
        "country",
        gettext_lazy("country"),
        ("billing_country", "billing_country_code", "office_location", "headquarters", "shipping_country", "location"),
    ),
    Field("segment", gettext_lazy("segment"), ("size", "company_size")),
    Field("employees", gettext_lazy("employees"), ("number_of_employees", "employee_count", "headcount")),
    Field("annual_revenue", gettext_lazy("annual revenue")),
    Field("revenue_in_millions", gettext_lazy("annual revenue in millions"), ("revenue",)),
    Field("lifecycle", gettext_lazy("lifecycle"), ("type", "account_type", "status")),
    Field("customer_since", gettext_lazy("customer since"), ("customer_start_date", "start_date")),
    Field("products", gettext_lazy("products, with semicolons between them"), ("product",)),
    Field("csm", gettext_lazy("CSM (e-mail or name)"), ("csm_email", "customer_success_manager", "csm_name")),
    Field(
        "account_executive",
        gettext_lazy("account executive (e-mail or name)"),
        ("owner", "owner_email", "owner_name", "account_owner", "owner_id"),
    ),
    Field("health_score", gettext_lazy("health (0-100)"), ("health",)),
    Field("usage_active", gettext_lazy("uses the product actively"), ("active_use", "active_usage")),
    Field("renewal_date", gettext_lazy("renewal date"), ("renewal", "contract_end_date")),
    Field("open_escalation", gettext_lazy("open escalation"), ("escalation", "escalated")),
    Field("metrics_as_of", gettext_lazy("figures as of")),
    Field("is_deleted", gettext_lazy("deleted in the CRM")),
)


@dataclass
class Read:
    """A row that can be taken: the account it is about when we have it, and what it says."""

    line: int
    pk: int | None
    values: dict
    parent: dict[str, str]
    products: set[int]


class AccountImport(TableImport):
    FIELDS = FIELDS

    def prepare(self):
        self.accounts = Accounts()
        self.industries = Industries(create_terms=self.create_terms)
        self.people = People()
        self.products = Products()
        self.country_of = lru_cache(1_000)(country_of)
        self.lines = {}  # what identifies a row of this file: the line it stood on
        self.parents = []  # line, primary key of the account, its parent's CRM id and name
        self.unchanged = set()

    def take(self, rows):
        read = [found for line, cells in rows if (found := self._read(line, cells))]
        known = Account.objects.in_bulk({row.pk for row in read if row.pk})
        self.added, self.changed = [], []
        self.have = products_of(known)
        taken = [(row, account) for row in read if (account := self._taken(row, known.get(row.pk) or Account()))]
        bulk.number(self.added)
        bulk.insert(self.added)
        bulk.update(self.changed)
        self._save_products(taken)
        for row, account in taken:
            self.accounts.add(account.pk, account.external_id, account.name, account.domain)
            if any(row.parent.values()):
                self.parents.append((row.line, account.pk, row.parent))

    def _save_products(self, taken):
        through = Account.products.through
        links = [
            through(account_id=account.pk, product_id=product)
            for row, account in taken
            for product in row.products - self.have.get(account.pk, set())
        ]
        through.objects.bulk_create(links, ignore_conflicts=True)

    def finish(self):
        self._link_parents()
        if self.industries.added:
            self.report.fact(_("New industries: %(names)s.") % {"names": ", ".join(sorted(self.industries.added))})
        if self.products.added:
            names = sorted(product.name for product in self.products.added)
            self.report.fact(_("New products: %(names)s.") % {"names": ", ".join(names)})
        for spelling, product in sorted(self.products.respelled.items()):
            self.report.fact(_("“%(spelling)s” is taken for %(product)s.") % {"spelling": spelling, "product": product})
        if column := self.report.columns_used.get("revenue_in_millions"):
            sentence = _("“%(column)s” was read as millions. Mapped to “annual_revenue” it is the full amount.")
            self.report.fact(sentence % {"column": column})

    def _read(self, line, cells):
        try:
            values = self._values(line, cells)
            pk = self._identify(line, values)
        except RowRefused as refusal:
            self.report.reject(line, str(refusal))
            return None
        parent = {"external_id": read_line(cells.get("parent_id", "")), "name": read_line(cells.get("parent", ""))}
        products = [name for name in read_line(cells.get("products", "")).split(";") if spelling_key(name)]
        return Read(line, pk, values, parent, {self.products.take(name).pk for name in products})

    def _values(self, line, cells):
        values = {"name": read_line(cells["name"]), "external_id": read_line(cells.get("external_id", ""))}
        if not values["name"]:
            raise RowRefused(_("has no account name."))
        values |= facts_of(cells)
        if (word := read_line(cells.get("lifecycle", ""))) and not values["lifecycle"]:
            self.note(line, _("“%(word)s” is no lifecycle we know and was not taken.") % {"word": word})
        values |= self._industry(line, read_line(cells.get("industry", "")))
        values |= self._country(line, read_line(cells.get("country", "")))
        values |= self._people_of(line, cells)
        return filled(values)

    def _identify(self, line, values):
        """The account a row is about. A CRM id goes before the name, and is adopted by an account without one."""
        external_id, name = values.get("external_id", ""), values["name"]
        key = ("id", external_id) if external_id else ("name", name_key(name))
        if key in self.lines:
            raise RowRefused(_("is the same account as line %(line)d.") % {"line": self.lines[key]})
        self.lines[key] = line
        if external_id and (pk := self.accounts.with_id(external_id)):
            return pk
        pks = self.accounts.without_id(name) if external_id else self.accounts.named(name)
        if len(pks) > 1:
            raise RowRefused(_("%(count)d accounts are named “%(name)s”; give its CRM id.") % {"count": len(pks), "name": name})
        return pks[0] if pks else None

    def _industry(self, line, text):
        industry, sentence = self.industries.recognise(text)
        self.note(line, sentence)
        return {"industry_id": industry and industry.pk, "industry_as_given": text}

    def _country(self, line, text):
        code, sentence = self.country_of(text)
        self.note(line, sentence)
        return {"country": code, "country_as_given": text}

    def _people_of(self, line, cells):
        found = {}
        for field in ("csm", "account_executive"):
            text = read_line(cells.get(field, ""))
            user = self.people.find(text) if text else None
            if text and not user:
                self.note(line, _("nobody here has the e-mail address or name “%(text)s”.") % {"text": text})
            found[f"{field}_id"] = user and user.pk
        return found

    def _taken(self, row, account):
        """The account with the row's values, saved when it was known and differed; None when rejected."""
        try:
            changed = take_over(account, row.values, sure_of=["country"])
        except RowRefused as refusal:
            self.report.reject(row.line, str(refusal))
            return None
        if account.employees is not None and not account.segment:
            account.segment = segment_of(account.employees)
            changed.append("segment")
        account.region = region_of(account.country)
        outcome = outcome_of(account, changed or row.products - self.have.get(account.pk, set()))
        if outcome == CREATED:
            self.added.append(account)
        elif outcome == UNCHANGED:
            self.unchanged.add(account.pk)
        elif changed:
            self.changed.append((account, [*changed, "region"] if "country" in changed else changed))
        self.report.count(outcome)
        self.report.sample(row.line, outcome, lambda: understood(account, row))
        return account

    def _link_parents(self):
        """Parents may stand below their subsidiaries in the file, so they are linked when all rows are in."""
        parents = dict(Account.objects.exclude(parent=None).values_list("pk", "parent"))
        linked = []
        for line, pk, given in self.parents:
            parent, reason = self.accounts.find(**given)
            if parent and is_below(parent, pk, parents):
                parent, reason = None, _("it is the account itself or stands below it.")
            if parent is None:
                self.note(line, _("the parent “%(name)s” was not linked: %(reason)s") % {"name": any_of(given), "reason": reason})
            elif parents.get(pk) != parent:
                parents[pk] = parent
                linked.append((Account(pk=pk, parent_id=parent), ["parent"]))
                if pk in self.unchanged:
                    self.unchanged.remove(pk)
                    self.report.recount(UNCHANGED, UPDATED)
        for some in batches(iter(linked), self.BATCH):
            bulk.update(some)


def products_of(accounts: Collection[int]) -> dict[int, set[int]]:
    """Primary keys of the products of these accounts, by account."""
    found = defaultdict(set)
    for account, product in Account.products.through.objects.filter(account__in=accounts).values_list("account", "product"):
        found[account].add(product)
    return found


def facts_of(cells) -> dict:
    """What the cells say of the company itself; raises RowRefused."""
    labels = {field.name: field.label for field in FIELDS}

    def cell(read, name):
        return read(cells.get(name, ""), labels[name])

    revenue = cell(read_money, "annual_revenue")
    if revenue is None and (millions := cell(read_number, "revenue_in_millions")) is not None:
        revenue = read_money(str(millions * MILLION), labels["revenue_in_millions"])
    segment = read_line(cells.get("segment", ""))
    return {
        "domain": read_domain(cells.get("domain", "")),
        "segment": SEGMENT_WORDS.get(spelling_key(segment)) or read_choice(segment, Segment, labels["segment"]),
        "employees": cell(read_whole_number, "employees"),
        "annual_revenue": revenue,
        "lifecycle": LIFECYCLE_WORDS.get(spelling_key(cells.get("lifecycle", "")), ""),
        "customer_since": cell(read_date, "customer_since"),
        "health_score": cell(read_whole_number, "health_score"),
        "usage_active": cell(read_boolean, "usage_active"),
        "renewal_date": cell(read_date, "renewal_date"),
        "open_escalation": cell(read_boolean, "open_escalation"),
        "metrics_as_of": cell(read_date, "metrics_as_of"),
    }


def segment_of(employees: int) -> str:
    if employees < MID_MARKET_FROM:
        return Segment.SMB
    return Segment.MID_MARKET if employees < ENTERPRISE_FROM else Segment.ENTERPRISE


def is_below(account: int, ancestor: int, parents: dict[int, int]) -> bool:
    """True when `account` is `ancestor` or one of its subsidiaries, by primary keys."""
    seen = set()
    while account and account not in seen:
        if account == ancestor:
            return True
        seen.add(account)
        account = parents.get(account)
    return False


def any_of(given: dict[str, str]) -> str:
    return given["name"] or given["external_id"]


def understood(account: Account, row: Read) -> dict:
    """A row as it was understood, for the preview."""
    return filled(
        {
            _("Account"): account.name,
            _("CRM id"): account.external_id,
            _("Parent"): any_of(row.parent),
            _("Industry"): account.industry or as_given(account.industry_as_given),
            _("Country"): account.get_country_display() or as_given(account.country_as_given),
            _("Segment"): account.get_segment_display(),
            _("Employees"): account.employees,
            _("Annual revenue"): account.annual_revenue,
            _("CSM"): account.csm,
        }
    )


def as_given(text: str) -> str:
    return _("“%(text)s” (as given)") % {"text": text} if text else ""
