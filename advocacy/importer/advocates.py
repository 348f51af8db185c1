"""People at customers, from a CRM's contacts.

Of a person we know, only blanks are filled: they, their CSM and the team keep the profile, not the CRM.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.importer import bulk
from advocacy.importer.columns import Field
from advocacy.importer.exceptions import RowRefused
from advocacy.importer.lookups import Accounts, KnownAdvocates
from advocacy.importer.report import CREATED, UNCHANGED, UPDATED
from advocacy.importer.stepwise import StepwiseImport
from advocacy.importer.table_import import check_fields, fill_blanks, filled
from advocacy.importer.titles import level_of
from advocacy.importer.values import read_choice, read_date, read_email, read_line, read_text, read_whole_number
from advocacy.models import Account, Advocate, ProfileDoubt
from advocacy.profile_checks.doubts import doubt_imported
from advocacy.workflow import record_beginnings

FIELDS = (
    Field("name", gettext_lazy("name"), ("full_name", "contact_name", "contact")),
    Field("first_name", gettext_lazy("first name"), ("firstname", "given_name")),
    Field("last_name", gettext_lazy("last name"), ("lastname", "surname", "family_name")),
    Field("email", gettext_lazy("e-mail"), ("e_mail", "email_address", "mail")),
    Field("account_id", gettext_lazy("CRM id of the account")),
    Field("account", gettext_lazy("account name"), ("account_name", "company", "company_name", "organization")),
    Field("title", gettext_lazy("job title"), ("job_title", "position")),
    Field("level", gettext_lazy("level"), ("seniority", "job_level", "job_level_c")),
    Field("function", gettext_lazy("function"), ("department", "job_function", "job_function_c")),
    Field("languages", gettext_lazy("languages"), ("language",)),
    Field("time_zone", gettext_lazy("time zone"), ("timezone",)),
    Field("nps", gettext_lazy("NPS (0-10)"), ("nps_score",)),
    Field("nps_on", gettext_lazy("NPS given on"), ("nps_date",)),
    Field("passion", gettext_lazy("passion (1-5)")),
    Field("self_promotion", gettext_lazy("self-promotion (1-5)")),
    Field("relationship", gettext_lazy("rapport (1-5)"), ("rapport",)),
    Field("bio", gettext_lazy("short biography"), ("description", "about")),
    Field("is_deleted", gettext_lazy("deleted in the CRM")),
)
Reason = ProfileDoubt.Reason
NUMBERS = ("nps", "passion", "self_promotion", "relationship")
BETWEEN = re.compile("[;,/|]")  # two languages


@dataclass
class Read:
    """A row that can be taken: what it says of the person, and their account when we know it."""

    line: int
    values: dict
    account: int | None


class AdvocateImport(StepwiseImport):
    FIELDS = FIELDS

    def prepare(self):
        self.accounts = Accounts(domains=False)
        self.account_name = lru_cache(10_000)(account_name)

    def take(self, rows):
        read = [found for line, cells in rows if (found := self._read(line, cells))]
        self.known = KnownAdvocates((row.values["email"], row.account, row.values["name"]) for row in read)
        self.added, self.changed, self.doubts = [], defaultdict(list), []
        for row in read:
            try:
                self._take_one(row)
            except RowRefused as refusal:
                self.report.reject(row.line, str(refusal))
        self._write()

    def _read(self, line, cells):
        try:
            values = values_of(cells)
            account = self._account(line, cells)
            if not (values["email"] or account):
                raise RowRefused(_("has neither an e-mail address nor an account we know: it could be anybody."))
        except RowRefused as refusal:
            self.report.reject(line, str(refusal))
            return None
        return Read(line, values, account)

    def _account(self, line, cells):
        given = {"external_id": read_line(cells.get("account_id", "")), "name": read_line(cells.get("account", ""))}
        pk, reason = self.accounts.find(**given)
        if pk is None and reason:
            self.note(line, _("kept without an account: %(reason)s") % {"reason": reason})
        return pk

    def _take_one(self, row):
        advocate = self.known.find(row.values["email"], row.account, row.values["name"])
        if advocate:
            outcome = self._fill(row, advocate)
        else:
            advocate, outcome = self._add(row), CREATED
        self.known.add(advocate)
        self.report.count(outcome)
        self.report.sample(row.line, outcome, lambda: understood(advocate))

    def _add(self, row):
        advocate = Advocate(**row.values, account_id=row.account, created_at=self.now)
        check_fields(advocate, list(row.values))
        self.added.append(advocate)
        return advocate

    def _fill(self, row, advocate):
        values = row.values
        before = {name: getattr(advocate, name) for name in (*values, "account_id")}
        try:
            changed = fill_blanks(advocate, filled(values | {"account_id": row.account}))
            if newer_score(advocate, values):
                advocate.nps, advocate.nps_on = values["nps"], values["nps_on"]
                check_fields(advocate, ["nps"])
                changed = [*changed, "nps", "nps_on"]
        except RowRefused:
            # The next row of the same person must not find, or write, what this one was refused for.
            for name, value in before.items():
                setattr(advocate, name, value)
            raise
        self._note_differences(row, advocate)
        if changed and not advocate._state.adding:
            self.changed[advocate] += changed
        return UPDATED if changed else UNCHANGED

    def _note_differences(self, row, advocate):
        title = row.values["title"]
        if row.account and advocate.account_id != row.account:
            sentence = _("%(name)s is known at %(account)s: change the employer by hand if that is over.")
            self.note(row.line, sentence % {"name": advocate.name, "account": self.account_name(advocate.account_id)})
            self._doubt(advocate, Reason.EMPLOYER, self.account_name(advocate.account_id), self.account_name(row.account))
        elif title and title != advocate.title:
            self.note(row.line, _("the title of %(name)s stays “%(title)s”.") % {"name": advocate.name, "title": advocate.title})
            self._doubt(advocate, Reason.TITLE, advocate.title, title)

    def _doubt(self, advocate, reason, before, after):
        """The profile stays as those who keep it left it, and they are asked."""
        if not advocate._state.adding:
            self.doubts.append((advocate, reason, before, after))

    def _write(self):
        bulk.number(self.added)
        bulk.insert(self.added)
        record_beginnings(Advocate, [advocate.pk for advocate in self.added], by=self.by, changed_at=self.now)
        bulk.update(self.changed.items())
        doubt_imported(self.doubts, self.now)


def account_name(pk: int) -> str:
    return Account.objects.values_list("name", flat=True).get(pk=pk)


def values_of(cells: Mapping[str, str]) -> dict:
    """What the cells say of the person; raises RowRefused."""
    labels = {field.name: field.label for field in FIELDS}
    parts = [read_line(cells.get(name, "")) for name in ("first_name", "last_name")]
    name = read_line(cells.get("name", "")) or " ".join(part for part in parts if part)
    if not name:
        raise RowRefused(_("has no name."))
    title = read_line(cells.get("title", ""))
    return {
        "name": name,
        "email": read_email(cells.get("email", ""), labels["email"]),
        "title": title,
        "level": read_level(cells.get("level", ""), labels["level"]) or level_of(title),
        "function": read_line(cells.get("function", "")),
        "languages": [word.strip() for word in BETWEEN.split(read_line(cells.get("languages", ""))) if word.strip()],
        "time_zone": read_line(cells.get("time_zone", "")),
        "nps_on": read_date(cells.get("nps_on", ""), labels["nps_on"]),
        "bio": read_text(cells.get("bio", "")),
        **{number: read_whole_number(cells.get(number, ""), labels[number]) for number in NUMBERS},
    }


def read_level(text: str, label: str) -> str:
    """One of our levels, or a CRM's own word for one."""
    try:
        return read_choice(text, Advocate.Level, label)
    except RowRefused:
        return level_of(text)


def newer_score(advocate: Advocate, values: Mapping) -> bool:
    if values["nps"] is None or values["nps_on"] is None:
        return False
    return advocate.nps_on is None or values["nps_on"] > advocate.nps_on


def understood(advocate: Advocate) -> dict:
    """A row as it was understood, for the preview."""
    return filled(
        {
            _("Name"): advocate.name,
            _("E-mail"): advocate.email,
            _("Account"): advocate.account,
            _("Job title"): advocate.title,
            _("Level"): advocate.get_level_display(),
            _("Function"): advocate.function,
            _("NPS"): advocate.nps,
        }
    )
