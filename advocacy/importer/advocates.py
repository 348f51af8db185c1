"""People at customers, from a CRM's contacts.

Of a person we know, only blanks are filled: they, their CSM and the team keep the profile, not the CRM.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.importer.columns import Field
from advocacy.importer.exceptions import RowRefused
from advocacy.importer.lookups import Accounts, KnownAdvocates
from advocacy.importer.report import CREATED, UNCHANGED, UPDATED
from advocacy.importer.table_import import TableImport, check_fields, fill_blanks, filled
from advocacy.importer.titles import level_of
from advocacy.importer.values import read_choice, read_date, read_email, read_line, read_text, read_whole_number
from advocacy.models import Account, Advocate
from advocacy.services import find_or_add_advocate

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
NUMBERS = ("nps", "passion", "self_promotion", "relationship")


class AdvocateImport(TableImport):
    FIELDS = FIELDS

    def prepare(self):
        self.accounts = Accounts()
        self.known = KnownAdvocates()

    def take(self, rows):
        for line, cells in rows:
            try:
                self._take_one(line, values_of(cells), self._account(line, cells))
            except RowRefused as refusal:
                self.report.reject(line, str(refusal))

    def _account(self, line, cells):
        given = {"external_id": read_line(cells.get("account_id", "")), "name": read_line(cells.get("account", ""))}
        pk, reason = self.accounts.find(**given)
        if pk is None and reason:
            self.note(line, _("kept without an account: %(reason)s") % {"reason": reason})
        return pk

    def _take_one(self, line, values, account):
        if not (values["email"] or account):
            raise RowRefused(_("has neither an e-mail address nor an account we know: it could be anybody."))
        pk = self.known.find(values["email"], account, values["name"])
        if pk:
            advocate = Advocate.objects.select_related("account").get(pk=pk)
            outcome = self._fill(line, advocate, values, account)
        else:
            advocate, outcome = self._add(values, account), CREATED
        self.report.count(outcome)
        self.report.sample(line, outcome, lambda: understood(advocate))

    def _add(self, values, account):
        check_fields(Advocate(**values), list(values))
        identity = {name: values[name] for name in ("name", "email", "title", "level")}
        advocate = find_or_add_advocate(account=account and Account.objects.get(pk=account), by=self.by, **identity)
        if more := fill_blanks(advocate, filled(values)):
            advocate.save(update_fields=more)
        self.known.add(advocate.pk, advocate.email, account, advocate.name)
        return advocate

    def _fill(self, line, advocate, values, account):
        changed = fill_blanks(advocate, filled(values | {"account_id": account}))
        if newer_score(advocate, values):
            advocate.nps, advocate.nps_on = values["nps"], values["nps_on"]
            check_fields(advocate, ["nps"])
            changed = [*changed, "nps", "nps_on"]
        self._note_differences(line, advocate, values, account)
        if changed:
            advocate.save(update_fields=["account" if name == "account_id" else name for name in changed])
        return UPDATED if changed else UNCHANGED

    def _note_differences(self, line, advocate, values, account):
        if account and advocate.account_id != account:
            sentence = _("%(name)s is known at %(account)s: change the employer by hand if that is over.")
            self.note(line, sentence % {"name": advocate.name, "account": advocate.account})
        elif values["title"] and values["title"] != advocate.title:
            self.note(line, _("the title of %(name)s stays “%(title)s”.") % {"name": advocate.name, "title": advocate.title})


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
        "languages": [word.strip() for word in re.split("[;,/|]", read_line(cells.get("languages", ""))) if word.strip()],
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
