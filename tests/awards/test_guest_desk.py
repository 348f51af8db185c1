"""What a guest sees and does at the desk: the story alone, in a program without names without them."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from advocacy import audit
from awards import services
from awards.exceptions import AssignmentClosed, NotYourAssignment, SealStays
from awards.invitations import issue_way_in
from awards.models import Assignment, Score
from tests.awards.factories import every_answer, make_guest, make_judging, make_team, score
from tests.factories import NOW, make_account, make_advocate, make_nomination

pytestmark = pytest.mark.django_db

INSIDERS_WORDS = ["CSM's reading", "What our records say", "Interest in going public", "Locked-down", "4 of 5", "vouches"]


@pytest.fixture
def program(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_judging(judges=1, nominations=0)


@pytest.fixture
def nomination(program):
    account = make_account(name="Northwind Freight GmbH", domain="northwind.example", publicity_status="locked_down")
    return make_nomination(
        program,
        nominee=make_advocate(
            name="Zoë Lindqvist", account=account, title="Head of Secret Things", email="zoe@northwind.example"
        ),
        headline="Northwind settles claims in two days",
        narrative="Zoe Lindqvist of northwind.example led it. Write to zoe@northwind.example.",
        quote="Zoë sleeps again.",
        results=[{"measure": "Claims at Northwind", "before": "9", "after": "2", "unit": "days", "period": "a year"}],
        confidence_evidence="Anna vouches for Zoë.",
        publicity_note="Press office of Northwind.",
    )


@pytest.fixture
def guest(program, nomination):
    guest = make_guest(program)
    services.assign_judges(program=program, now=NOW)
    return guest


@pytest.fixture
def desk(client, guest):
    client.post(issue_way_in(guest))
    return client


def own(guest):
    return guest.assignments.order_by("pk").first()


def address(assignment, page="assignment"):
    return reverse(f"guest-{page}", args=[assignment.pk])


def text_of(response):
    return response.content.decode()


def without_names(text):
    return not any(word.lower() in text.lower() for word in ("northwind", "zoë", "zoe", "lindqvist", "Secret Things"))


def filled_in(assignment, value="4", **extra):
    components = assignment.judge.program.rubric.filter(criterion="story")
    return {f"component-{component.pk}": value for component in components} | extra


def test_without_names_nobody_is_named_on_any_page(desk, guest):
    for page in (desk.get(reverse("guest-queue")), desk.get(address(own(guest)))):
        assert without_names(text_of(page))
        assert f"Nomination {own(guest).nomination_id}" in text_of(page)
        assert "settles claims in two days" in text_of(page)


def test_what_was_typed_for_industry_and_country_names_nobody_either(desk, guest, nomination):
    nomination.account = None
    nomination.industry_as_given, nomination.country_as_given = "Freight, see Northwind", "Where Zoë lives"
    nomination.save()
    page = text_of(desk.get(address(own(guest))))
    assert "Freight, see the company" in page
    assert without_names(page)


def test_no_message_and_no_saved_answer_names_them_either(desk, guest):
    answer = desk.post(address(own(guest)), filled_in(own(guest), save="1"))
    assert without_names(" ".join(str(message) for message in get_messages(answer.wsgi_request)))
    assert without_names(text_of(desk.get(answer.url)))
    saved = desk.post(address(own(guest), "answers"), {"hand_in": "1"}, headers={"accept": "application/json"})
    assert without_names(text_of(saved))


def test_with_names_the_guest_reads_person_title_and_company(desk, guest, program):
    program.guests_see_names = True
    program.save()
    page = text_of(desk.get(address(own(guest))))
    assert all(words in page for words in ("Zoë Lindqvist", "Head of Secret Things", "Northwind Freight GmbH"))


@pytest.mark.parametrize("names", [True, False])
def test_the_partnership_half_never_reaches_a_guest(desk, guest, program, names):
    program.guests_see_names = names
    program.save()
    page = text_of(desk.get(address(own(guest))))
    assert [words for words in INSIDERS_WORDS if words in page] == []
    assert page.count("<fieldset") == 3


def test_a_story_question_by_the_name_of_a_partnership_question_shows_no_evidence(desk, guest, program):
    program.rubric.filter(code="public-recognition").update(criterion="story")
    page = text_of(desk.get(address(own(guest))))
    assert page.count("<fieldset") == 4
    assert [words for words in (*INSIDERS_WORDS, "Press office") if words in page] == []


def test_a_guest_answers_no_question_of_the_partnership(desk, guest):
    services_answers = every_answer(own(guest))
    data = {f"component-{pk}": "5" for pk in services_answers}
    desk.post(address(own(guest)), data)
    assert set(Score.objects.values_list("component__criterion", flat=True)) == {"story"}


def test_a_guest_scores_and_it_counts(desk, guest):
    desk.post(address(own(guest)), filled_in(own(guest), comment="Clear.", next="1"))
    done = own(guest)
    assert (done.status, done.comment, done.scores.count()) == ("done", "Clear.", 3)


def test_recusing_abstaining_and_taking_up_again(desk, guest):
    desk.post(address(own(guest), "abstain"))
    assert own(guest).status == "abstained"
    desk.post(address(own(guest), "reopen"))
    assert own(guest).status == "open"
    desk.post(address(own(guest), "recuse"), {"reason": "I advised them."})
    assert (own(guest).status, own(guest).reason) == ("recused", "I advised them.")
    assert "Nobody" not in text_of(desk.get(address(own(guest))))
    assert own(guest).nomination.narrative not in text_of(desk.get(address(own(guest))))


def test_a_recused_guest_does_not_hand_it_to_themselves(desk, guest):
    desk.post(address(own(guest), "recuse"), {"reason": "I advised them."})
    desk.post(address(own(guest), "reopen"))
    assert own(guest).status == "recused"


def test_a_tie_found_later_hides_the_story(desk, guest, nomination):
    guest.guest_account = nomination.account
    guest.save()
    page = text_of(desk.get(address(own(guest))))
    assert "You are recused" in page
    assert "settles claims" not in page


def test_the_assignment_of_another_judge_does_not_exist(desk, guest, program):
    other = Assignment.objects.exclude(judge=guest).first()
    for page in ("assignment", "answers", "recuse", "abstain", "reopen"):
        answer = desk.post(address(other, page), filled_in(other))
        assert answer.status_code == 404
    page = desk.get(reverse("guest-assignment", args=[999_999_999]))
    assert (page.status_code, "is not among yours" in text_of(page)) == (404, True)


def test_one_guest_does_not_score_for_another(guest, program):
    other = make_guest(program)
    with pytest.raises(NotYourAssignment):
        services.record_scores(assignment=own(guest), answers={}, by=other, now=NOW)


def test_a_guest_with_the_number_of_one_of_us_is_not_them(guest, program):
    """Users and judges are numbered apart, so that the same number may stand for both."""
    staff = program.judges.exclude(pk=guest.pk).get()
    twin = make_guest(program, pk=staff.user_id if staff.user_id not in (staff.pk, guest.pk) else staff.user_id + 10**6)
    with pytest.raises(NotYourAssignment):
        services.record_scores(assignment=staff.assignments.first(), answers={}, by=twin, now=NOW)


def test_a_guest_with_a_withdrawn_invitation_saves_nothing(desk, guest):
    services.take_invitation_back(judge=guest, by=make_team(), why="Left.", now=NOW)
    answer = desk.post("/judge/nominations/1/answers/", {}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["state"]) == (410, "signed_out")


def test_nobody_scores_for_a_guest_who_left(guest):
    assignment = own(guest)
    score(assignment)
    services.take_invitation_back(judge=guest, by=make_team(), why="Left.", now=NOW)
    assignment = Assignment.objects.get(pk=assignment.pk)
    with pytest.raises(NotYourAssignment, match="no longer a judge"):
        services.record_scores(assignment=assignment, answers={}, by=assignment.judge, now=NOW)


def test_before_judging_opens_the_desk_says_when(time_machine):
    time_machine.move_to(NOW, tick=False)
    guest = make_guest(make_judging(judges=0, nominations=0))
    program = guest.program
    time_machine.move_to(program.judging_opens_at.replace(hour=0) - (program.judging_closes_at - program.judging_opens_at) / 3)
    browser = Client()
    browser.post(issue_way_in(guest))
    assert "Judging opens on" in text_of(browser.get("/judge/"))


def test_a_guest_is_not_in_the_teams_seal(guest, program):
    """Results are for the team; a guest who is done sees none of them."""
    browser = Client()
    browser.post(issue_way_in(guest))
    score(own(guest))
    assert browser.get(reverse("results", args=[program.slug])).status_code == 302


def test_scores_of_a_recused_guest_stay_and_count_nowhere(guest, program):
    score(own(guest))
    services.recuse(assignment=own(guest), reason="I advised them.", by=guest, now=NOW)
    assert own(guest).scores.count() == 3
    with pytest.raises(AssignmentClosed):
        services.record_scores(assignment=own(guest), answers={}, by=guest, now=NOW)


def test_the_audit_names_the_guest_who_scored(desk, guest):
    desk.post(address(own(guest)), filled_in(own(guest)))
    assert audit.trail(own(guest), ["scores"])[0].who == f"{guest}, guest judge"


def test_the_seal_is_lifted_for_no_guest(guest):
    with pytest.raises(SealStays, match="A guest never sees results"):
        services.lift_seal(judge=guest, by=make_team(), why="Curious.", now=NOW)


def test_the_guests_queue_takes_the_same_queries_for_1_and_3(desk, guest, program, django_assert_max_num_queries):
    counts = []
    for _round in range(2):
        desk.get("/judge/")
        with django_assert_max_num_queries(20) as captured:
            desk.get("/judge/")
        counts.append(len(captured))
        for _number in range(2):
            make_nomination(program)
        services.assign_judges(program=program, now=NOW)
    assert counts[0] == counts[1]
