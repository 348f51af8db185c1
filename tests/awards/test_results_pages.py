"""The pages beside the order: trials, talks, equals, frozen results; and the odd cases, each with a sentence."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from awards import services, standings
from awards.models import Assignment, Result, Score, TieDecision, Winner
from tests.awards.factories import CLOSED, entry_of, make_judged, make_judging, make_team, score, second_category
from tests.factories import NOW, make_judge, make_nomination, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_close(time_machine):
    time_machine.move_to(CLOSED, tick=False)


@pytest.fixture
def team(client):
    team = make_team()
    client.force_login(team)
    return team


def address(program, name="results", *more):
    return reverse(name, args=[program.slug, *more])


def page(client, program, name="results", *more, **query):
    """The words of a page without its markup's spaces."""
    return " ".join(client.get(address(program, name, *more), query).content.decode().split())


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def split_panel():
    """The first judge alone keeps the first nomination before the second."""
    program = make_judging(judges=2, nominations=2)
    first, second = program.nominations.order_by("pk")
    fan, other = program.judges.order_by("pk")
    for judge, values in [(fan, (5, 2)), (other, (3, 4))]:
        for nomination, value in zip((first, second), values, strict=True):
            score(Assignment.objects.get(judge=judge, nomination=nomination), value)
    return program, fan, other


# What if -------------------------------------------------------------------


def moves(client, program, **query):
    return [
        move for trial in client.get(address(program, "results-what-if"), query).context["trials"] for move, _row in trial.shown
    ]


def test_the_own_rules_move_nobody(client, team):
    program = make_judged((5, 4, 3), story_floor=2)
    shown = moves(client, program, story_weight=50, story_floor="2", partnership_floor="1")
    assert [(move.before.rank, move.after.rank) for move in shown] == [(1, 1), (2, 2), (3, 3)]


def test_a_trial_says_who_would_lose_the_place_and_changes_nothing(client, team):
    program = make_judged((5, 3))
    before = client.get(address(program, "results-csv")).getvalue()
    text = page(client, program, "results-what-if", story_weight=50, story_floor="1", partnership_floor="5")
    assert "This is a trial." in text
    assert "would no longer rank" in text
    program.refresh_from_db()
    assert (program.partnership_floor, Result.objects.count(), Winner.objects.count()) == (1, 0, 0)
    assert client.get(address(program, "results-csv")).getvalue() == before


@pytest.mark.parametrize(
    "wrong", [{"story_weight": 101}, {"story_weight": "x"}, {"story_floor": "0.5"}, {"partnership_floor": "NaN"}]
)
def test_a_wrong_number_gets_a_sentence_and_no_trial(client, team, wrong):
    program = make_judged((5,))
    answer = client.get(
        address(program, "results-what-if"), {"story_weight": 50, "story_floor": 1, "partnership_floor": 1} | wrong
    )
    assert list(answer.context["form"].errors) == list(wrong)
    assert "This is a trial." not in answer.content.decode()


def test_htmx_gets_the_trial_alone(client, team):
    program = make_judged((5,))
    query = {"story_weight": 70, "story_floor": 1, "partnership_floor": 1}
    text = client.get(address(program, "results-what-if"), query, headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in text, "This is a trial." in text) == (False, True)


def test_after_the_announcement_a_trial_starts_from_the_frozen_result(client, team):
    program = make_judged((5, 3))
    winner = services.choose_winner(entry=entry_of(program.nominations.order_by("pk")[0]), by=team, now=CLOSED)
    services.record_acceptance(winner=winner, by=team, evidence="Mail.", scope=["public_award"], now=CLOSED)
    services.announce(program=program, by=team, now=program.announces_at)
    Score.objects.update(value=1)
    shown = moves(client, program, story_weight=100, story_floor="1", partnership_floor="1")
    assert [move.after.total for move in shown] == [5, 3]


# Without a judge, discuss first, strong stories ------------------------------


def test_the_judge_on_whom_the_place_hangs_is_marked(client, team):
    program, fan, other = split_panel()
    lines = {line.judge: line for line in client.get(address(program, "results-without-judge")).context["page"].lines}
    assert [bool(lines[judge].changes) for judge in (fan, other)] == [True, False]
    assert lines[fan].changes[0].gains == [str(program.nominations.order_by("pk")[1])]
    assert "The order without" in page(client, program, "results-without-judge", judge=fan.pk)


@pytest.mark.parametrize("judge", ["x", "0", "²", "99999999999999999999"])
def test_a_judge_who_is_none_shows_all(client, team, judge):
    program, fan, _other = split_panel()
    assert str(fan) in page(client, program, "results-without-judge", judge=judge)


def test_those_furthest_apart_come_first_with_their_comments(client, team):
    program, fan, _other = split_panel()
    fan.assignments.update(comment="The best I have read.")
    text = page(client, program, "results-discuss")
    assert text.index(f">{program.nominations.order_by('pk')[0]}") > 0
    assert f"{fan}: <q>The best I have read.</q>" in text


def test_a_strong_story_without_a_place_is_kept_with_its_advocate(client, team):
    program = make_judged((5, 4, 3))
    services.choose_winner(entry=entry_of(program.nominations.order_by("pk")[0]), by=team, now=CLOSED)
    kept = program.nominations.order_by("pk")[1].nominee
    lines = client.get(address(program, "results-strong")).context["lines"]
    assert [(line.advocate, line.strength) for line in lines] == [(kept, "Specific, measurable outcome")]
    assert "Advocate: Candidate" in page(client, program, "results-strong")


# Equals ----------------------------------------------------------------------


def test_the_chair_decides_on_the_page(client):
    chair = make_user("leader")
    program = make_judged((4, 4), tie_rule="chair", chair=chair)
    first, second = (entry_of(nomination).pk for nomination in program.nominations.order_by("pk"))
    client.force_login(chair)
    data = {"group": first, f"{first}-place-{first}": 2, f"{first}-place-{second}": 1, f"{first}-reason": "The second speaks."}
    assert client.post(address(program, "results-ties"), data).status_code == 302
    assert list(TieDecision.objects.values_list("entry", "place")) == [(second, 1), (first, 2)]
    assert client.get(address(program)).status_code == 403


def test_a_chair_who_judges_sees_no_equals_before_the_close(client, time_machine):
    """Done with their own they may still change them: not after a look at what the others gave."""
    chair = make_user("leader")
    program = make_judged((4, 4), tie_rule="chair", chair=chair)
    time_machine.move_to(NOW, tick=False)
    judge = make_judge(program, user=chair)
    services.assign_judges(program=program, now=NOW)
    for assignment in judge.assignments.all():
        score(assignment)
    client.force_login(chair)
    text = page(client, program, "results-ties")
    assert "when judging has closed" in text
    assert not any(str(nomination) in text for nomination in program.nominations.all())


def test_a_place_given_twice_is_told_and_nothing_kept(client):
    chair = make_user("leader")
    program = make_judged((4, 4), tie_rule="chair", chair=chair)
    first, second = (entry_of(nomination).pk for nomination in program.nominations.order_by("pk"))
    client.force_login(chair)
    data = {"group": first, f"{first}-place-{first}": 1, f"{first}-place-{second}": 1, f"{first}-reason": "Both."}
    assert "a place of its own" in client.post(address(program, "results-ties"), data).content.decode()
    assert not TieDecision.objects.exists()


def test_equals_for_one_place_are_named_with_the_way_to_the_chair(client, team):
    program = make_judged((4, 4), tie_rule="chair")
    text = page(client, program)
    assert "are equal, and there is one place." in text
    assert address(program, "results-ties") in text


def test_joint_winners_beyond_the_places_are_said(client, team):
    assert "are equal and all win, as the tie rule says" in page(client, make_judged((4, 4), tie_rule="shared"))


# Frozen results ----------------------------------------------------------------


def test_freezing_twice_and_reading_both(client, team):
    program = make_judged((5, 3))
    client.post(address(program, "results-freeze"))
    services.choose_winner(entry=entry_of(program.nominations.order_by("pk")[0]), by=team, now=CLOSED)
    assert "needs a reason" in said(client.post(address(program, "results-freeze"), {"reason": ""}))[-1]
    client.post(address(program, "results-freeze"), {"reason": "The winner is chosen."})
    text = page(client, program, "results-frozen")
    assert text.index("frozen/2/") < text.index("frozen/1/")
    assert "A newer result counts" in page(client, program, "results-frozen-one", 1)
    assert "The winner is chosen." in page(client, program, "results-frozen-one", 2)


def test_the_file_has_the_sum_that_stands_on_the_page(client, team):
    program = make_judged((5, 3))
    client.post(address(program, "results-freeze"))
    file = client.get(address(program, "results-frozen-json", 1)).content
    assert f"SHA-256 {sha256(file).hexdigest()}" in page(client, program, "results-frozen-one", 1)


def test_the_admin_leads_to_the_page_of_a_result(client, team):
    result = services.freeze_result(program=make_judged((5, 3)), by=team, now=CLOSED)
    text = client.get(reverse("admin:awards_result_change", args=[result.pk])).content.decode()
    assert address(result.program, "results-frozen-one", 1) in text
    assert client.get(reverse("admin:awards_result_changelist")).status_code == 200


def test_a_get_freezes_nothing_and_names_what_would_be_frozen(client, team):
    program = make_judged((5, 3))
    text = page(client, program, "results-freeze")
    assert "no winner is chosen" in text
    assert "<strong>Measurable impact</strong>: 2" in text
    assert not Result.objects.exists()


# Odd cases -----------------------------------------------------------------------

PAGES = ["results", "results-what-if", "results-without-judge", "results-discuss", "results-strong", "results-freeze"]


def nothing_submitted():
    return make_judging(nominations=0)


def nobody_has_scored():
    return make_judging()


def one_judge():
    return make_judged((5, 3), judges=1, minimum_story_judges=1, minimum_partnership_judges=1)


def everyone_gives_three():
    return make_judged((3, 3, 3))


def all_recused():
    program = make_judging(judges=2, nominations=2)
    for assignment in program.nominations.order_by("pk")[0].assignments.all():
        services.recuse(assignment=assignment, reason="A tie.", by=assignment.judge.user, now=NOW)
    return program


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (nothing_submitted, "No nomination has been submitted yet."),
        (nobody_has_scored, "Nobody has finished a nomination yet, so there is no order."),
        (one_judge, "One judge alone has scored."),
        (everyone_gives_three, "All 3 nominations that rank have the same figures"),
        (all_recused, "Every judge is recused from"),
    ],
)
def test_what_is_odd_gets_a_sentence_and_no_page_breaks(client, team, program, sentence):
    program = program()
    assert sentence in page(client, program)
    for name in PAGES:
        assert (
            client.get(address(program, name), {"story_weight": 60, "story_floor": 1, "partnership_floor": 1}).status_code == 200
        )
    assert services.freeze_result(program=program, by=team, now=CLOSED).number == 1


def test_a_judge_added_in_the_middle_is_told_apart(client, team):
    program = make_judging(judges=2, nominations=1)
    late = make_judge(program)
    services.assign_judges(program=program, now=NOW + timedelta(days=3))
    text = page(client, program)
    assert text.count("joined later") == 1
    assert str(late) in text.partition("joined later")[0]


def test_one_judge_alone_cannot_be_left_out(client, team):
    assert "One judge alone has scored: without them there is no order at all." in page(
        client, one_judge(), "results-without-judge"
    )


# Size ----------------------------------------------------------------------------


def test_a_large_category_is_cut_and_paged(client, team, monkeypatch):
    monkeypatch.setattr("awards.results_page.ROWS", 2)
    monkeypatch.setattr("awards.results_page.FEWEST", 1)
    program = make_judged((5, 4, 3))
    category = program.categories.get()
    assert "The first 2 of 3." in page(client, program)
    rows = client.get(address(program), {"category": category.pk, "page": 2}).context["page"].tables[0].rows
    assert [row.rank for row in rows] == [3]
    assert "2 of 2" in page(client, program, category=category.pk, page="x9") or "1 of 2" in page(
        client, program, category=category.pk
    )


def queries(client, url, capture):
    client.get(url)
    with capture as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "name", ["results-what-if", "results-without-judge", "results-discuss", "results-strong", "results-freeze"]
)
def test_the_same_queries_for_1_and_3(client, team, django_assert_max_num_queries, name):
    small, large = make_judged((5,), judges=2), make_judged((5, 4, 4), judges=3)
    for program in (small, large):
        assignment = Assignment.objects.filter(judge__program=program).first()
        Score.objects.filter(assignment=assignment, component=program.rubric.first()).update(value=2)
    query = "?story_weight=60&story_floor=1&partnership_floor=1"
    one, three = (queries(client, address(one, name) + query, django_assert_max_num_queries(15)) for one in (small, large))
    assert one == three


def test_a_nomination_in_two_categories_is_disputed_and_kept_once(client, team):
    program, _fan, _other = split_panel()
    nomination = program.nominations.order_by("pk")[0]
    nomination.entries.create(category=second_category(program))
    assert len(client.get(address(program, "results-discuss")).context["lines"]) == 2
    assert len(standings.tables_of(program)) == 2


def test_a_nomination_withdrawn_after_the_freeze_is_still_read_there(client, team):
    program = make_judged((5, 3))
    services.freeze_result(program=program, by=team, now=CLOSED)
    gone = program.nominations.order_by("pk")[0]
    gone.status = "withdrawn"
    gone.save()
    make_nomination(program)
    assert str(gone) in page(client, program, "results-frozen-one", 1)
    assert "The order is no longer that of result 1." in page(client, program)


# The way to the judges ------------------------------------------------------


def test_list_and_page_of_results_lead_to_the_judges_and_their_progress(client, team):
    program = make_judged()
    to_progress = f'href="{address(program, "judging-progress")}"'
    assert to_progress in client.get(reverse("results-list")).content.decode()
    assert to_progress in page(client, program)
