"""A frozen result stays as it was, can be checked by anybody, and is followed by another only with a reason."""

import json
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, connection, transaction

from awards import freezing, services
from awards.exceptions import AlreadyFrozen, JudgingStillOpen, NotReadyToAnnounce
from awards.models import Assignment, Result, Score
from nominations.models import Program
from tests.awards.factories import CLOSED, entry_of, make_judged, make_judging, make_team
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def program():
    return make_judged((5, 4, 3))


def freeze(program, team, **fields):
    return services.freeze_result(program=program, by=team, now=CLOSED, **fields)


def choose(program, team, place=0, **fields):
    nomination = program.nominations.order_by("pk")[place]
    return services.choose_winner(entry=entry_of(nomination), by=team, now=CLOSED, **fields)


def verified(*arguments):
    """What the command says, and whether it found everything as it was."""
    out = StringIO()
    try:
        call_command("verify_results", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}", False
    return out.getvalue(), True


def tampered(result, change):
    """The row as somebody with the database in hand would leave it, triggers out of the way."""
    change(result.payload)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE awards_result SET payload = %s WHERE id = %s", [json.dumps(result.payload), result.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_nothing_is_frozen_before_the_close(team):
    with pytest.raises(JudgingStillOpen):
        services.freeze_result(program=make_judging(), by=team, now=NOW)


def test_the_result_holds_order_winner_reserves_and_tie_rule(program, team):
    winner = choose(program, team)
    payload = freeze(program, team).payload
    first, second, third = (entry_of(one).pk for one in program.nominations.order_by("pk"))
    category = payload["categories"][0]
    assert ([place["entry"] for place in category["order"]], category["winners"]) == ([first, second, third], [winner.entry_id])
    assert (category["reserves"], payload["method"]["tie_rule"], payload["number"]) == ([second, third], "story", 1)


def test_a_second_result_needs_news_and_a_reason(program, team):
    freeze(program, team)
    with pytest.raises(AlreadyFrozen, match="says the same already"):
        freeze(program, team, reason="To be sure.")
    choose(program, team)
    with pytest.raises(AlreadyFrozen, match="A new decision needs a reason"):
        freeze(program, team, reason=" ")
    assert freeze(program, team, reason="A winner was chosen.").number == 2
    assert Result.objects.newest_of(program).reason == "A winner was chosen."


@pytest.mark.parametrize(
    "change", [{"digest": "0" * 64}, {"payload": {}}, {"reason": "Other."}, {"notes": {"judges": {"1": "X"}}}]
)
def test_the_database_refuses_to_change_a_result(program, team, change):
    result = freeze(program, team)
    with pytest.raises(InternalError), transaction.atomic():
        Result.objects.filter(pk=result.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        result.delete()


def test_words_may_be_taken_out_of_the_notes_and_the_seal_holds(program, team):
    result = freeze(program, team)
    judge = str(program.judges.first().pk)
    result.notes["judges"].pop(judge)
    result.save(update_fields=["notes"])
    Result.objects.filter(pk=result.pk).update(notes={})
    result.refresh_from_db()
    assert (result.notes, freezing.is_intact(result)) == ({}, True)


def test_the_digest_is_that_of_the_canonical_file(program, team):
    result = freeze(program, team)
    result.refresh_from_db()
    assert sha256(freezing.canonical(result.payload)).hexdigest() == result.digest


def test_the_command_finds_everything_as_it_was(program, team):
    freeze(program, team)
    said, is_well = verified(program.slug)
    assert is_well
    assert "1 results checked, all as they were frozen." in said
    assert verified()[1]


def test_the_command_finds_a_score_changed_in_the_payload(program, team):
    def lower(payload):
        payload["scores"]["rows"][0][3] = 1

    tampered(freeze(program, team), lower)
    said, is_well = verified(program.slug)
    assert not is_well
    assert "The seal is broken" in said
    assert "by the scores" in said


def test_the_command_finds_a_rank_changed_and_sealed_again(program, team):
    result = freeze(program, team)

    def swap(payload):
        order = payload["categories"][0]["order"]
        order[0]["rank"], order[1]["rank"] = 2, 1

    tampered(result, swap)
    Result.objects.all()  # the digest is forged as well
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE awards_result SET digest = %s", [freezing.digest_of(result.payload)])
        cursor.execute("SET LOCAL session_replication_role = origin")
    said, is_well = verified(program.slug)
    assert (is_well, "the order is another by the scores" in said, "The seal is broken" in said) == (False, True, False)


def test_the_command_finds_a_score_changed_in_the_database(program, team):
    freeze(program, team)
    Score.objects.filter(pk=Score.objects.first().pk).update(value=1)
    said, is_well = verified(program.slug)
    assert not is_well
    assert "5 in the result, 1 now" in said


def test_an_unknown_program_is_named(team):
    assert verified("no-such-program") == ("There is no program “no-such-program”.", False)


def test_the_announcement_takes_the_newest_result_and_makes_none(program, team):
    winner = choose(program, team)
    frozen = freeze(program, team)
    services.record_acceptance(winner=winner, by=team, evidence="Mail.", scope=["public_award"], now=CLOSED)
    assert services.announce(program=program, by=team, now=program.announces_at) == frozen
    assert Result.objects.count() == 1


def test_a_winner_beside_the_result_holds_the_announcement_until_it_is_frozen_anew(program, team):
    freeze(program, team)
    winner = choose(program, team)
    services.record_acceptance(winner=winner, by=team, evidence="Mail.", scope=["public_award"], now=CLOSED)
    with pytest.raises(NotReadyToAnnounce, match="Freeze a new result with the reason"):
        services.announce(program=program, by=team, now=program.announces_at)
    freeze(program, team, reason="The winner is chosen now.")
    assert services.announce(program=program, by=team, now=program.announces_at).number == 2


def test_a_tie_found_after_the_freeze_is_put_right_by_a_new_result(program, team):
    winner = choose(program, team)
    freeze(program, team)
    services.record_acceptance(winner=winner, by=team, evidence="Mail.", scope=["public_award"], now=CLOSED)
    services.recuse(assignment=Assignment.objects.last(), reason="They are married.", by=team, now=CLOSED)

    with pytest.raises(NotReadyToAnnounce, match="recusals changed"):
        services.announce(program=program, by=team, now=program.announces_at)
    freeze(program, team, reason="A judge was recused.")
    assert services.announce(program=program, by=team, now=program.announces_at).number == 2


def test_until_the_announcement_the_order_shown_is_that_of_the_scores(program, team):
    freeze(program, team)
    best = program.nominations.order_by("pk").first()
    Score.objects.filter(assignment__in=Assignment.objects.filter(nomination=best)).update(value=1)
    payload = freeze(program, team, reason="A judge was mistaken.").payload
    assert payload["categories"][0]["order"][-1]["nomination"] == best.pk
    assert [one.number for one in Program.objects.get().frozen_results.order_by("number")] == [1, 2]
