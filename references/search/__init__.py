"""The search: an object that is the URL, and counts of bits that answer it.

Values are OR within a facet and AND across facets; a facet's counts ignore its own selection, so that
each number says what one more click would give. Rows, counts, order and suggestions come only from
profiles the reader may see, and names match only for those who may see them (migration 0008).
"""

from references.search.cards import Card, cards_for
from references.search.facets import FACETS, Facet
from references.search.finding import Found, find, total_of
from references.search.query import Search

__all__ = ["FACETS", "Card", "Facet", "Found", "Search", "cards_for", "find", "total_of"]
