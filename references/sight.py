"""What a reader may know of an advocate, and the words that keep to it."""

from dataclasses import dataclass
from datetime import date

from advocacy.blind import blind
from advocacy.models import Advocate, Story, User
from advocacy.permissions import may_see_contact
from references.models import SearchRow

Company = tuple[str, str]  # name and domain


@dataclass(frozen=True)
class Sight:
    """Consents decide for sales; the CSM of the account and those who see every advocate know all names."""

    name: bool
    company: bool
    quote_outside: bool
    contact: bool

    def tell(self, text: str, advocate: Advocate, told_at: Company = ("", "")) -> str:
        """`text` as this reader may read it; a company of an earlier job has allowed nothing, whatever today's did."""
        if self.contact or not text:
            return text
        account = advocate.account
        if told_at[0] and not (account and account.name == told_at[0]):
            text = blind(text, company=told_at[0], domain=told_at[1])
        return blind(
            text,
            person="" if self.name else advocate.name,
            company="" if self.company or not account else account.name,
            domain="" if self.company or not account else account.domain,
        )

    def names(self, advocate: Advocate) -> str:
        """The person and the company, as far as they may be known; empty when neither may."""
        parts = [advocate.name if self.name else "", advocate.account.name if self.company and advocate.account else ""]
        return ", ".join(part for part in parts if part)

    def label(self, advocate: Advocate) -> str:
        return self.tell(advocate.public_label, advocate)

    def describe(self, advocate: Advocate) -> str:
        """Name and company where they may be known, then title, industry, region and segment."""
        return " · ".join(part for part in (self.names(advocate), self.label(advocate)) if part)


def company_of(story: Story) -> Company:
    """Where a story was told."""
    return (story.account.name, story.account.domain) if story.account else ("", "")


def sight_of(user: User, advocate: Advocate, row: SearchRow, on: date) -> Sight:
    """`row` is the advocate's search row, which holds how long each consent lasts."""
    knows_all = user.has_perm("advocacy.view_all_advocates") or bool(row.csm_id and row.csm_id == user.pk)
    return Sight(
        name=knows_all or _holds(row.name_until, on),
        company=knows_all or _holds(row.company_until, on),
        quote_outside=_holds(row.quote_until, on),
        contact=may_see_contact(user, advocate),
    )


def sight_from_outside(row: SearchRow, on: date) -> Sight:
    """What a prospect may know of an advocate: what the consents allow, whoever of ours asks."""
    return Sight(name=_holds(row.name_until, on), company=_holds(row.company_until, on), quote_outside=False, contact=False)


def _holds(until, on):
    return until is not None and until > on
