from references.models.debriefs import Debrief
from references.models.demand import DemandRules, GrowthGoal, UnmetNeed
from references.models.requests import Candidate, ReferenceRequest, RequestClocks, Slot
from references.models.search_table import SearchBits, SearchChange, SearchRank, SearchRow, SearchState, SearchText
from references.models.searching import Favourite, SavedSearch
from references.models.vocabulary import SearchWord, WordChange

__all__ = [
    "Candidate",
    "Debrief",
    "DemandRules",
    "Favourite",
    "GrowthGoal",
    "ReferenceRequest",
    "RequestClocks",
    "SavedSearch",
    "SearchBits",
    "SearchChange",
    "SearchRank",
    "SearchRow",
    "SearchState",
    "SearchText",
    "SearchWord",
    "Slot",
    "UnmetNeed",
    "WordChange",
]
