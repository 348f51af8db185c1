import pytest

from nominations.exceptions import AlreadySubmitted, DraftChangedElsewhere
from nominations.models import Nomination
from nominations.services import change_account, discard_draft, save_draft, start_draft
from tests.factories import make_account, make_advocate, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def account(csm):
    return make_account(csm=csm)


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def draft(program, account, csm):
    return start_draft(program=program, account=account, by=csm)


def save(draft, **data):
    options = {name: data.pop(name) for name in ("page", "seen") if name in data}
    return save_draft(program=draft.program, by=draft.nominator, nomination=draft, data=data, **options)


def test_the_same_choice_twice_is_one_draft(draft, program, account, csm):
    assert start_draft(program=program, account=account, by=csm) == draft


def test_the_only_category_of_a_program_is_ticked_and_of_several_none(draft, program, account):
    program.categories.create(name="Best rollout")
    other = start_draft(program=program, account=account, by=make_user("sales"))
    assert (draft.entries.count(), other.entries.count()) == (1, 0)


def test_a_colleague_gets_a_draft_of_their_own(draft, program, account):
    assert start_draft(program=program, account=account, by=make_user("sales")) != draft


def test_only_the_fields_sent_are_changed(draft):
    save(draft, headline="Two days", narrative="One queue.")
    save(draft, headline="Two days instead of nine")
    draft.refresh_from_db()
    assert (draft.headline, draft.narrative) == ("Two days instead of nine", "One queue.")


def test_saving_the_same_again_writes_nothing(draft):
    save(draft, headline="Two days", page="a")
    before = Nomination.objects.get().updated_at
    save(draft, headline="Two days", page="a")
    assert Nomination.objects.get().updated_at == before


def test_another_window_that_saves_later_with_an_older_version_is_told(draft):
    seen = draft.updated_at
    save(draft, headline="From the first window", page="first", seen=seen)
    with pytest.raises(DraftChangedElsewhere):
        save(Nomination.objects.get(), headline="From the second window", page="second", seen=seen)
    assert Nomination.objects.get().headline == "From the first window"


def test_the_same_window_may_be_late_with_its_version(draft):
    seen = draft.updated_at
    save(draft, headline="Typed", page="first", seen=seen)
    save(draft, headline="Typed on", page="first", seen=seen)
    assert Nomination.objects.get().headline == "Typed on"


def test_who_chose_to_keep_their_own_text_wins(draft):
    save(draft, headline="From the first window", page="first", seen=draft.updated_at)
    save(draft, headline="Mine", page="second", seen=None)
    assert Nomination.objects.get().headline == "Mine"


def test_what_was_submitted_is_no_draft(draft):
    Nomination.objects.update(status="submitted")
    with pytest.raises(AlreadySubmitted):
        save(draft, headline="Too late")
    assert Nomination.objects.get().headline == ""


def test_a_category_unticked_is_left(draft, program):
    first = program.categories.get()
    second = program.categories.create(name="Best rollout")
    save(draft, categories=[first, second])
    save(draft, categories=[second])
    assert [entry.category for entry in draft.entries.all()] == [second]


def test_people_of_the_old_account_leave_with_it(draft, account, csm):
    save(draft, nominee=make_advocate(account=account), narrative="One queue.")
    change_account(nomination=draft, account=make_account(name="Other"), by=csm)
    draft.refresh_from_db()
    assert (draft.account.name, draft.nominee, draft.narrative) == ("Other", None, "One queue.")


@pytest.mark.parametrize(("role", "source"), [("csm", "csm"), ("sales", "sales"), ("colleague", "colleague")])
def test_the_source_follows_the_role(program, account, role, source):
    assert start_draft(program=program, account=account, by=make_user(role)).source == source


def test_a_discarded_draft_is_gone(draft):
    discard_draft(nomination=draft)
    assert not Nomination.objects.exists()


def test_a_submitted_nomination_is_not_discarded():
    nomination = make_nomination()
    with pytest.raises(AlreadySubmitted):
        discard_draft(nomination=nomination)
    assert Nomination.objects.get() == nomination
