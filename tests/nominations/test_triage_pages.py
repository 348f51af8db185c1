"""The pages of the triage, of the person who is asked, and of the company's approval."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Ask, PublicityApproval
from nominations.models import Category, DuplicateReview, Nomination
from outbox.models import Message
from tests.factories import activity, make_account, make_advocate, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_user("advocacy_team")


@pytest.fixture
def as_team(client, team):
    client.force_login(team)
    return client


@pytest.fixture
def program():
    return make_program(phase="open")


@pytest.fixture
def nomination(program):
    csm = make_user("csm")
    return make_nomination(program, account=make_account(csm=csm), nominator=csm)


def board(program, **query):
    return reverse("triage", args=[program.slug], query=query or None)


def page(nomination, name="triage-nomination"):
    return reverse(name, args=[nomination.program.slug, nomination.pk])


def twin(nomination):
    return make_nomination(nomination.program, account=nomination.account, nominator=make_user("sales"))


def test_the_board_shows_each_nomination_in_its_column_with_its_flags(as_team, program, nomination):
    column = next(column for column in as_team.get(board(program)).context["columns"] if column["code"] == "yes")
    assert (column["count"], column["cards"]) == (1, [nomination])
    assert [flag.code for flag in column["cards"][0].flags] == ["yes"]


def test_an_empty_board_says_what_comes(as_team, program):
    assert "Nothing was handed in yet." in as_team.get(board(program)).text


def test_the_list_filters_by_need_category_and_words(as_team, program, nomination):
    other = Category.objects.create(program=program, name="Other")
    lone = make_nomination(program, nominee=None, organization_as_given="Nordlicht", headline="", categories=[other])
    for query in ({"need": "incomplete"}, {"category": other.pk}, {"q": "nordlicht"}):
        assert as_team.get(board(program, show="list", **query)).context["rows"] == [lone]


@pytest.mark.parametrize(("phase", "word"), [("open", "Judging opens"), ("judging", "Judging opened")])
def test_the_board_says_whether_judging_is_still_to_open(as_team, phase, word):
    assert word in " ".join(as_team.get(board(make_program(phase=phase))).text.split())


@pytest.mark.parametrize("query", [{}, {"show": "list"}])
def test_more_nominations_cost_no_more_queries(as_team, program, nomination, query, django_assert_max_num_queries):
    as_team.get(board(program, **query))
    with django_assert_max_num_queries(40) as with_one:
        as_team.get(board(program, **query))
    for _number in range(2):
        make_nomination(program)
    as_team.get(board(program, **query))
    with django_assert_max_num_queries(40) as with_three:
        as_team.get(board(program, **query))
    assert len(with_three) == len(with_one)


def test_two_that_look_alike_stand_side_by_side_with_the_reason(as_team, nomination):
    other = twin(nomination)
    answer = as_team.get(reverse("triage-duplicates", args=[nomination.program.slug]))
    [pair] = answer.context["pairs"]
    assert pair["sides"] == [nomination, other]
    assert "The same account in the same category" in answer.text


def test_joining_on_the_page_and_undoing_it_there(as_team, nomination):
    other = twin(nomination)
    url = reverse("triage-duplicates", args=[nomination.program.slug])
    as_team.post(url, {"first": nomination.pk, "second": other.pk, "keep": other.pk})
    review = DuplicateReview.objects.get()
    assert (review.verdict, review.kept) == ("joined", other)
    as_team.post(reverse("triage-undo", args=[nomination.program.slug, review.pk]))
    assert Nomination.objects.submitted().count() == 2


def test_the_joined_one_stays_readable_for_who_wrote_it_and_they_follow_the_other(client, as_team, nomination):
    other = twin(nomination)
    url = reverse("triage-duplicates", args=[nomination.program.slug])
    as_team.post(url, {"first": nomination.pk, "second": other.pk, "keep": nomination.pk})
    client.force_login(other.nominator)
    assert "Joined with" in client.get(other.get_absolute_url()).text
    assert client.get(nomination.get_absolute_url()).status_code == 200


def test_undo_after_judging_opened_is_refused_with_a_sentence(as_team, nomination):
    other = twin(nomination)
    url = reverse("triage-duplicates", args=[nomination.program.slug])
    as_team.post(url, {"first": nomination.pk, "second": other.pk, "keep": nomination.pk})
    now = timezone.now()
    program = nomination.program
    program.closes_at, program.judging_opens_at = now - timedelta(hours=2), now - timedelta(hours=1)
    program.save()
    undo = reverse("triage-undo", args=[program.slug, DuplicateReview.objects.get().pk])
    assert "Judging has opened" in as_team.post(undo, follow=True).text


def test_the_page_of_one_nomination_offers_what_can_be_done(as_team, nomination):
    text = as_team.get(page(nomination)).text
    for words in ("Flags", "Categories", "Ask for what is missing", "Mark as not eligible"):
        assert words in text


def test_moving_the_category_on_the_page(as_team, nomination):
    to = Category.objects.create(program=nomination.program, name="Best return")
    as_team.post(page(nomination, "triage-category"), {"entry": nomination.entries.get().pk, "to": to.pk})
    assert nomination.entries.get().category == to


def test_asking_on_the_page_until_the_end_of_a_day_of_the_programs_clock(as_team, nomination):
    type(nomination.program).objects.update(time_zone="Asia/Tokyo")
    day = (timezone.now() + timedelta(days=4)).date()
    as_team.post(page(nomination, "triage-ask"), {"question": "How many?", "answer_on": day.isoformat()})
    asked = nomination.clarifications.get()
    assert f"{asked.answer_by:%H:%M:%S}" == "14:59:59"


def test_a_day_in_the_past_is_refused_beside_the_form(as_team, nomination):
    answer = as_team.post(page(nomination, "triage-ask"), {"question": "How many?", "answer_on": "2020-01-01"})
    assert "Choose a date from tomorrow on" in answer.text
    assert "How many?" in answer.text


def ask(nomination, team):
    facts = {"asked_by": team, "asked_of": nomination.nominator, "answer_by": timezone.now() + timedelta(days=3)}
    return nomination.clarifications.create(question="How many?", **facts)


def texts(nomination, **changed):
    names = ["headline", "business_outcome", "before_state", "narrative", "human_element", "use_case_text", "quote"]
    return {name: getattr(nomination, name) for name in names} | {"answer": "Forty."} | changed


def test_the_nominator_answers_and_changes_the_text(client, team, nomination):
    ask(nomination, team)
    client.force_login(nomination.nominator)
    assert "How many?" in client.get(nomination.get_absolute_url()).text
    client.post(reverse("nomination-missing", args=[nomination.pk]), texts(nomination, quote="We sleep again."))
    nomination.refresh_from_db()
    assert (nomination.quote, nomination.clarifications.get().answer) == ("We sleep again.", "Forty.")


def test_answering_twice_shows_that_nothing_is_asked_any_more(client, team, nomination):
    ask(nomination, team)
    client.force_login(nomination.nominator)
    url = reverse("nomination-missing", args=[nomination.pk])
    client.post(url, texts(nomination))
    answer = client.post(url, texts(nomination, answer="Fifty."), follow=True)
    assert "Nothing is asked about this nomination at the moment." in answer.text
    assert nomination.clarifications.get().answer == "Forty."


def test_what_was_typed_stays_when_somebody_changed_the_text_meanwhile(client, team, nomination):
    ask(nomination, team)
    client.force_login(nomination.nominator)
    url = reverse("nomination-missing", args=[nomination.pk])
    answer = client.post(url, texts(nomination, quote="We sleep again.", seen="2020-01-01"))
    assert "changed in another window" in answer.text
    assert "We sleep again." in answer.text
    assert nomination.clarifications.get().answered_at is None


def test_who_was_asked_once_does_not_answer_what_somebody_else_is_asked(client, team, nomination):
    """Such as the CSM of before: they answered theirs, and the nomination is not theirs any more."""
    earlier = make_user("csm")
    facts = {"asked_by": team, "answer_by": timezone.now() + timedelta(days=3), "question": "Who?"}
    nomination.clarifications.create(asked_of=earlier, answered_at=timezone.now(), **facts)
    ask(nomination, team)
    client.force_login(earlier)
    assert client.get(reverse("nomination-missing", args=[nomination.pk])).status_code == 404


def test_nobody_but_who_may_change_it_answers(client, team, nomination):
    ask(nomination, team)
    client.force_login(make_user("csm"))
    assert client.post(reverse("nomination-missing", args=[nomination.pk]), texts(nomination)).status_code == 404


# The company's approval -----------------------------------------------------------------------------------------


@pytest.fixture
def locked(nomination):
    nomination.account.publicity_status = "locked_down"
    nomination.account.save()
    return nomination


@pytest.fixture
def as_csm(client, locked):
    client.force_login(locked.nominator)
    return client


def publicity(nomination):
    return reverse("nomination-publicity", args=[nomination.pk])


def test_the_narrow_ask_stands_ready_and_goes_to_the_approver(as_csm, locked):
    prepared = as_csm.get(publicity(locked)).context["form"].initial
    assert "We want to honour" in prepared["subject"]
    data = prepared | {"approver": "Eve Holm", "approver_email": "eve@holm.example", "how": "mail"}
    as_csm.post(publicity(locked), data)
    message = Message.objects.get(kind="publicity_ask")
    assert message.text.startswith("Hello Eve Holm,\n\nwe want to honour your results.")
    assert (message.reply_to, PublicityApproval.objects.get().asked_by) == (locked.nominator.email, locked.nominator)


def test_a_mail_without_an_address_is_told_at_its_field(as_csm, locked):
    data = as_csm.get(publicity(locked)).context["form"].initial | {"approver": "Eve Holm", "how": "mail"}
    assert "Needed to send the mail." in as_csm.post(publicity(locked), data).text
    assert not PublicityApproval.objects.exists()


def test_the_answer_is_recorded_and_the_account_stays_locked_down(as_csm, locked):
    data = as_csm.get(publicity(locked)).context["form"].initial | {"approver": "Eve Holm", "how": "self"}
    as_csm.post(publicity(locked), data)
    approval = PublicityApproval.objects.get()
    url = reverse("nomination-publicity-answer", args=[locked.pk, approval.pk])
    as_csm.post(url, {"answer": "approved", "evidence": "Mail of 3 May."})
    locked.account.refresh_from_db()
    assert locked.account.publicity_status == "locked_down"
    assert "approved this recognition, and nothing else" in as_csm.get(publicity(locked)).text


def test_earlier_noes_to_content_are_a_reason_to_ask_differently(as_csm, locked):
    Ask.objects.create(
        advocate=make_advocate(account=locked.account, name="Ada Berg"),
        account=locked.account,
        activity_type=activity("case-study"),
        state="declined",
        counts_on=timezone.localdate(),
    )
    text = as_csm.get(publicity(locked)).text
    assert "They said no to content before" in text
    assert "Ada Berg" in text


# The CSM's side of the nominee's yes ----------------------------------------------------------------------------


def test_the_csm_reads_the_mail_before_it_goes_and_sends_it(as_csm, nomination):
    nomination.account.publicity_status = "open"
    nomination.account.save()
    assert "We would like your word" in as_csm.get(reverse("nomination-question", args=[nomination.pk])).text
    as_csm.post(reverse("nomination-question-send", args=[nomination.pk]), {"back": "home"})
    assert Message.objects.get(kind="nominee_question").recipient == nomination.nominee.email


def test_why_no_mail_goes_is_said_on_the_page(as_csm, locked):
    assert "first its company approves" in as_csm.get(locked.get_absolute_url()).text
    answer = as_csm.post(reverse("nomination-question-send", args=[locked.pk]), follow=True)
    assert "first its company approves" in answer.text
    assert not Message.objects.filter(kind="nominee_question").exists()


def test_a_number_no_row_can_have_is_not_found(as_team, nomination):
    forged = {"first": "9" * 5_000, "second": str(nomination.pk)}
    assert as_team.post(reverse("triage-duplicates", args=[nomination.program.slug]), forged).status_code == 404
