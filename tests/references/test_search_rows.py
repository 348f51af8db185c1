"""Whatever changes, and however: the stored search rows stay equal to what they are made from."""

import threading
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from advocacy.freshness import freshness
from advocacy.models import Account, Advocate, FreshnessPolicy, Industry, ProfileDoubt, Story, Topic, UseCase, Willingness
from advocacy.services import verify_section
from references.models import SearchChange, SearchRank, SearchRow, SearchText, SearchWord
from references.rows import wrong_rows
from references.search.query import Search
from references.search.ranks import write_ranks
from references.search.upkeep import keep_current, settle
from references.search.whole import ids_of
from tests.factories import activity, make_account, make_advocate, make_industry, make_product, make_story, make_user


def in_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def some_topic():
    return Topic.objects.get_or_create(name="Night shifts")[0]


def give(whose, purpose):
    whose.consents.create(purpose=purpose, decision="given", given_by="x", method="mail", text_shown="x")


def check_everything(person):
    for section in ("contact", "role", "willingness", "story"):
        person.verifications.create(section=section, method="csm")


CHANGES = {
    "a new title": lambda a: Advocate.objects.filter(pk=a.pk).update(title="Chief of Trains"),
    "many at once": lambda a: Advocate.objects.bulk_update([setattr(a, "level", "vp") or a], ["level"]),
    "raw SQL": lambda a: in_sql("UPDATE advocacy_advocate SET status = 'retired' WHERE id = %s", a.pk),
    "another employer": lambda a: Advocate.objects.filter(pk=a.pk).update(account=make_account(country="JP")),
    "no employer": lambda a: Advocate.objects.filter(pk=a.pk).update(account=None),
    "a renamed account": lambda a: Account.objects.filter(pk=a.account_id).update(name="Trains Limited"),
    "another CSM": lambda a: Account.objects.filter(pk=a.account_id).update(csm=None),
    "locked down": lambda a: Account.objects.filter(pk=a.account_id).update(publicity_status="locked_down"),
    "a product more": lambda a: a.account.products.add(make_product("Relay")),
    "a product less": lambda a: a.account.products.clear(),
    "a use case": lambda a: a.account.use_cases.add(UseCase.objects.create(name="Dispatch")),
    "a topic": lambda a: a.topics.add(some_topic()),
    "a renamed topic": lambda a: (a.topics.add(some_topic()), Topic.objects.update(name="Trains")),
    "a renamed industry": lambda a: Industry.objects.update(name="Trains"),
    "a synonym": lambda a: Industry.objects.update(synonyms=["trains"]),
    "a new story": lambda a: Story.objects.bulk_create([Story(advocate=a, headline="Trains")]),
    "a changed story": lambda a: Story.objects.update(challenge="Trains were late."),
    "no story": lambda a: Story.objects.all().delete(),
    "somebody else's story": lambda a: Story.objects.update(advocate=make_advocate()),
    "an answer": lambda a: Willingness.objects.create(advocate=a, activity_type=activity("review"), answer="yes"),
    "another answer": lambda a: Willingness.objects.update(answer="no"),
    "no answer": lambda a: in_sql("DELETE FROM advocacy_willingness"),
    "a check": check_everything,
    "a doubt": lambda a: (check_everything(a), ProfileDoubt.objects.create(advocate=a, section="role", reason="csm", key="1")),
    "a changed interval": lambda a: (check_everything(a), FreshnessPolicy.objects.filter(section="role").update(check_after=90)),
    "an interval of the tier": lambda a: (
        check_everything(a),
        FreshnessPolicy.objects.create(section="role", tier="none", check_after=30, grace=20),
    ),
    "a consent": lambda a: give(a, "use_name_title"),
    "the account takes its name back": lambda a: a.account.consents.create(
        purpose="use_company_name", decision="withdrawn", given_by="x", method="mail", text_shown="x"
    ),
}


@pytest.fixture
def person(db):
    person = make_advocate(account=make_account(industry=make_industry(), csm=make_user("csm")))
    give(person.account, "use_company_name")
    person.account.products.add(make_product())
    make_story(person)
    Willingness.objects.create(advocate=person, activity_type=activity(), answer="yes")
    return person


def stored(person):
    return SearchRow.objects.filter(pk=person.pk).values().get() | SearchText.objects.filter(pk=person.pk).values().get()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_reaches_the_row(person, change):
    before = stored(person)

    change(person)

    assert wrong_rows() == []
    assert stored(person) != before


def test_a_deleted_advocate_leaves_no_row(person):
    Story.objects.all().delete()
    person.delete()

    assert not SearchRow.objects.exists()


def test_without_the_trigger_the_row_would_be_wrong(person):
    in_sql("SET CONSTRAINTS ALL IMMEDIATE")
    in_sql("ALTER TABLE advocacy_advocate DISABLE TRIGGER search_advocate_update")
    Advocate.objects.update(level="vp")

    assert wrong_rows() == [person.pk]


def test_the_command_names_and_repairs_what_differs(person, capsys):
    SearchRow.objects.update(quality=1)
    SearchWord.objects.all().delete()

    call_command("rebuild_search")

    assert (
        f"1 of 1 search rows differ, and 0 counts and ranks.\nAdvocates: {person.pk}\nRepaired; 0 differ now.\n"
        in capsys.readouterr().out
    )
    assert wrong_rows() == []
    assert SearchWord.objects.exists()


def test_the_command_only_looks_when_told_so(person):
    SearchRow.objects.update(quality=1)

    with pytest.raises(SystemExit):
        call_command("rebuild_search", "--check")

    assert wrong_rows() == [person.pk]


def test_the_dates_are_those_of_the_freshness_rules(person, now):
    for section in ("contact", "role", "willingness", "story"):
        verify_section(advocate=person, section=section, method="csm", now=now)
    first = freshness(now, "role", now)

    row = SearchRow.objects.get(pk=person.pk)

    assert (row.fresh_until, row.fades_on, row.leaves_on) == (first.due_on, first.csm_on, first.leaves_search_on)


def test_a_profile_nobody_answers_for_falls_step_by_step_leaves_and_is_back_at_once(person, now):
    first = freshness(now, "role", now)
    check_everything(person)
    person.verifications.update(verified_at=now)

    def score(day):
        write_ranks(day)
        return SearchRank.objects.get(pk=person.pk).best % 1000

    falls = [score(first.csm_on + timedelta(days=days)) - score(first.due_on) for days in (-1, 0, 8, 45)]
    assert falls == [0, -5, -10, -30]
    write_ranks(first.leaves_search_on - timedelta(days=1))
    assert SearchRank.objects.get(pk=person.pk).changes_on == date(9999, 12, 31)

    def findable(day):
        return SearchRow.objects.findable(day).exists()

    assert [findable(first.leaves_search_on - timedelta(days=1)), findable(first.leaves_search_on)] == [True, False]

    def found():
        settle(activity(), timezone.now())
        return ids_of(Search(), make_user("advocacy_team"), timezone.now(), limit=5)

    person.verifications.update(verified_at=timezone.now() - timedelta(days=430))
    assert found() == []
    check_everything(person)
    assert found() == [person.pk]


def test_no_address_enters_the_index(person):
    Story.objects.update(challenge=f"Write to {person.email}.")

    assert "@" not in SearchText.objects.get(pk=person.pk).full_vector


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_both_reach_the_row():
    """The second change waits for the first one's row and then reads what the first one wrote."""
    person = make_advocate()
    written, done = threading.Event(), threading.Event()

    def tell_a_story():
        with transaction.atomic():
            make_story(person, challenge="Trains were late.")
            written.set()
            done.wait(1)
        connection.close()

    thread = threading.Thread(target=tell_a_story)
    thread.start()
    written.wait(10)
    Willingness.objects.create(advocate=person, activity_type=activity(), answer="yes")
    done.set()
    thread.join()

    settle(activity(), timezone.now())
    assert wrong_rows() == []


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_long_for_a_row_that_another_holds():
    """Or two who hold what the other needs would end in a deadlock; the row is made later instead."""
    person = make_advocate()
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            in_sql("SELECT FROM references_searchrow WHERE advocate_id = %s FOR UPDATE", person.pk)
            held.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    make_story(person, challenge="Trains were late.")
    done.set()
    thread.join()

    assert wrong_rows() == [person.pk]
    settle(activity(), timezone.now())
    assert wrong_rows() == []


def test_an_import_may_leave_the_rows_for_later(person):
    in_sql("SET LOCAL laurel.search = 'later'")
    Advocate.objects.update(title="Chief of Trains")

    assert wrong_rows() == [person.pk]
    keep_current(timezone.now())
    assert (wrong_rows(), SearchChange.objects.count()) == ([], 0)
