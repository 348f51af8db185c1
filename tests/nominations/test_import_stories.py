"""The pure parts: organizations, signatures, and stories split at their headings."""

import csv
import re
from collections import Counter

import pytest

from nominations.importer.organizations import Organization, parse_organization
from nominations.importer.signatures import parse_signature
from nominations.importer.stories import StoryParts, split_story
from tests.real_input import needs_real_input, real_file

HEADINGS = Counter({"Background": 1, "Goals": 1, "Goal": 1, "Solution": 1, "Results": 2})


@pytest.mark.parametrize(
    ("text", "name", "domain"),
    [
        ("Acme Play, <https://acmeplay.com>", "Acme Play", "acmeplay.com"),
        ("Acme,<http://www.acme.com/de>", "Acme", "acme.com"),
        ("Acme, [www.acme.com](http://www.acme.com)", "Acme", "acme.com"),
        ('Acme Forsikring A/S " https://www.acme.dk', "Acme Forsikring A/S", "acme.dk"),
        ("Acme, acme.com", "Acme", "acme.com"),
        (r"ACME I\&S, <https://www.acme-technologies.com/>", "ACME I&S", "acme-technologies.com"),
        ("Acme, <https://www.linkedin.com/company/acme/>", "Acme", ""),
        ('**Acme, http://www.acme.com "** Bigbank, <http://www.bigbank.com>', "Acme", "acme.com"),
        ("ACME **Industry:** infrastructure**Platform** : Linux", "ACME", ""),
        ("Acme Services GmbH", "Acme Services GmbH", ""),
        ("University of Granada", "University of Granada", ""),
        ("ACME's Controls Services; paid by members", "ACME", ""),
        ("Acme-Engineering GmbH is a technology company that builds things", "Acme-Engineering GmbH", ""),
    ],
)
def test_a_name_is_found_however_it_was_typed(text, name, domain):
    organization = parse_organization(text)

    assert (organization.name, organization.domain) == (name, domain)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "IT Consultancy",
        "A community college in Iowa",
        "German Digital Agency",
        "Germany-based international automobile manufacturer",
        "Fortune 500 Automotive Organization\n**Platform** : Docker",
        "One of Hungary's leading financial service providers, focusing on banking and insurance.",
        "Global technology company\n**Industry:** Aerospace & Defense",
        "Open source technologies for the enterprise",
        "Various governmental organizations",
    ],
)
def test_a_description_is_never_taken_for_a_name(text):
    assert parse_organization(text) == Organization()


def test_what_stands_beside_the_name_is_kept_for_the_report():
    organization = parse_organization('**Acme, http://www.acme.com "** Bigbank, <http://www.bigbank.com>')

    assert organization.more == "Bigbank"


@pytest.mark.parametrize(
    ("text", "organization", "title", "employer"),
    [
        ("Ada Berg, Technical Lead, Acme", "Acme", "Technical Lead", "Acme"),
        ("Ada Berg, DevTools Engineer, Acme A/S", "Acme Forsikring A/S", "DevTools Engineer", "Acme A/S"),
        ("Ada Berg, Assistant Vice President, DevOps", "", "Assistant Vice President, DevOps", ""),
        ("Ada Berg, Consultant, Automotive Research & Development", "", "Consultant, Automotive Research & Development", ""),
        ("Ada Berg, Administrator, Vetofarm", "", "Administrator", "Vetofarm"),
        ("Ada Berg DevOps Lead", "", "DevOps Lead", ""),
        ("Ada Berg. Principal Engineer, Acme", "Acme", "Principal Engineer", "Acme"),
        ("Ada Berg, Acme", "Acme", "", "Acme"),
        ("", "", "", ""),
    ],
)
def test_a_signature_is_a_title_and_an_employer(text, organization, title, employer):
    assert parse_signature(text, name="Ada Berg", organization=organization) == (title, employer)


def test_a_story_is_split_at_its_headings():
    body = (
        "**Background:** Nine days.\n\n**Goals:** Two days.\n\n**Solution & Results:** One queue.\n\n"
        "We are happy with the results:\n\n*   faster\n*   cheaper\n\n[Read more](https://x.example)"
    )

    assert split_story(body) == StoryParts(
        before_state="Nine days.",
        goals="Two days.",
        narrative="One queue.\n\n[Read more](https://x.example)",
        results="We are happy with the results:\n\n*   faster\n*   cheaper",
    )


@pytest.mark.parametrize(
    "body",
    [
        "**Background** : Nine days.\n\n**Goal** : Two days.",
        "**Background: Nine days.**\n\n**Goals: Two days.**",
        "**Background:** Nine days. **Goals:** Two days.",
        "**Background:** Nine days.**Goals:** Two days.",
        "## Background\nNine days.\n\n## Goals\nTwo days.",
    ],
)
def test_headings_are_found_however_they_are_set(body):
    parts = split_story(body)

    assert (parts.before_state, parts.goals, parts.narrative) == ("Nine days.", "Two days.", "")


def test_a_heading_for_results_goes_before_the_last_list():
    parts = split_story("**Solution:** One queue:\n\n*   built\n\n**Results:**\n\n*   faster")

    assert (parts.narrative, parts.results) == ("One queue:\n\n*   built", "*   faster")


def test_a_long_paragraph_gives_only_its_last_sentence_to_the_list():
    paragraph = "We built one queue for all branches. " * 10

    parts = split_story(f"**Solution:** {paragraph}It brought results, including:\n\n*   faster")

    assert parts.narrative == paragraph.strip()
    assert parts.results == "It brought results, including:\n\n*   faster"


def test_a_text_without_headings_is_kept_whole():
    body = "We built one queue.\n\n*   faster\n\nAnd then the background: nothing."

    assert split_story(body) == StoryParts(narrative=body)


def real_stories():
    with real_file("stories/stories.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_real_input
def test_no_word_of_a_real_story_is_lost():
    for row in real_stories():
        parts = split_story(row["body"])
        kept = Counter(re.findall(r"\w+", " ".join([parts.before_state, parts.goals, parts.narrative, parts.results])))
        lost = Counter(re.findall(r"\w+", row["body"])) - kept
        assert not lost - HEADINGS, row["slug"]
        assert sum(kept.values()) + sum(lost.values()) == len(re.findall(r"\w+", row["body"])), row["slug"]


@needs_real_input
def test_every_real_story_but_one_has_its_parts():
    parts = [split_story(row["body"]) for row in real_stories()]

    whole = [each for each in parts if not each.before_state]
    assert (len(parts), len(whole)) == (112, 1)
    assert all(each.before_state and each.narrative and each.results for each in parts if each is not whole[0])


@needs_real_input
def test_the_77_real_organizations_are_47_names_and_30_descriptions():
    given = [row["organization"] for row in real_stories() if row["organization"]]
    named = {organization.name for text in given if (organization := parse_organization(text)).is_named}

    assert len(given) == 77
    assert sum(parse_organization(text).is_named for text in given) == 47
    assert len(named) == 45
    assert {"IBM", "Linux World", "CERN", "Wipro", "University of Granada", "STARZPLAY", "AKKA I&S"} <= named
