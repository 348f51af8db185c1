from references.models.debriefs import Debrief
from references.models.demand import DemandRules, GrowthGoal, UnmetNeed
from references.models.requests import Candidate, ReferenceRequest, RequestClocks, Slot
from references.models.searching import Favourite, SavedSearch, SearchRow

__all__ = [
    "Candidate",
    "Debrief",
    "DemandRules",
    "Favourite",
    "GrowthGoal",
    "ReferenceRequest",
    "RequestClocks",
    "SavedSearch",
    "SearchRow",
    "Slot",
    "UnmetNeed",
]
