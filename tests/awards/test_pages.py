import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.timezone import localtime

from advocacy.models import Ask
from advocacy.services import move_ask
from awards import services
from awards.models import Assignment, Result, Score, Winner
from nominations.models import Program
from tests.awards.factories import CLOSED, assignment_of, entry_of, make_judged, make_judging, make_team, score
from tests.factories import NOW, activity, make_nomination, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_judging(judges=1, nominations=2)


@pytest.fixture
def judge(program, client):
    judge = program.judges.get()
    client.force_login(judge.user)
    return judge


@pytest.fixture
def assignment(judge):
    return judge.assignments.order_by("pk").first()


def address(assignment):
    return reverse("judging-assignment", args=[assignment.pk])


def filled_in(assignment, value="4", **extra):
    return {f"component-{component.pk}": value for component in assignment.judge.program.rubric.all()} | extra


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_queue_counts_and_leads_to_the_next(client, program, judge, assignment):
    score(assignment)
    page = client.get(reverse("judging-queue")).content.decode()
    following = judge.assignments.order_by("pk").last()
    assert "1 of 2 settled" in page
    assert f'href="{address(following)}">Go on' in page


def test_an_empty_queue_says_when_it_fills(client):
    client.force_login(make_team())
    assert "You have no nominations to judge" in client.get(reverse("judging-queue")).content.decode()


def test_the_page_shows_questions_anchors_and_no_contact_data(client, assignment):
    page = client.get(address(assignment)).content.decode()
    assert page.count('type="radio"') == 7 * 6
    assert "Somebody could check it" in page or "somebody could check it" in page
    assert assignment.nomination.nominee.email not in page


def test_only_the_questions_of_ones_own_criteria(client, program, judge, assignment):
    judge.scores_partnership = False
    judge.save()
    page = client.get(address(assignment)).content.decode()
    assert page.count("<fieldset") == 3
    assert "Shared success" not in page


def test_save_and_next_goes_to_the_next_open_one_and_at_last_to_the_queue(client, judge, assignment):
    second = judge.assignments.order_by("pk").last()
    assert client.post(address(assignment), filled_in(assignment, next="1")).url == address(second)
    assert client.post(address(second), filled_in(second, next="1")).url == reverse("judging-queue")


def test_save_stays_and_keeps_what_there_is(client, program, assignment):
    first = program.rubric.first()
    answer = client.post(address(assignment), {f"component-{first.pk}": "3", "comment": "So far.", "save": "1"})
    assert answer.url == address(assignment)
    assignment.refresh_from_db()
    assert (assignment.status, assignment.comment, assignment.scores.get().value) == ("open", "So far.", 3)


@pytest.mark.parametrize("wrong", ["0", "6", "good", "4.5", "-1", "²"])
def test_a_wrong_answer_gets_a_sentence_at_its_question_and_nothing_is_lost(client, program, assignment, wrong):
    first = program.rubric.first()
    data = filled_in(assignment, comment="A careful text.") | {f"component-{first.pk}": wrong}
    page = client.post(address(assignment), data)
    text = page.content.decode()

    assert page.context["form"].errors == {f"component-{first.pk}": ["Choose 1 to 5, or not applicable."]}
    assert f'id="error-{first.pk}"' in text
    assert "A careful text." in text
    assert text.count('value="4" checked>') == 6
    assert Score.objects.count() == 0


def test_after_the_close_a_sentence_and_what_was_entered_stays(client, assignment, time_machine):
    time_machine.move_to(CLOSED)
    client.force_login(assignment.judge.user)
    page = client.post(address(assignment), filled_in(assignment, comment="Just too late."))
    text = page.content.decode()
    assert "is not open, so nothing was saved" in text
    assert "Just too late." in text
    assert text.count('value="4" checked>') == 7
    assert Score.objects.count() == 0


def test_the_deadline_is_told_in_the_programs_zone(client, program, assignment):
    program.time_zone = "Asia/Tokyo"
    program.save()
    shown = localtime(program.judging_closes_at, timezone=__import__("zoneinfo").ZoneInfo("Asia/Tokyo"))
    assert f"{shown:%H:%M} (Asia/Tokyo)" in client.get(address(assignment)).content.decode()


def test_a_conflict_found_at_opening_hides_the_nomination(client, judge, assignment):
    assignment.nomination.account.csm = judge.user
    assignment.nomination.account.save()
    page = client.get(address(assignment)).content.decode()
    assert "You are recused" in page
    assert assignment.nomination.narrative not in page


def test_recusing_needs_a_reason_on_the_page_too(client, assignment):
    refused = client.post(reverse("judging-recuse", args=[assignment.pk]), {"reason": " "})
    assert "Say why you recuse yourself" in said(refused)[0]
    refused = client.post(reverse("judging-recuse", args=[assignment.pk]), {"reason": "We play\x00 chess."})
    assert "Null characters are not allowed" in said(refused)[-1]
    client.post(reverse("judging-recuse", args=[assignment.pk]), {"reason": "We play chess."})
    assignment.refresh_from_db()
    assert (assignment.status, assignment.reason) == ("recused", "We play chess.")


def test_abstaining_and_taking_it_up_again(client, assignment):
    client.post(reverse("judging-abstain", args=[assignment.pk]))
    assert "You abstained" in client.get(address(assignment)).content.decode()
    client.post(reverse("judging-reopen", args=[assignment.pk]))
    assignment.refresh_from_db()
    assert assignment.status == "open"


def test_somebody_elses_assignment_does_not_exist(client, assignment):
    client.force_login(make_user("judge"))
    assert client.get(address(assignment)).status_code == 404
    assert client.post(address(assignment), filled_in(assignment)).status_code == 404


def test_what_the_ledger_knows_stands_beside_responsiveness(client, assignment):
    nominee = assignment.nomination.nominee
    ask = Ask.objects.create(advocate=nominee, activity_type=activity(), counts_on=NOW.date(), created_at=NOW, state="asked")
    move_ask(ask=ask, to="accepted", by=None, now=NOW.replace(day=5))
    page = client.get(address(assignment)).content.decode()
    assert "Asked once: 1 accepted, 0 declined." in page
    assert "within 3 days" in page


def test_a_locked_down_account_is_flagged(client, assignment):
    assignment.nomination.account.publicity_status = "locked_down"
    assignment.nomination.account.save()
    assert "Locked-down account" in client.get(address(assignment)).content.decode()


def test_markup_in_a_story_stays_text(client, assignment):
    assignment.nomination.narrative = "<script>alert(1)</script>"
    assignment.nomination.save()
    assert "<script>alert" not in client.get(address(assignment)).content.decode()


# Results -----------------------------------------------------------------


@pytest.fixture
def judged(time_machine):
    time_machine.move_to(NOW, tick=False)
    program = make_judged((5, 3))
    time_machine.move_to(CLOSED, tick=False)
    return program


@pytest.fixture
def team(client):
    team = make_team()
    client.force_login(team)
    return team


def results(program):
    return reverse("results", args=[program.slug])


def test_the_page_shows_order_reason_and_picture(client, judged, team):
    late = make_nomination(judged)
    page = client.get(results(judged)).content.decode()
    assert "Scored by 0 of at least 2 judges for the story." in page
    assert page.count("<circle") == 2
    assert str(late) in page
    assert "style=" not in page.partition("<main")[2]


def test_a_category_filter_narrows_and_a_strange_one_is_ignored(client, judged, team):
    assert len(client.get(results(judged), {"category": judged.categories.get().pk}).context["page"].tables) == 1
    assert client.get(results(judged), {"category": "x'--"}).status_code == 200


def test_choosing_out_of_order_asks_why(client, judged, team):
    second = entry_of(judged.nominations.order_by("pk").last())
    url = reverse("results-choose", args=[judged.slug, second.pk])
    assert "ranks higher" in client.get(url).content.decode()
    assert "Give a reason" in client.post(url, {"reason": ""}).content.decode()
    assert not Winner.objects.exists()
    client.post(url, {"reason": "The best one won last year."})
    assert Winner.objects.get().reason == "The best one won last year."


def test_a_get_changes_nothing(client, judged, team):
    entry = entry_of(judged.nominations.first())
    client.get(reverse("results-choose", args=[judged.slug, entry.pk]))
    client.get(reverse("results-announce", args=[judged.slug]))
    assert not Winner.objects.exists()
    assert not Result.objects.exists()


def test_from_choice_to_announcement_in_the_pages(client, judged, team):
    best = entry_of(judged.nominations.order_by("pk").first())
    client.post(reverse("results-choose", args=[judged.slug, best.pk]), {})
    winner = Winner.objects.get()
    refused = client.post(reverse("results-announce", args=[judged.slug]))
    assert "has not accepted yet" in said(refused)[-1]
    client.post(
        reverse("results-accept", args=[judged.slug, winner.pk]),
        {"scope": ["public_award"], "method": "mail", "evidence": "Mail of 3 May."},
    )
    done = client.post(reverse("results-announce", args=[judged.slug]))

    assert Result.objects.get().frozen_by == team
    assert reverse("advocate", args=[best.nomination.nominee_id]) in said(done)[-1]
    assert "frozen result" in client.get(results(judged)).content.decode()


def test_an_acceptance_without_evidence_is_refused_at_the_field(client, judged, team):
    best = entry_of(judged.nominations.order_by("pk").first())
    winner = services.choose_winner(entry=best, by=team, now=CLOSED)
    page = client.post(reverse("results-accept", args=[judged.slug, winner.pk]), {"scope": ["public_award"], "method": "mail"})
    assert list(page.context["form"].errors) == ["evidence"]


def test_declining_and_taking_back(client, judged, team):
    first, second = (entry_of(nomination) for nomination in judged.nominations.order_by("pk"))
    for entry, step in [(first, "results-decline"), (second, "results-take-back")]:
        winner = services.choose_winner(entry=entry, by=team, now=CLOSED)
        done = client.post(reverse(step, args=[judged.slug, winner.pk]), {"reason": "By phone, 3 May."}, follow=True)
        assert str(entry.nomination) in said(done)[-1]
    assert sorted(Winner.objects.values_list("status", flat=True)) == ["declined", "revoked"]


def test_judging_is_closed_from_the_page(client, program, team, time_machine):
    page = client.get(reverse("results-close-judging", args=[program.slug])).content.decode()
    assert "2 open" in page
    client.post(reverse("results-close-judging", args=[program.slug]))
    time_machine.shift(1)
    assert Program.objects.get().judging_closes_at == NOW


# The same number of queries for 1 and for 3 rows --------------------------


def queries(client, url, capture):
    client.get(url)
    with capture as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_queue_takes_the_same_queries_for_1_and_3(client, django_assert_max_num_queries, time_machine):
    time_machine.move_to(NOW, tick=False)
    program = make_judging(judges=1, nominations=1)
    client.force_login(program.judges.get().user)
    one = queries(client, reverse("judging-queue"), django_assert_max_num_queries(12))
    for _number in range(2):
        make_nomination(program)
    services.assign_judges(program=program, now=NOW)
    assert queries(client, reverse("judging-queue"), django_assert_max_num_queries(12)) == one


def test_the_results_take_the_same_queries_for_1_and_3(client, team, django_assert_max_num_queries, time_machine):
    time_machine.move_to(NOW, tick=False)
    small, large = make_judged((4,), judges=2), make_judged((5, 4, 3), judges=3)
    time_machine.move_to(CLOSED, tick=False)
    for program in (small, large):
        services.choose_winner(entry=entry_of(program.nominations.order_by("pk").first()), by=team, now=CLOSED)
    one, three = (queries(client, results(program), django_assert_max_num_queries(15)) for program in (small, large))
    assert one == three


def test_the_frozen_results_take_the_same_queries_for_1_and_3(client, team, django_assert_max_num_queries, time_machine):
    time_machine.move_to(NOW, tick=False)
    programs = [make_judged((4,), judges=2), make_judged((5, 4, 3), judges=3)]
    time_machine.move_to(CLOSED, tick=False)
    for program in programs:
        winner = services.choose_winner(entry=entry_of(program.nominations.order_by("pk").first()), by=team, now=CLOSED)
        services.record_acceptance(winner=winner, by=team, evidence="Mail.", scope=["public_award"], now=CLOSED)
        services.announce(program=program, by=team, now=CLOSED)
    one, three = (queries(client, results(program), django_assert_max_num_queries(15)) for program in programs)
    assert one == three


def test_scoring_one_nomination_leaves_the_others_alone(program, judge):
    first, second = program.nominations.order_by("pk")
    score(assignment_of(judge, first))
    assert list(Assignment.objects.order_by("pk").values_list("status", flat=True)) == ["done", "open"]
