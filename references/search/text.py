"""Which rows a text finds for a reader: in full text, and by likeness when that finds nothing."""

from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, F, FloatField, Func, Q, Value

from advocacy.models import User

# How much of a typed word must be in a word we know: "mayer" finds "meyer" at a third.
NEAR = 0.33
NEAR_WORDS = 6


def matches(text: str, user: User, on: date) -> Q:
    """Full text, each row only in the words this reader may know.

    The three vectors hold whole rows, not parts of them: a search with a minus must not tell who a
    blind row is by leaving it out.
    """
    if not text:
        return Q()
    query = SearchQuery(text, config="laurel", search_type="websearch")
    if user.has_perm("advocacy.view_all_advocates"):
        return Q(full_vector=query)
    own = Q(csm=user)
    others = Q(csm__isnull=True) | ~Q(csm=user)
    shown = Q(shown_until__gt=on, shown_vector=query) | Q(shown_until__lte=on, public_vector=query)
    return (own & Q(full_vector=query)) | (others & shown)


def resembles(text: str, user: User, on: date) -> Q | None:
    """Every word is like one of the title, of the taxonomy or, where this reader may know them, of the names."""
    words = [word for word in text.replace('"', " ").split() if len(word.strip("-")) > 1][:NEAR_WORDS]
    if not words:
        return None
    condition = Q()
    for word in words:
        near = _like(word, "public_words")
        for column, until in [("name_words", "name_until"), ("company_words", "company_until")]:
            near |= _may_know(user, until, on) & _like(word, column)
        condition &= near
    return condition


def _may_know(user, until, on):
    if user.has_perm("advocacy.view_all_advocates"):
        return Q()
    return Q(csm=user) | Q(**{f"{until}__gt": on})


def _like(word, column):
    folded = Func(Func(Value(word), function="unaccent"), function="lower")
    similarity = Func(folded, F(column), function="word_similarity", output_field=FloatField())
    return Q(AtLeast(similarity, Value(NEAR)))


class AtLeast(Func):
    template = "(%(expressions)s)"
    arg_joiner = " >= "
    output_field = BooleanField()
