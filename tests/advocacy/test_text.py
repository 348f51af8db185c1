import pytest

from advocacy.text import clean_line, clean_text, row_number


def test_a_direction_override_is_taken_out_of_a_name():
    assert clean_line("Ada \u202egreB\u202c") == "Ada greB"


def test_direction_marks_are_taken_out_of_names_and_kept_in_texts():
    assert clean_line("Ada\u200f Berg") == "Ada Berg"
    assert clean_text("Ada\u200f Berg") == "Ada\u200f Berg"


def test_control_characters_go_and_lines_stay():
    assert clean_text("One\x00\x07\r\nTwo\tthree\n") == "One\nTwo\tthree"


def test_a_name_is_one_line():
    assert clean_line("  Ada\n  Berg ") == "Ada Berg"


def test_letters_joined_by_an_invisible_joiner_stay_joined():
    assert clean_line("می\u200cخواهم 👩\u200d🔬") == "می\u200cخواهم 👩\u200d🔬"


def test_markup_is_left_to_the_templates():
    assert clean_line("<b>Ada</b> & Söhne") == "<b>Ada</b> & Söhne"


@pytest.mark.parametrize(("sent", "number"), [("12", 12), ("", None), ("-1", None), ("1e3", None), ("9" * 5_000, None)])
def test_the_number_of_a_row_is_digits_and_no_more_than_a_row_can_have(sent, number):
    assert row_number(sent) == number
