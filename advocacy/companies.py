"""Which company is meant: by part of its name, or by the domain of an e-mail address."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Q, Value, When

from advocacy.mail_domains import domains_of
from advocacy.models import Account
from advocacy.text import clean_line

SHOWN = 8
OWN_SHOWN = 50  # a list of one's own that ends early looks as if the rest were unknown


def find_accounts(*, user, text: str):
    """Accounts by part of their name, typing errors allowed; names that begin with it come first."""
    text = clean_line(text)[:100]
    accounts = Account.objects.visible_to(user).select_related("industry", "csm")
    if not text:
        return accounts.filter(csm=user).order_by("name", "pk")[:OWN_SHOWN]
    return (
        accounts.annotate(
            likeness=TrigramWordSimilarity(text, "name"),
            begins=Case(When(name__istartswith=text, then=Value(0)), default=Value(1)),
        )
        .filter(Q(name__icontains=text) | Q(name__trigram_word_similar=text) | Q(name__trigram_similar=text))
        .order_by("begins", "-likeness", "name", "pk")[:SHOWN]
    )


def account_of(email: str) -> Account | None:
    """The one account with the domain of an address, or with the nearest parent domain; None when in doubt."""
    for domain in domains_of(email):
        accounts = list(Account.objects.filter(domain=domain).order_by("pk")[:2])
        if accounts:
            return accounts[0] if len(accounts) == 1 else None
    return None
