"""Opportunities from a CRM export."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.importer.columns import Field, match_columns
from advocacy.importer.exceptions import RowRefused
from advocacy.importer.lookups import Accounts, Industries, People, Products, country_of
from advocacy.importer.reading import read_table
from advocacy.importer.report import CREATED, UNCHANGED
from advocacy.importer.table_import import TableImport, filled, outcome_of, take_over
from advocacy.importer.values import read_boolean, read_choice, read_date, read_line, read_money, spelling_key
from advocacy.models import Account, Opportunity
from advocacy.models.accounts import Segment

WON = {"won", "closedwon", "closewon"}
LOST = {"lost", "closedlost", "closelost"}
# Words of a CRM's `type` column, the first that is in it decides.
TYPE_WORDS = [
    ("renew", Opportunity.Type.RENEWAL),
    ("expan", Opportunity.Type.EXPANSION),
    ("upgrade", Opportunity.Type.EXPANSION),
    ("upsell", Opportunity.Type.EXPANSION),
    ("existing", Opportunity.Type.EXPANSION),
    ("addon", Opportunity.Type.EXPANSION),
    ("new", Opportunity.Type.NEW),
]

FIELDS = (
    Field("external_id", gettext_lazy("CRM id"), ("opportunity_id", "id", "deal_id", "crm_id"), required=True),
    Field("name", gettext_lazy("name"), ("opportunity_name", "opportunity", "deal_name")),
    Field("type", gettext_lazy("type"), ("opportunity_type",)),
    Field("account_id", gettext_lazy("CRM id of the account")),
    Field("account", gettext_lazy("account name"), ("account_name", "company", "customer")),
    Field("products", gettext_lazy("products"), ("product", "product_name")),
    Field("industry", gettext_lazy("industry"), ("sector",)),
    Field("country", gettext_lazy("country")),
    Field("segment", gettext_lazy("segment")),
    Field("stage", gettext_lazy("stage"), ("deal_stage", "stage_name")),
    Field("amount", gettext_lazy("amount"), ("close_value", "value", "deal_value")),
    Field("opened_on", gettext_lazy("opened on"), ("engage_date", "created_date", "open_date")),
    Field("close_date", gettext_lazy("close date"), ("closed_on", "close")),
    Field("owner", gettext_lazy("owner (e-mail or name)"), ("sales_agent", "owner_email", "owner_name", "owner_id")),
    Field("is_won", gettext_lazy("won")),
    Field("is_closed", gettext_lazy("closed")),
    Field("is_deleted", gettext_lazy("deleted in the CRM")),
)
PRODUCT_FIELDS = (Field("product", gettext_lazy("product"), ("product_name", "name"), required=True),)
WRITTEN = [
    *["name", "type", "account", "industry", "country", "segment", "stage", "amount"],
    *["opened_on", "close_date", "owner", "owner_as_given", "is_won"],
]


@dataclass
class Read:
    """A row that can be taken."""

    line: int
    external_id: str
    values: dict
    products: set[int]


class OpportunityImport(TableImport):
    FIELDS = FIELDS

    def __init__(self, *, products_path: Path | str | None = None, **options):
        super().__init__(**options)
        self.products_path = products_path

    def prepare(self):
        self.accounts = Accounts()
        self.industries = Industries(create_terms=self.create_terms)
        self.people = People()
        self.products = Products()
        self.lines = {}
        self.without_account = 0
        self.bought = defaultdict(set)  # products by account, of the deals won in this file
        self.first_won = {}
        if self.products_path:
            self._take_product_list()

    def take(self, rows):
        read = [found for line, cells in rows if (found := self._read(line, cells))]
        known = {one.external_id: one for one in self._known(read)}
        news, changed = [], []
        for row in read:
            self._take_one(row, known.get(row.external_id) or Opportunity(external_id=row.external_id), news, changed)
        Opportunity.objects.bulk_create([opportunity for _row, opportunity in news])
        Opportunity.objects.bulk_update([opportunity for _row, opportunity in changed], WRITTEN)
        self._save_products([*news, *changed])

    def finish(self):
        self._tell_accounts()
        if self.without_account:
            sentence = ngettext(
                "%(count)d opportunity has no account in the file: kept; link it by hand.",
                "%(count)d opportunities have no account in the file: kept; link them by hand.",
                self.without_account,
            )
            self.report.fact(sentence % {"count": self.without_account})
        if self.products.added:
            self.report.fact(_("New products: %(names)s.") % {"names": ", ".join(sorted(p.name for p in self.products.added))})
        for spelling, product in sorted(self.products.respelled.items()):
            self.report.fact(_("“%(spelling)s” is taken for %(product)s.") % {"spelling": spelling, "product": product})

    def _take_product_list(self):
        """The product list first: the names are spelled as it spells them."""
        table = read_table(self.products_path)
        columns = match_columns(table.header, PRODUCT_FIELDS)
        for row in table.rows():
            name = "" if row.refusal else read_line(columns.read(row.cells)["product"])
            if name:
                self.products.take(name, canonical=True)

    def _known(self, read):
        found = Opportunity.objects.filter(external_id__in=[row.external_id for row in read])
        return found.prefetch_related("products")

    def _read(self, line, cells):
        try:
            external_id = read_line(cells["external_id"])
            if not external_id:
                raise RowRefused(_("has no CRM id."))
            values = self._values(line, cells)
            if external_id in self.lines:
                raise RowRefused(_("has the same CRM id as line %(line)d.") % {"line": self.lines[external_id]})
        except RowRefused as refusal:
            self.report.reject(line, str(refusal))
            return None
        self.lines[external_id] = line
        names = [name for name in read_line(cells.get("products", "")).split(";") if spelling_key(name)]
        return Read(line, external_id, values, {self.products.take(name).pk for name in names})

    def _values(self, line, cells):
        owner = read_line(cells.get("owner", ""))
        values = facts_of(cells) | {
            "account_id": self._account(line, cells),
            "industry_id": self._industry(line, read_line(cells.get("industry", ""))),
            "country": self._country(line, read_line(cells.get("country", ""))),
            "owner_as_given": owner,
            "owner_id": getattr(self.people.find(owner) if owner else None, "pk", None),
        }
        if (word := read_line(cells.get("type", ""))) and not values["type"]:
            self.note(line, _("“%(word)s” is no type we know and was not taken.") % {"word": word})
        values = filled(values)
        if cells.keys() & {"stage", "is_won", "is_closed"}:
            values["is_won"] = won(cells)
        return values

    def _account(self, line, cells):
        given = {"external_id": read_line(cells.get("account_id", "")), "name": read_line(cells.get("account", ""))}
        if not any(given.values()):
            self.without_account += 1
            return None
        account, reason = self.accounts.find(**given)
        if account is None:
            self.note(line, _("kept without an account: %(reason)s") % {"reason": reason})
        return account

    def _industry(self, line, text):
        industry, sentence = self.industries.recognise(text)
        self.note(line, sentence)
        return industry and industry.pk

    def _country(self, line, text):
        code, sentence = country_of(text)
        self.note(line, sentence)
        return code

    def _take_one(self, row, opportunity, news, changed):
        have = set() if opportunity.pk is None else {product.pk for product in opportunity.products.all()}
        try:
            differing = take_over(opportunity, row.values)
        except RowRefused as refusal:
            self.report.reject(row.line, str(refusal))
            return
        outcome = outcome_of(opportunity, differing or row.products - have)
        if outcome != UNCHANGED:
            (news if outcome == CREATED else changed).append((row, opportunity))
            self._remember_won(row, opportunity)
        self.report.count(outcome)
        self.report.sample(row.line, outcome, lambda: understood(opportunity))

    def _save_products(self, taken):
        through = Opportunity.products.through
        pairs = [(opportunity.pk, product) for row, opportunity in taken for product in row.products]
        links = [through(opportunity_id=opportunity, product_id=product) for opportunity, product in pairs]
        through.objects.bulk_create(links, ignore_conflicts=True)

    def _remember_won(self, row, opportunity):
        account, day = opportunity.account_id, opportunity.close_date
        if opportunity.is_won and account:
            self.bought[account] |= row.products
            if day and day < self.first_won.get(account, day.max):
                self.first_won[account] = day

    def _tell_accounts(self):
        """A won deal makes its products the account's, and dates the start where the CRM gave none."""
        links = [(account, product) for account, products in self.bought.items() for product in products]
        through = Account.products.through
        before = through.objects.count()
        through.objects.bulk_create([through(account_id=a, product_id=p) for a, p in links], ignore_conflicts=True)
        if added := through.objects.count() - before:
            self.report.fact(_("%(count)d products noted at the accounts that bought them.") % {"count": added})
        started = list(Account.objects.filter(pk__in=self.first_won, customer_since=None))
        for account in started:
            account.customer_since = self.first_won[account.pk]
        Account.objects.bulk_update(started, ["customer_since"])
        if started:
            self.report.fact(
                _("“Customer since” filled at %(count)d accounts from their first won deal.") % {"count": len(started)}
            )


def facts_of(cells) -> dict:
    """What the cells say of the deal itself; raises RowRefused."""
    labels = {field.name: field.label for field in FIELDS}
    return {
        "name": read_line(cells.get("name", "")),
        "type": type_of(cells.get("type", "")),
        "segment": read_choice(cells.get("segment", ""), Segment, labels["segment"]),
        "stage": read_line(cells.get("stage", "")),
        "amount": read_money(cells.get("amount", ""), labels["amount"]),
        "opened_on": read_date(cells.get("opened_on", ""), labels["opened_on"]),
        "close_date": read_date(cells.get("close_date", ""), labels["close_date"]),
    }


def type_of(text: str) -> str:
    key = spelling_key(text)
    return next((kind for word, kind in TYPE_WORDS if word in key), "")


def won(cells) -> bool | None:
    """True or False for a closed deal and None for an open one: CRMs also say "not won" of deals that are open."""
    stage = spelling_key(cells.get("stage", ""))
    is_won = read_boolean(cells.get("is_won", ""), _("won"))
    is_closed = read_boolean(cells.get("is_closed", ""), _("closed"))
    if is_won or stage in WON:
        return True
    if stage in LOST or is_closed:
        return False
    return False if is_won is False and is_closed is None and not stage else None


def understood(opportunity: Opportunity) -> dict:
    """A row as it was understood, for the preview."""
    return filled(
        {
            _("CRM id"): opportunity.external_id,
            _("Name"): opportunity.name,
            _("Account"): opportunity.account,
            _("Stage"): opportunity.stage,
            _("Won"): {True: _("yes"), False: _("no"), None: _("open")}[opportunity.is_won],
            _("Amount"): opportunity.amount,
            _("Opened"): opportunity.opened_on,
            _("Closes"): opportunity.close_date,
            _("Owner"): opportunity.owner or opportunity.owner_as_given,
        }
    )
