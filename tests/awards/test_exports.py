import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from advocacy.exports import neutral, write_csv
from awards import services
from awards.models import Assignment
from nominations.models import Entry
from tests.awards.factories import assignment_of, make_judged, make_judging, make_team, score, second_category
from tests.factories import NOW

SCORE_COLUMNS = "nomination_id,nomination,category,judge,criterion,component,weight,score,state".split(",")
RESULT_COLUMNS = "rank,nomination_id,nomination,category,judges,story,partnership,total,state,reason".split(",")


def exported(command, program):
    out = StringIO()
    call_command(command, program.slug, stdout=out)
    return list(csv.DictReader(StringIO(out.getvalue())))


@pytest.mark.django_db
def test_the_promised_columns_come_first():
    program = make_judged((4,))
    assert list(exported("export_scores", program)[0])[: len(SCORE_COLUMNS)] == SCORE_COLUMNS
    assert list(exported("export_results", program)[0])[: len(RESULT_COLUMNS)] == RESULT_COLUMNS


@pytest.mark.django_db
def test_one_row_a_component_in_the_judges_scope():
    program = make_judging(judges=2, nominations=1)
    story_only = program.judges.first()
    story_only.scores_partnership = False
    story_only.save()
    rows = exported("export_scores", program)
    assert sorted(row["criterion"] for row in rows) == ["partnership"] * 4 + ["story"] * 6


@pytest.mark.django_db
def test_the_five_states_of_an_answer():
    program = make_judging(judges=4, nominations=1)
    done, recused, abstained, unfinished = Assignment.objects.order_by("pk")
    score(done, 4, human_element=None)
    score(recused, 5)
    services.recuse(assignment=recused, reason="A tie.", by=recused.judge.user, now=NOW)
    services.abstain(assignment=abstained, by=abstained.judge.user, now=NOW)
    services.record_scores(assignment=unfinished, answers={program.rubric.first().pk: 5}, now=NOW)

    by_judge = {}
    for row in exported("export_scores", program):
        by_judge.setdefault(row["judge"], []).append((row["state"], row["score"]))
    assert by_judge[str(done.judge)] == [("scored", "4")] * 2 + [("not_applicable", "")] + [("scored", "4")] * 4
    assert by_judge[str(recused.judge)] == [("recused", "")] * 7
    assert by_judge[str(abstained.judge)] == [("abstained", "")] * 7
    assert by_judge[str(unfinished.judge)] == [("open", "")] * 7


@pytest.mark.django_db
def test_a_nomination_in_two_categories_stands_twice():
    program = make_judged((4,), judges=1)
    Entry.objects.create(nomination=program.nominations.get(), category=second_category(program))
    rows = exported("export_scores", program)
    assert sorted({row["category"] for row in rows}) == ["Best return", "Measurable impact"]
    assert len(rows) == 2 * 7


@pytest.mark.django_db
def test_means_are_not_rounded():
    program = make_judging(judges=1, nominations=1, minimum_story_judges=1, minimum_partnership_judges=1)
    assignment = assignment_of(program.judges.get(), program.nominations.get())
    score(assignment, 4, human_element=3)
    row = exported("export_results", program)[0]
    assert (row["rank"], row["judges"], row["story"], row["partnership"]) == ("1", "1", "3.666666666666666666666666667", "4")
    assert Decimal(row["total"]) == Decimal("3.833333333333333333333333333")
    assert (row["state"], row["reason"]) == ("entered", "")


@pytest.mark.django_db
def test_what_does_not_rank_has_a_reason_and_no_rank():
    row = exported("export_results", make_judged((4,), judges=1))[0]
    assert row["rank"] == ""
    assert "Scored by 1 of at least 2 judges for the story." in row["reason"]


@pytest.mark.django_db
def test_the_results_can_be_recomputed_from_the_scores():
    program = make_judged((5, 2), judges=3)
    scores = exported("export_scores", program)
    for row in exported("export_results", program):
        story = [
            Decimal(one["score"])
            for one in scores
            if one["nomination_id"] == row["nomination_id"] and one["criterion"] == "story" and one["state"] == "scored"
        ]
        assert sum(story) / len(story) == Decimal(row["story"])


@pytest.mark.django_db
def test_an_unknown_program_is_named_beside_those_there_are():
    program = make_judged((4,))
    with pytest.raises(CommandError, match=program.slug):
        call_command("export_results", "no-such-program")


@pytest.mark.django_db
def test_a_formula_in_a_name_stays_text(client):
    program = make_judged((4,))
    nominee = program.nominations.get().nominee
    nominee.name = '=HYPERLINK("http://evil.example")'
    nominee.save()
    client.force_login(make_team())
    answer = client.get(reverse("results-csv", args=[program.slug]))
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode())))
    assert rows[0]["nomination"].startswith("'=HYPERLINK")
    assert answer["Content-Disposition"] == f'attachment; filename="{program.slug}-results.csv"'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", "\uff1d1"])
def test_text_that_would_run_gets_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("value", ["plain", "a=b", -1, Decimal("-2.5"), 0, ""])
def test_everything_else_stays_as_it_is(value):
    assert neutral(value) == value


def test_nothing_is_an_empty_cell():
    out = StringIO()
    write_csv(out, ["a", "b"], [[None, "x,y"]])
    assert out.getvalue() == 'a,b\r\n,"x,y"\r\n'
