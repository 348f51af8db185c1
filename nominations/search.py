from django.db.models import Q
from django.utils import timezone

from advocacy.models import Advocate


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
