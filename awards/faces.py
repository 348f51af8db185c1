"""What of a winner may be shown: every part by the consent in force for it, and what is missing left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.blind import as_seen, blind
from advocacy.models import Account, Consent, PublicityApproval
from awards.models import Winner

Purpose = Consent.Purpose
OF_THE_COMPANY = {Purpose.USE_COMPANY_NAME, Purpose.USE_LOGO}
# What the approval of a locked-down company covers: content only where content was asked for.
CONTENT = {Purpose.USE_LOGO, Purpose.USE_QUOTE}
SHOWN = [Purpose.USE_NAME_TITLE, Purpose.USE_COMPANY_NAME, Purpose.USE_QUOTE, Purpose.USE_LOGO]


@dataclass(frozen=True)
class Face:
    """A winner as the reader may see them; `who` is never empty."""

    who: str
    name: str = ""
    title: str = ""
    company: str = ""
    quote: str = ""
    wording: str = ""
    shows_logo: bool = False

    @property
    def role(self):
        """Title and company, below the name."""
        return ", ".join(part for part in (self.title, self.company) if part and part != self.who)


def face_of(winner: Winner, on: date) -> Face:
    return faces_of([winner], on)[winner.pk]


def faces_of(winners: Iterable[Winner], on: date) -> dict[int, Face]:
    """By winner, for any number of winners with two queries; fetch them `for_gallery()`."""
    winners = list(winners)
    allowed = allowed_of(winners, on)
    return {winner.pk: draw_face(winner, allowed[winner.pk]) for winner in winners}


def whole_face(winner: Winner) -> Face:
    """For the winner's own use: handed to the customer, not published."""
    return draw_face(winner, set(SHOWN))


def draw_face(winner: Winner, allowed: set[str]) -> Face:
    nomination = winner.entry.nomination
    person, account = nomination.nominee, nomination.account
    has_name, has_company = Purpose.USE_NAME_TITLE in allowed, Purpose.USE_COMPANY_NAME in allowed
    name = (winner.shown_name or (person.name if person else "")) if has_name else ""
    title = (winner.shown_title or (person.title if person else "")) if has_name else ""
    company = (winner.shown_company or (account.name if account else "")) if has_company else ""
    hidden = {
        "person": "" if has_name else _joined(winner.shown_name, person and person.name),
        "company": "" if has_company else _joined(winner.shown_company, account and account.name),
        "domain": "" if has_company or not account else account.domain,
    }
    quote = winner.shown_quote if Purpose.USE_QUOTE in allowed else ""
    return Face(
        who=name or company or _somebody(account),
        name=name,
        title=title,
        company=company,
        # A quote is shown as it was agreed or not at all.
        quote=quote if as_seen(quote) == as_seen(_blinded(quote, hidden)) else "",
        wording=_blinded(winner.wording, hidden),
        shows_logo=has_company and Purpose.USE_LOGO in allowed,
    )


def allowed_of(winners: list[Winner], on: date) -> dict[int, set[str]]:
    """The purposes in force for each winner on the date `on`."""
    last_words, approvals = _last_words(winners), _approvals(winners)
    return {winner.pk: _allowed(winner.entry.nomination, last_words, approvals, on) for winner in winners}


def _allowed(nomination, last_words, approvals, on):
    allowed = {purpose for purpose in SHOWN if _in_force(_word_on(nomination, purpose, last_words), on)}
    if nomination.account and nomination.account.publicity_status == Account.Publicity.LOCKED_DOWN:
        approved = approvals.get(f"nomination:{nomination.pk}", set())
        if not approved:
            return set()
        return allowed if True in approved else allowed - CONTENT
    return allowed


def _word_on(nomination, purpose, last_words):
    """The company's own word on its name and logo counts before that of its people."""
    own = last_words.get(("person", nomination.nominee_id, purpose))
    if purpose in OF_THE_COMPANY:
        return last_words.get(("company", nomination.account_id, purpose), own)
    return own


def _in_force(consent, on):
    given = consent is not None and consent.decision == Consent.Decision.GIVEN
    return given and (consent.expires_on is None or consent.expires_on > on)


def _last_words(winners):
    nominations = [winner.entry.nomination for winner in winners]
    people = [nomination.nominee_id for nomination in nominations]
    companies = [nomination.account_id for nomination in nominations]
    of_them = Q(advocate__in=filter(None, people)) | Q(account__in=filter(None, companies))
    said = Consent.objects.latest().filter(of_them, purpose__in=SHOWN)
    return {
        ("person", one.advocate_id, one.purpose) if one.advocate_id else ("company", one.account_id, one.purpose): one
        for one in said
    }


def _approvals(winners):
    """Of each nomination, whether content was among what is approved: of each kind the last answer counts.

    A company that refuses to be honoured at all shows no content either.
    """
    keys = [f"nomination:{winner.entry.nomination_id}" for winner in winners]
    answers = PublicityApproval.objects.filter(source_key__in=keys).exclude(answer="").order_by("answered_at", "pk")
    last: dict[str, dict] = {}
    for key, is_content, answer in answers.values_list("source_key", "is_content", "answer"):
        last.setdefault(key, {})[is_content] = answer
    refused = PublicityApproval.Answer.REFUSED
    return {
        key: {is_content for is_content, answer in of_kind.items() if answer == PublicityApproval.Answer.APPROVED}
        for key, of_kind in last.items()
        if of_kind.get(False) != refused
    }


def _blinded(text, hidden):
    return blind(text, **hidden) if any(hidden.values()) else text


def _joined(*names):
    return " ".join(dict.fromkeys(name for name in names if name))


def _somebody(account):
    if account and account.industry:
        return _("A customer in %(industry)s") % {"industry": account.industry.name}
    return _("A customer")
