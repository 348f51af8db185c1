"""What of a winner is shown: every part by its own consent, and nothing that gives away what is withheld."""

from datetime import timedelta

import pytest

from advocacy.models import PublicityApproval
from advocacy.services import record_consent
from awards.faces import face_of, faces_of, whole_face
from awards.models import Winner
from tests.awards.factories import make_public_winner
from tests.factories import NOW, make_industry

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
PERSON, COMPANY = ["use_name_title", "use_quote"], ["use_company_name", "use_logo"]


@pytest.fixture
def winner():
    return make_public_winner()


def say(winner, *purposes, decision="given", now=NOW, expires_on=None):
    nomination = winner.entry.nomination
    for purpose in purposes:
        of = {"account": nomination.account} if purpose in COMPANY else {"advocate": nomination.nominee}
        record_consent(
            purpose=purpose,
            decision=decision,
            given_by="Ada Berg",
            method="mail",
            text_shown="Yes.",
            now=now,
            expires_on=expires_on,
            **of,
        )


def face(winner):
    return face_of(Winner.objects.for_gallery().get(pk=winner.pk), TODAY)


def test_without_any_consent_nobody_can_be_recognised(winner):
    shown = face(winner)
    assert (shown.who, shown.role, shown.quote, shown.shows_logo) == ("A customer", "", "", False)
    assert shown.wording == "the customer of the company halved the queue."


def test_the_industry_stands_in_for_a_name(winner):
    account = winner.entry.nomination.account
    account.industry = make_industry("Shipping")
    account.save()
    assert face(winner).who == "A customer in Shipping"


def test_with_every_consent_the_winner_stands_in_their_own_words(winner):
    say(winner, *PERSON, *COMPANY)
    shown = face(winner)
    assert (shown.who, shown.role) == ("Dr Ada Berg", "COO, Harbour Mutual Group")
    assert (shown.quote, shown.shows_logo) == ("We sleep again.", True)
    assert shown.wording == "Ada Berg of Harbour Mutual halved the queue."


def test_a_company_alone_is_shown_without_its_person(winner):
    say(winner, "use_company_name")
    shown = face(winner)
    assert (shown.who, shown.name, shown.title, shown.role) == ("Harbour Mutual Group", "", "", "")
    assert "Ada" not in shown.wording


def test_a_person_alone_is_shown_without_the_company(winner):
    say(winner, "use_name_title")
    shown = face(winner)
    assert (shown.who, shown.role) == ("Dr Ada Berg", "COO")
    assert "Harbour" not in shown.wording


def test_what_is_taken_back_is_gone_at_once(winner):
    say(winner, *PERSON, *COMPANY)
    say(winner, "use_name_title", "use_quote", "use_logo", decision="withdrawn", now=NOW + timedelta(hours=1))
    shown = face(winner)
    assert (shown.who, shown.quote, shown.shows_logo) == ("Harbour Mutual Group", "", False)


def test_a_consent_that_has_expired_counts_no_more(winner):
    say(winner, "use_name_title", expires_on=TODAY)
    assert face(winner).name == ""


def test_the_companys_own_no_counts_before_the_persons_yes(winner):
    person = {"advocate": winner.entry.nomination.nominee}
    record_consent(purpose="use_company_name", decision="given", given_by="A", method="mail", text_shown="", now=NOW, **person)
    assert face(winner).company == "Harbour Mutual Group"
    say(winner, "use_company_name", decision="withdrawn")
    assert face(winner).company == ""


def test_a_quote_that_names_what_is_withheld_is_left_out_whole(winner):
    say(winner, "use_name_title", "use_quote")
    winner.shown_quote = "At Harbour Mutual we sleep again."
    winner.save()
    assert face(winner).quote == ""


def test_a_locked_down_company_is_shown_only_as_it_approved(winner):
    say(winner, *PERSON, *COMPANY)
    account, nomination = winner.entry.nomination.account, winner.entry.nomination
    account.publicity_status = "locked_down"
    account.save()
    assert face(winner).who == "A customer"
    key = f"nomination:{nomination.pk}"
    approval = PublicityApproval.objects.create(
        account=account, what="The award", approver="Press", answer="approved", source_key=key
    )
    assert (face(winner).who, face(winner).quote, face(winner).shows_logo) == ("Dr Ada Berg", "", False)
    approval.is_content = True
    approval.save()
    assert face(winner).quote == "We sleep again."


@pytest.mark.parametrize(("is_content", "shown"), [(False, ("A customer", "")), (True, ("Dr Ada Berg", ""))])
def test_a_locked_down_company_that_takes_its_approval_back_is_hidden_again(winner, is_content, shown):
    """The last answer counts; a no to content leaves the recognition that was approved before."""
    say(winner, *PERSON, *COMPANY)
    account, key = winner.entry.nomination.account, f"nomination:{winner.entry.nomination.pk}"
    account.publicity_status = "locked_down"
    account.save()
    asked = {"account": account, "what": "The award", "approver": "Press", "source_key": key}
    for kind in (False, True):
        PublicityApproval.objects.create(answer="approved", answered_at=NOW, is_content=kind, **asked)

    PublicityApproval.objects.create(answer="refused", answered_at=NOW + timedelta(days=1), is_content=is_content, **asked)

    assert (face(winner).who, face(winner).quote) == shown


@pytest.mark.parametrize("quote", ["Wir schlafen wieder gru\u0308n.", "Co\u00adoperation \U0001f469\u200d\U0001f52c works."])
def test_a_quote_that_names_nobody_is_shown_however_it_was_typed(winner, quote):
    winner.shown_quote = quote
    winner.save()
    say(winner, "use_quote", *COMPANY)
    assert face(winner).quote == quote


def test_what_is_handed_to_the_customer_carries_the_whole_name(winner):
    assert whole_face(winner).who == "Dr Ada Berg"


def test_any_number_of_winners_takes_two_queries(winner, django_assert_num_queries):
    make_public_winner(winner.category.program)
    winners = list(Winner.objects.for_gallery())
    with django_assert_num_queries(2):
        assert len(faces_of(winners, TODAY)) == 2
