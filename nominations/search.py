from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from advocacy.models import Account, Advocate
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


def people_known_at(*, account, user, chosen=None):
    """People at `account` whose names the nominator may know, and the one chosen already.

    The list ties each name to a company, which for sales is a matter of consent as in the search.
    """
    if account is None:
        return Advocate.objects.none()
    visible = Advocate.objects.visible_to(user).named_to(user, timezone.localdate()).filter(account=account).values("pk")
    return (
        Advocate.objects.filter(Q(pk__in=visible) | Q(pk=chosen)).exclude(status=Advocate.Status.RETIRED).order_by("name", "pk")
    )
