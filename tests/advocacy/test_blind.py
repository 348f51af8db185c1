"""A story without its teller. Pure: no database."""

import pytest

from advocacy.blind import blind

CASES = [
    ("Northwind Freight GmbH moved.", "the company moved."),
    ("NORTHWIND moved; Northwind's drivers too.", "the company moved; the company's drivers too."),
    ("Zoe Lindqvist said so, and Zoë is right.", "the customer said so, and the customer is right."),
    ("Ask Lindqvist at zoe@northwind.example.", "Ask the customer at …."),
    ("See https://www.northwind.example/story now.", "See … now."),
    ("See northwind.example now.", "See the company now."),
    ("Call +49 (170) 123-4567 or 0049 170 1234567.", "Call … or …."),
    ("Freight cost 1 200 000 in 2019 - 2021.", "Freight cost 1 200 000 in 2019 - 2021."),
    ("Northwinds blow.", "Northwinds blow."),
    ("_Zoë_ and __Lindqvist__", "_the customer_ and __the customer__"),
    ("Zoe\u0308 decided", "the customer decided"),
    ("Lind\u00adqvist of North\u200bwind", "the customer of the company"),
    ("", ""),
]


@pytest.mark.parametrize(("told", "blinded"), CASES)
def test_names_and_addresses_leave_the_text(told, blinded):
    assert blind(told, person="Zoë Lindqvist", company="Northwind Freight GmbH", domain="northwind.example") == blinded


def test_what_may_be_known_stays():
    assert blind("Zoë of Northwind", company="Northwind") == "Zoë of the company"


@pytest.mark.parametrize("told", ["United\nBank", "United  Bank", "United\u00a0Bank", "United-Bank"])
def test_a_name_of_usual_words_is_found_however_its_words_are_parted(told):
    assert "united" not in blind(f"At {told} it grew", company="United Bank").lower()


@pytest.mark.parametrize("told", ["a@" * 10_000, "@" * 20_000, "x@" * 10_000 + "."])
def test_a_text_made_to_be_slow_is_read_all_the_same(told):
    """Before, the first of these kept a worker busy for longer than any request may take."""
    assert blind(told, person="Zoë Lindqvist")
