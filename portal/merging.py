"""One person in two profiles, joined in all rooms of the house at once."""

from datetime import datetime

from django.db import transaction

from advocacy import services
from advocacy.models import Advocate, PersonMatch, User
from nominations.models import Nomination
from references.models import Candidate, Favourite


@transaction.atomic
def join_profiles(*, match: PersonMatch, works_at_other: bool, by: User, now: datetime) -> Advocate:
    """Join the two, and let nominations, candidacies and favourites follow the person; raises CannotMerge.

    What says the same twice, such as both profiles in one request, stays with the profile that is left.
    """
    kept = services.merge_people(match=match, works_at_other=works_at_other, by=by, now=now)
    other = match.other
    Nomination.objects.filter(nominee=other).update(nominee=kept)
    for nomination in Nomination.objects.filter(co_nominees=other):
        nomination.co_nominees.remove(other)
        if nomination.nominee_id != kept.pk:
            nomination.co_nominees.add(kept)
    Candidate.objects.filter(advocate=other).exclude(request__candidates__advocate=kept).update(advocate=kept)
    Favourite.objects.filter(advocate=other).exclude(user__favourites__advocate=kept).update(advocate=kept)
    return kept
