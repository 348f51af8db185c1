import pytest

from nominations.exceptions import CategoryInUse
from nominations.models import Category, Entry, SelfNomination
from nominations.services import move_nominations, remove_category
from tests.factories import NOW, make_nomination, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program(now=NOW)


@pytest.fixture
def first(program):
    return program.categories.get()


@pytest.fixture
def second(program):
    return Category.objects.create(program=program, name="Best rollout", position=1)


def test_an_empty_category_goes(first):
    remove_category(category=first)
    assert not Category.objects.exists()


def test_one_with_nominations_stays_and_the_way_out_is_named(program, first):
    make_nomination(program)
    make_nomination(program, status="draft")
    with pytest.raises(CategoryInUse, match="has 2 nominations in it. Move them to another category, or rename this one."):
        remove_category(category=first)
    assert Category.objects.exists()


def test_moved_away_the_category_can_go(program, first, second):
    nomination = make_nomination(program)
    assert move_nominations(category=first, to=second, now=NOW) == 1
    remove_category(category=first)
    assert nomination.entries.get().category == second


def test_a_nomination_in_both_is_in_the_other_once(program, first, second):
    nomination = make_nomination(program, categories=[first, second])
    move_nominations(category=first, to=second, now=NOW)
    assert list(nomination.entries.values_list("category", flat=True)) == [second.pk]


def test_a_customer_who_has_not_confirmed_yet_keeps_the_category_and_moves_with_it(program, first, second):
    waiting = SelfNomination.objects.create(
        program=program,
        form_key="6a2b3f6e-0000-4000-8000-000000000001",
        name="Ada",
        email="ada@berg.example",
        consented_to="Yes.",
        category_ids=[first.pk],
    )
    with pytest.raises(CategoryInUse, match="one nomination"):
        remove_category(category=first)
    move_nominations(category=first, to=second, now=NOW)
    waiting.refresh_from_db()
    assert waiting.category_ids == [second.pk]


def test_another_programs_category_takes_none(program, first):
    make_nomination(program)
    with pytest.raises(CategoryInUse, match="same program"):
        move_nominations(category=first, to=make_program().categories.get(), now=NOW)


def test_once_judging_has_opened_nominations_stay_where_they_are(program, first, second):
    make_nomination(program)
    with pytest.raises(CategoryInUse, match="You can still rename"):
        move_nominations(category=first, to=second, now=program.judging_opens_at)


def test_a_category_with_a_choice_made_is_not_emptied(program, first, second):
    make_nomination(program)
    Entry.objects.update(status="selected")
    with pytest.raises(CategoryInUse, match="A winner was chosen"):
        move_nominations(category=first, to=second, now=NOW)
