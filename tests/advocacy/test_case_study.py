"""Where a story may be used, and the draft of a case study made from it."""

import csv
import io
import re
from datetime import date
from time import process_time

import pytest
from docx import Document
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from advocacy.case_study import as_docx, as_markdown, draft_of, file_name
from advocacy.case_study.markdown import escaped
from advocacy.case_study.plain import blocks
from advocacy.models import Account, Advocate, Industry, Story
from advocacy.services.consent import last_words, record_consent, uses_from
from advocacy.usage import Word, of_content, uses
from tests.factories import NOW, make_account, make_advocate, make_industry, make_product, make_story
from tests.real_input import needs_real_input, real_file

TODAY = date(2026, 3, 2)
ALL = [Word(purpose=purpose, given=True) for purpose in ("use_name_title", "use_company_name", "use_quote")]


def story_of(**fields):
    account = Account(name="Northwind Freight GmbH", domain="northwind.example", industry=Industry(name="Transport"))
    advocate = Advocate(name="Zoë Lindqvist", title="Head of Trains", account=account)
    return Story(advocate=advocate, account=account, pk=7, **fields)


def drafted(words=(), **fields):
    return draft_of(story_of(**fields), uses(words, [], TODAY), TODAY)


def words_of(docx):
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (None, "Nowhere yet: ask for consent."),
        (Word(purpose="use_quote", given=False), "No: they said no, or took it back."),
        (Word(purpose="use_quote", given=True, expires_on=TODAY), "No longer: the consent ended on 2 March 2026."),
        (Word(purpose="use_quote", given=True), "in every place, without an end"),
        (
            Word(purpose="use_quote", given=True, channels=("website", "events"), expires_on=date(2027, 5, 3)),
            "website, events, until 3 May 2027",
        ),
    ],
)
def test_where_a_quote_may_be_used_is_said_in_words(word, sentence):
    assert uses([word] if word else [], [], TODAY)["use_quote"].sentence == sentence


def test_speaking_with_prospects_has_no_places():
    found = uses([Word(purpose="reference_contact", given=True)], [], TODAY)
    assert found["reference_contact"].sentence == "yes, without an end"


def test_the_companys_own_word_goes_before_its_peoples():
    no = Word(purpose="use_company_name", given=False)
    assert not uses(ALL, [no], TODAY)["use_company_name"].allowed
    assert not uses(ALL, [], TODAY, locked_down=True)["use_company_name"].allowed


def test_a_film_needs_the_consent_for_films():
    found = uses(ALL, [], TODAY)
    assert (of_content(found, "video").allowed, of_content(found, "case_study").allowed) == (False, True)


def test_a_draft_names_nobody_who_has_not_said_yes():
    text = {"headline": "Northwind's trains", "challenge": "Zoë Lindqvist waited.", "quote": "At Northwind we sleep."}
    draft = drafted(**text, human_element="Write to zoe@northwind.example")
    for document in (as_markdown(draft), words_of(as_docx(draft)), file_name(draft, story_of(), "md")):
        assert not re.search("northwind|lindqvist|zoë", document, re.IGNORECASE)
    assert draft.is_blind
    assert "Blind draft" in as_markdown(draft)
    assert draft.quote == ""


def test_a_draft_names_whoever_said_yes():
    draft = drafted(ALL, headline="Trains on time", quote="We sleep.")
    for document in (as_markdown(draft), words_of(as_docx(draft))):
        assert "Zoë Lindqvist, Head of Trains, Northwind Freight GmbH" in document
        assert "We sleep." in document
    assert not draft.is_blind


def test_results_are_a_table_and_what_is_no_row_is_left_out():
    rows = [{"measure": "Delays", "before": "31", "after": "9", "unit": "%"}, "junk", {}, {"measure": None}]
    draft = drafted(results=rows)
    assert draft.results == [["Delays", "31", "9", "%", ""]]
    assert "| Delays | 31 | 9 | % |  |" in as_markdown(draft)
    assert "Delays" in words_of(as_docx(draft))
    assert drafted(results={"a": 1}).results == []


def test_marks_of_a_markup_language_become_words_and_lists():
    found = blocks("## Goals\n**Faster** [letters](https://x.example)\n\n* one\n2. two\n- three")
    assert found == [("Goals", False), ("Faster letters", False), ("one", True), ("two", True), ("three", True)]


HOSTILE = "<script>alert(1)</script> [x](javascript:y) `code` | cell | ![p](http://e) \u202eabc &lt;b"


@pytest.mark.parametrize("mark", ["[", "![", "**a ", "__a "])
def test_a_text_of_nothing_but_marks_costs_no_more_than_another(mark):
    start = process_time()
    blocks(mark * (30_000 // len(mark)))
    assert process_time() - start < 1.5


def test_hostile_text_stays_text():
    hostile = HOSTILE
    draft = drafted(ALL, headline=hostile, challenge=hostile, quote=hostile, results=[{"measure": hostile}])
    markdown = as_markdown(draft)
    assert "<script" not in markdown
    assert "](javascript" not in markdown
    assert "\u202e" not in markdown + words_of(as_docx(draft))
    assert re.fullmatch(r"case-study-[a-z0-9-]+\.docx", file_name(draft, story_of(), "docx"))


@given(st.text(max_size=60))
@tried(max_examples=30)
def test_any_text_makes_a_document(text):
    draft = drafted(ALL, headline=text[:200], challenge=text, quote=text, results=[{"measure": text}])
    assert Document(io.BytesIO(as_docx(draft))).paragraphs
    assert not re.search(r"(?<!\\)[<>`*]", escaped(text).replace("&lt;", "").replace("&gt;", ""))


def test_a_story_without_words_is_a_draft_with_a_name():
    assert (drafted().title, file_name(drafted(), story_of(), "md")) == ("A customer story", "case-study-a-customer-story.md")
    assert file_name(drafted(headline="案例"), story_of(), "md") == "case-study-7.md"


@pytest.mark.django_db
def test_the_ledger_of_person_and_company_decides():
    account = make_account(industry=make_industry())
    account.products.add(make_product())
    advocate = make_advocate(account=account)
    said = {"given_by": "Zoë", "method": "mail", "text_shown": "Yes.", "now": NOW, "decision": "given"}
    record_consent(advocate=advocate, purpose="use_quote", channels=["website"], **said)
    record_consent(account=account, purpose="use_company_name", **said)

    found = uses_from(words=last_words(advocate=advocate, accounts=[account.pk]), account=account, on=NOW.date())

    assert [purpose for purpose, use in found.items() if use.allowed] == ["use_quote", "use_company_name"]
    draft = draft_of(make_story(advocate), found, NOW.date())
    assert ("Company", account.name) in draft.glance
    assert ("Products", "Insight") in draft.glance


@pytest.mark.slow
@needs_real_input
def test_every_real_story_makes_both_documents():
    with real_file("stories/stories.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            draft = drafted(ALL, headline=row["headline"], solution=row["body"], quote=row["quote"])
            assert "**" not in as_markdown(draft)
            assert "Draft of" in words_of(as_docx(draft))
