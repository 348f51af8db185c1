"""Words of a request for a reader: nobody put forward for it is named to those who may not know them."""

from collections.abc import Callable
from datetime import date

from advocacy.models import User
from references.models import ReferenceRequest
from references.sight import sight_of


def teller(request: ReferenceRequest, user: User, on: date) -> Callable[[str], str]:
    """A function that leaves out of a text what `user` may not know of any of the request's advocates."""
    candidates = request.candidates.select_related("advocate__account__industry", "advocate__search_row")
    people = [candidate.advocate for candidate in candidates]
    sights = [(sight_of(user, advocate, advocate.search_row, on), advocate) for advocate in people]

    def tell(text: str) -> str:
        for sight, advocate in sights:
            text = sight.tell(text, advocate)
        return text

    return tell
