from nominations.completeness import blocking, missing
from nominations.models import Nomination


def filled(**fields):
    return Nomination(
        **{
            "account_id": 1,
            "nominee_id": 1,
            "headline": "Two days instead of nine",
            "business_outcome": "Faster.",
            "before_state": "Slow.",
            "narrative": "One queue.",
            "human_element": "The night shift.",
            "publicity_interest": "open",
            "quote": "We sleep again.",
            "results": [{"measure": "Days"}],
            "use_case_text": "Settle claims faster.",
        }
        | fields
    )


def fields_missing(nomination, has_categories=True, expects_reading=False):
    return [item.field for item in missing(nomination, has_categories=has_categories, expects_reading=expects_reading)]


def test_nothing_is_missing_from_a_full_nomination():
    assert fields_missing(filled()) == []


def test_an_empty_draft_lacks_everything_in_the_order_of_the_form():
    assert fields_missing(Nomination(), has_categories=False) == [
        "account",
        "nominee",
        "categories",
        "headline",
        "before_state",
        "business_outcome",
        "narrative",
        "human_element",
        "publicity_interest",
        "use_case",
        "results",
        "quote",
    ]


def test_results_quote_and_use_case_help_and_do_not_block():
    lacking = filled(results=[], quote="", use_case_text="")
    assert blocking(missing(lacking, has_categories=True, expects_reading=False)) == []


def test_a_typed_nominee_is_a_nominee():
    assert fields_missing(filled(nominee_id=None, nominee_as_given={"name": "Ada Berg"})) == []


def test_the_reading_is_expected_of_the_csm_alone():
    assert fields_missing(filled(), expects_reading=True) == ["confidence", "comfort", "responsiveness", "shared_success"]


def test_a_number_without_its_sentence_is_missing():
    read = dict.fromkeys(Nomination.PARTNERSHIP_FIELDS, 4) | {
        f"{name}_evidence": "They called us." for name in Nomination.PARTNERSHIP_FIELDS
    }
    assert fields_missing(filled(**read), expects_reading=True) == []
    assert fields_missing(filled(**read | {"comfort_evidence": ""}), expects_reading=True) == ["comfort_evidence"]
