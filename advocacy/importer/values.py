"""Single cells, read to what they mean. Each function raises RowRefused with a sentence."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from advocacy.importer.exceptions import RowRefused

# Characters that reorder or hide text without being seen; a name has no use for them.
UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
TRUE_WORDS = {"true", "t", "yes", "y", "1", "won"}
FALSE_WORDS = {"false", "f", "no", "n", "0", "lost"}
LARGEST_AMOUNT = Decimal(10) ** 15
DATE_SHAPES = ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%Y%m%d"]


def read_line(text: str) -> str:
    """One line of text: spaces and line breaks become single spaces, unseen characters go."""
    if text.isprintable():  # nearly every cell of a million: nothing to look for in it
        return " ".join(text.split())
    text = text.translate(UNSEEN)
    return " ".join("".join(" " if unicodedata.category(character) == "Cc" else character for character in text).split())


def read_text(text: str) -> str:
    """Text of several lines, line breaks as they are on Unix."""
    if text.isprintable():
        return text.strip()
    text = text.translate(UNSEEN).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def name_key(text: str) -> str:
    """What is equal for two spellings of the same name: case, accents' encoding and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def spelling_key(text: str) -> str:
    """As name_key, without spaces and punctuation: `GTX Pro` and `GTXPro` are one."""
    return re.sub(r"[\W_]+", "", name_key(text))


def read_number(text: str, label: str) -> Decimal | None:
    """`1,100.04`, `1.100,04`, `$1 200` and `1200`; None for an empty cell."""
    if text.isdecimal() and text.isascii():
        return Decimal(text)
    compact = re.sub(r"[\s'$€£¥]|USD|EUR|GBP", "", text)
    if not compact:
        return None
    try:
        number = Decimal(_with_decimal_point(compact))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or not re.fullmatch(r"[-+]?[\d.,]+", compact):
        raise RowRefused(_("the %(label)s “%(text)s” is not a number.") % {"label": label, "text": text.strip()})
    return number


def _with_decimal_point(text):
    if "," in text and "." in text:
        thousands = "," if text.rindex(".") > text.rindex(",") else "."
        return text.replace(thousands, "").replace(",", ".")
    if re.fullmatch(r"[-+]?\d{1,3}((,\d{3})+|(\.\d{3}){2,})", text):
        return text.replace(",", "").replace(".", "")
    return text.replace(",", ".")


def read_money(text: str, label: str) -> Decimal | None:
    """An amount of money to the cent, at least 0."""
    number = read_number(text, label)
    if number is None:
        return None
    if number < 0:
        raise RowRefused(_("the %(label)s “%(text)s” is below 0.") % {"label": label, "text": text.strip()})
    if number >= LARGEST_AMOUNT:
        raise RowRefused(_("the %(label)s “%(text)s” is too large.") % {"label": label, "text": text.strip()})
    return number.quantize(Decimal("0.01"))


def read_whole_number(text: str, label: str) -> int | None:
    if not text:
        return None
    number = read_number(text, label)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise RowRefused(_("the %(label)s “%(text)s” is not a whole number.") % {"label": label, "text": text.strip()})
    return int(number)


def read_date(text: str, label: str) -> date | None:
    """`2017-03-01`, with or without a time of day, or `01.03.2017`. `03/01/2017` could be two days and is refused."""
    word = text.strip()
    if not word:
        return None
    found = _date_in(word)
    if found is None or not 1900 <= found.year <= 2200:
        raise RowRefused(
            _("the %(label)s “%(text)s” is not a date we can read; write it as 2017-03-01.") % {"label": label, "text": word}
        )
    return found


def _date_in(word):
    try:
        return datetime.fromisoformat(word).date()
    except ValueError:
        pass
    for shape in DATE_SHAPES:
        try:
            return datetime.strptime(word, shape).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    return None


def read_boolean(text: str, label: str) -> bool | None:
    word = text.strip().casefold()
    if not word:
        return None
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise RowRefused(_("the %(label)s “%(text)s” is neither yes nor no.") % {"label": label, "text": text.strip()})
    return word in TRUE_WORDS


def read_email(text: str, label: str) -> str:
    address = text.translate(UNSEEN).strip().lower()
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise RowRefused(
                _("the %(label)s “%(text)s” is not an e-mail address.") % {"label": label, "text": address}
            ) from error
    return address


def read_domain(text: str) -> str:
    """The host of a web address, without `www.`; "" where there is none."""
    host = re.sub(r"^[a-z]+://", "", text.strip().lower()).split("/")[0].split("?")[0].split(":")[0].split("@")[-1]
    host = host.removeprefix("www.").strip(".")
    return host if re.fullmatch(r"[^\s.]+(\.[^\s.]+)+", host) else ""


def read_choice(text: str, choices, label: str) -> str:
    """The value of a choice, given by its value or its label in any case; `choices` is a TextChoices."""
    if text in choices.values:
        return text
    key = spelling_key(text)
    if not key:
        return ""
    for value, shown in choices.choices:
        if key in (spelling_key(value), spelling_key(str(shown))):
            return value
    raise RowRefused(
        _("the %(label)s “%(text)s” is none of: %(choices)s.")
        % {"label": label, "text": text.strip(), "choices": ", ".join(choices.values)}
    )
