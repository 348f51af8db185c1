"""A story without the people and companies in it."""

import csv
import re

import pytest

from awards.masking import Identity, mask, mask_all
from tests.real_input import needs_real_input, real_file

IDENTITY = Identity(
    people=("Zoë Lindqvist", "Dr. Amir van Dijk"),
    companies=("Northwind Freight GmbH", "International Harbour Lines", "NWF"),
    domains=("northwind.example",),
)
CASES = [
    ("Northwind Freight GmbH moved fast.", "the company moved fast."),
    ("northwind's drivers waited", "the company's drivers waited"),
    ("Zoë said so.", "the customer said so."),
    ("Zoe Lindqvist, and LINDQVIST again", "the customer, and the customer again"),
    ("IHL is the parent, ihl a word", "the company is the parent, ihl a word"),
    ("Write to zoe@northwind.example now", "Write to … now"),
    ("See https://blog.northwind.example/zoe for more", "See … for more"),
    ("#Northwind on stage", "#the company on stage"),
    ("Ask northwind.example for it", "Ask the company for it"),
    ("Nine days became two.", "Nine days became two."),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_known_leaves_the_text(text, expected):
    assert mask(text, IDENTITY) == expected


def test_every_person_of_a_nomination_is_masked():
    assert "Amir" not in mask("Amir and Zoë, with Dijk", IDENTITY)
    assert "Dijk" not in mask("Amir and Zoë, with Dijk", IDENTITY)


def test_measured_results_are_masked_in_every_cell():
    results = [{"measure": "Trucks of Northwind", "before": "19", "after": 7}]
    assert mask_all(results, IDENTITY) == [{"measure": "Trucks of the company", "before": "19", "after": 7}]


def test_the_label_of_a_domain_is_a_name_unless_it_is_a_usual_word():
    assert mask("acmeworks grew", Identity(domains=("mail.acmeworks.co.uk",))) == "the company grew"
    assert mask("The customer grew", Identity(domains=("customer.example",))) == "The customer grew"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("The Network UPS Tools Project (NUT)", "NUT is embedded everywhere"),
        ("**Wipro, http://www.wipro.com", "Wipro moved"),
        ("Sincrovia,<https://sincrovia.com.br/>", "At Sincrovia we moved"),
        ("DLT Labs Company, [www.dltlabs.com](http://www.dltlabs.com)", "DLT moved"),
        ("CERN's Controls Applications", "CERN moved"),
        ("IBM **Industry:** infrastructure", "IBM moved"),
    ],
)
def test_a_company_as_people_type_it_is_found_all_the_same(given, text):
    """Names as customers gave them in real stories."""
    assert "the company" in mask(text, Identity(companies=(given,)))


def test_a_name_of_two_letters_is_masked_as_written():
    identity = Identity(people=("Bo Li", "An Do"))
    assert mask("Li told Bo, lima bo", identity) == "the customer told the customer, lima bo"
    assert mask("An hour. Do it.", identity) == "An hour. Do it."


@needs_real_input
def test_stories_of_real_customers_keep_no_name():
    """112 stories that nobody here wrote, with person and company as their customers typed them."""
    with real_file("stories/stories.csv").open(encoding="utf-8") as file:
        stories = list(csv.DictReader(file))
    for story in stories:
        person, typed = story["author"], story["organization"]
        company = re.split(r"[,<\[*(\n]", typed.strip("* "))[0].strip()
        masked = mask(f"{story['body']} {story['quote_from']}", Identity(people=(person,), companies=(typed,)))
        assert person not in masked
        assert not (company and re.search(rf"(?<!\w){re.escape(company)}(?!\w)", masked)), company
    assert len(stories) == 112
