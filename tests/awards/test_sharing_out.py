"""Sharing out: against every plan there is on small boards, and its laws on larger ones."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from awards.assigning import Gap, Reader, groups_of, share_out

BOTH = frozenset({"story", "partnership"})
STORY = frozenset({"story"})
TWO = {"story": 2, "partnership": 2}


def insiders(count):
    return [Reader(f"insider {number}", BOTH) for number in range(count)]


def guests(count):
    return [Reader(f"guest {number}", STORY) for number in range(count)]


def moved(before, after):
    return len(before.readings - after.readings)


def test_the_work_is_shared_out_evenly():
    plan = share_out(nominations=range(10), readers=insiders(4), minimum=TWO)

    assert sorted(plan.loads.values()) == [5, 5, 5, 5]
    assert plan.is_connected
    assert not plan.gaps


def test_guests_read_as_much_as_insiders_who_alone_score_the_partnership():
    plan = share_out(nominations=range(10), readers=[*insiders(2), *guests(2)], minimum=TWO)

    assert plan.loads == {"insider 0": 10, "insider 1": 10, "guest 0": 9, "guest 1": 9}


def test_what_cannot_be_filled_is_named():
    plan = share_out(
        nominations=["a", "b"], readers=[*insiders(2), *guests(1)], minimum=TWO, barred={("insider 0", "a"), ("guest 0", "a")}
    )

    assert plan.gaps == (Gap("a", "story", 1, 2), Gap("a", "partnership", 1, 2))


def test_nobody_reads_a_nomination_they_are_barred_from():
    barred = {("insider 0", number) for number in range(5)}

    assert not barred & share_out(nominations=range(6), readers=insiders(3), minimum=TWO, barred=barred).readings


def test_readings_that_stay_are_kept_and_counted():
    fixed = {("insider 0", number) for number in range(4)}

    plan = share_out(nominations=range(4), readers=insiders(3), minimum=TWO, fixed=fixed)

    assert plan.loads == {"insider 0": 4, "insider 1": 2, "insider 2": 2} or plan.spread == 1
    assert fixed <= plan.readings


def test_a_plan_that_is_even_stays_as_it_is():
    plan = share_out(nominations=range(30), readers=insiders(7), minimum=TWO)

    assert share_out(nominations=range(30), readers=insiders(7), minimum=TWO, movable=plan.readings).readings == plan.readings


def test_a_new_judge_takes_their_share_and_nothing_else_moves():
    before = share_out(nominations=range(30), readers=insiders(5), minimum=TWO)

    after = share_out(nominations=range(30), readers=insiders(6), minimum=TWO, movable=before.readings)

    assert after.loads["insider 5"] == 10
    assert moved(before, after) == 10


def test_a_judge_who_leaves_hands_on_their_own_nominations_alone():
    before = share_out(nominations=range(30), readers=insiders(6), minimum=TWO)

    after = share_out(nominations=range(30), readers=insiders(5), minimum=TWO, movable=before.readings)

    assert before.loads["insider 5"] == 10
    assert moved(before, after) <= 11  # one more where nobody with room may take over directly
    assert after.spread == 0


def test_parts_that_do_not_hang_together_are_found():
    parts = groups_of([("anna", 1), ("ben", 1), ("cara", 2)])

    assert parts == (frozenset({"anna", "ben"}), frozenset({"cara"}))


def test_parts_are_joined_where_a_move_can_do_it():
    apart = [("insider 0", 1), ("insider 1", 1), ("insider 0", 2), ("insider 1", 2)]
    apart += [("insider 2", 3), ("insider 3", 3), ("insider 2", 4), ("insider 3", 4)]

    plan = share_out(nominations=[1, 2, 3, 4], readers=insiders(4), minimum=TWO, movable=apart)

    assert plan.is_connected
    assert plan.spread == 0


def boards(max_nominations=4, max_judges=4):
    return st.tuples(
        st.integers(1, max_nominations),
        st.integers(1, max_judges),
        st.integers(1, 2),
        st.sets(st.tuples(st.integers(0, max_judges - 1), st.integers(0, max_nominations - 1))),
    )


@given(boards())
def test_no_plan_has_a_smaller_largest_load(board):
    nominations, judges, need, barred_numbers = board
    minimum = {"story": need, "partnership": need}
    barred = {(f"insider {judge}", nomination) for judge, nomination in barred_numbers}

    plan = share_out(nominations=range(nominations), readers=insiders(judges), minimum=minimum, barred=barred)

    assert max(plan.loads.values()) == smallest_largest_load(nominations, judges, need, barred)


def smallest_largest_load(nominations, judges, need, barred):
    """Tries every plan that fills what can be filled with no reading too many."""
    names = [f"insider {number}" for number in range(judges)]
    choices = []
    for nomination in range(nominations):
        free = [name for name in names if (name, nomination) not in barred]
        choices.append(list(combinations(free, min(need, len(free)))))
    return min(max(sum(name in readers for readers in plan) for name in names) for plan in product(*choices))


@given(boards(12, 6), st.integers(0, 3))
def test_every_nomination_has_its_judges_unless_a_gap_says_so(board, guest_count):
    nominations, judges, need, barred_numbers = board
    minimum = {"story": need + 1, "partnership": need}
    readers = [*insiders(judges), *guests(guest_count)]
    barred = {(f"insider {judge}", nomination) for judge, nomination in barred_numbers}

    plan = share_out(nominations=range(nominations), readers=readers, minimum=minimum, barred=barred)

    gaps = {(gap.nomination, gap.criterion) for gap in plan.gaps}
    for nomination in range(nominations):
        free = [reader for reader in readers if (reader.id, nomination) not in barred]
        for criterion, wanted in minimum.items():
            assert ((nomination, criterion) in gaps) == (sum(criterion in reader.criteria for reader in free) < wanted)


@given(boards(12, 6), st.integers(0, 3))
def test_loads_differ_by_one_at_most_unless_conflicts_stand_in_the_way(board, guest_count):
    nominations, judges, need, barred_numbers = board
    readers = [*insiders(judges), *guests(guest_count)]
    barred = {(f"insider {judge}", nomination) for judge, nomination in barred_numbers}
    minimum = {"story": need, "partnership": need}

    plan = share_out(nominations=range(nominations), readers=readers, minimum=minimum, barred=barred)

    most = max(plan.loads.values())
    for reader in readers:
        free = sum((reader.id, nomination) not in barred for nomination in range(nominations))
        assert plan.loads[reader.id] >= min(most - 1, free)
