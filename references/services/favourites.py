from advocacy.models import Advocate, User
from references.models import Favourite


def set_favourite(*, user: User, advocate: Advocate, keep: bool) -> None:
    """Keep an advocate at hand or no more; the same again changes nothing, so two clicks are one."""
    if keep:
        Favourite.objects.bulk_create([Favourite(user=user, advocate=advocate)], ignore_conflicts=True)
    else:
        Favourite.objects.filter(user=user, advocate=advocate).delete()
