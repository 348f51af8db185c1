"""Numbers with a unit, and periods of time, as an English text has them."""

import re
from bisect import bisect_left

WORDS = (
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred thousand million billion dozen half third quarter"
).split()
DIGITS = r"\d(?:[\d.,]{0,14}\d)?"
PER_TIME = "second|minute|hour|day|night|shift"
LONG_TIME = "week|fortnight|month|quarter|year|decade"
UNITS = (
    rf"percent|per[ ]cent|percentage[ ]points?|times|fold|(?:{PER_TIME}|{LONG_TIME})s?|hrs?|mins?|secs?|"
    r"[kmgt]b|euros?|dollars?|pounds?|francs?|people|staff|men|women|children"
)
# A plural behind a larger number counts something: 12 branches, 3,000 permits. These do not.
NO_UNIT = r"(?:this|its|was|has|plus|versus|always|across|thus|does|less|various|perhaps)\b"
MANY = rf"(?:\d[\d.,]{{0,14}}\d|{'|'.join(WORDS[10:])})"
NUMBER = rf"(?:{DIGITS}|(?:{'|'.join(WORDS)})(?![a-z]))"
AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?:[€$£]\s?{DIGITS}(?:\s?(?:[kmb]\b|million|billion|thousand))?"
    rf"|{DIGITS}\s?(?:%|[x×](?![\w-]))"
    rf"|(?:{NUMBER})(?:[ ](?:hundred|thousand|million|billion|dozen))?\+?[ -](?:full[ ]|working[ ]|whole[ ]|of[ ]a[ ])?(?:{UNITS})(?!\w)"
    rf"|(?:doubled|halved|tripled|quadrupled)(?!\w)"
    rf"|(?!(?:19|20)\d\d[ ])(?:{MANY})\+?[ ](?:hundred[ ]|thousand[ ]|million[ ])?(?!{NO_UNIT})(?-i:[a-z]{{3,20}}s)(?!\w))",
    re.IGNORECASE,
)
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
YEAR = r"(?:19|20)\d\d"
PERIOD = re.compile(
    rf"(?<![\w-])(?:(?:{NUMBER})[ -](?:full[ ]|and[ ]a[ ]half[ ])?(?:{LONG_TIME})s?"
    rf"|(?:an?|each|every|per|last|past|first|this|one|whole|full|half[ ]a)[ ](?:{PER_TIME}|{LONG_TIME})"
    rf"|(?:daily|weekly|monthly|quarterly|yearly|annually|overnight)"
    rf"|q[1-4][ ]{YEAR}"
    rf"|(?:in|since|by|from|until|during|of)[ ](?:(?:early|late|mid|spring|summer|autumn|winter|{MONTHS})[ -])?{YEAR})(?!\w)",
    re.IGNORECASE,
)
HAS_NUMBER = re.compile(rf"\d|(?<![a-z])(?:{'|'.join(WORDS)})(?![a-z])", re.IGNORECASE)


def in_text(text: str) -> tuple[list[str], list[str]]:
    """The amounts and the periods of a text. A span of weeks or more is a period where another number stands beside it."""
    text = " ".join(text.split())
    periods = list(PERIOD.finditer(text))
    taken = [found.span() for found in periods]
    amounts = _outside(AMOUNT.finditer(text), taken)
    if not amounts:
        counted = next((found for found in periods if HAS_NUMBER.search(found[0])), None)
        amounts, periods = ([counted], [one for one in periods if one is not counted]) if counted else ([], periods)
    return [_tidy(found[0]) for found in amounts], [_tidy(found[0]) for found in periods]


def in_rows(rows: list[dict]) -> tuple[list[str], list[str]]:
    """The same of the rows of results, where unit and period have cells of their own."""
    amounts, periods = [], []
    for row in rows:
        value, unit = (str(row.get("after") or row.get("before") or ""), str(row.get("unit") or ""))
        if HAS_NUMBER.search(value) and (unit or AMOUNT.search(value)):
            amounts.append(_tidy(f"{value} {unit}"))
        if row.get("period"):
            periods.append(_tidy(str(row["period"])))
    return amounts, periods


def _outside(matches, spans):
    """Matches that share no character with any span; both come in the order of the text."""
    starts = [start for start, _end in spans]
    return [found for found in matches if not _touches(found.span(), spans, bisect_left(starts, found.end()))]


def _touches(span, spans, following):
    return following > 0 and spans[following - 1][1] > span[0]


def _tidy(words):
    return " ".join(words.split())[:60]
