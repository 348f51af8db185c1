import pytest

from advocacy.workflow import history_of
from awards import conflicts, services
from awards.exceptions import AssignmentClosed
from awards.models import Assignment
from nominations.models import Nomination
from tests.awards.factories import every_answer, make_judging, make_team, score
from tests.factories import NOW, make_account, make_advocate, make_judge, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


def csm(judge, nomination):
    nomination.account.csm = judge
    nomination.account.save()


def account_executive(judge, nomination):
    nomination.account.account_executive = judge
    nomination.account.save()


def nominator(judge, nomination):
    nomination.nominator = judge
    nomination.save()


def sponsor(judge, nomination):
    nomination.sponsor = judge
    nomination.save()


def supporter(judge, nomination):
    nomination.supporters.add(judge)


def wrote_a_part(judge, nomination):
    nomination.section_requests.create(section="narrative", asked_by=make_user("csm"), colleague=judge, answered_at=NOW)


def csm_where_the_nominee_works_now(judge, nomination):
    nomination.nominee.account = make_account(csm=judge)
    nomination.nominee.save()


def works_there(judge, nomination):
    _give_domain(judge, nomination.account)


def works_in_a_department_with_its_own_address(judge, nomination):
    judge.email = f"judge@labs.{nomination.account.domain}"
    judge.save()


def works_at_the_parent(judge, nomination):
    nomination.account.parent = make_account()
    nomination.account.save()
    _give_domain(judge, nomination.account.parent)


def works_at_a_subsidiary(judge, nomination):
    _give_domain(judge, make_account(parent=nomination.account))


def _give_domain(judge, account):
    judge.email = f"judge@{account.domain}"
    judge.save()


def manager_of(tie):
    """The same tie, but the judge is the manager of the person who has it."""

    def tie_to_the_manager(judge, nomination):
        tie(make_user("csm", manager=judge), nomination)

    tie_to_the_manager.__name__ = f"manager_of_the_{tie.__name__}"
    return tie_to_the_manager


PEOPLE = [csm, account_executive, nominator, sponsor, supporter]
TIES = [
    (csm, "CSM of the nominee's company."),
    (csm_where_the_nominee_works_now, "CSM of the nominee's company."),
    (account_executive, "Account executive of the nominee's company."),
    (nominator, "Nominator of this customer."),
    (sponsor, "Sponsor of this nomination."),
    (supporter, "Supporter of this nomination."),
    (wrote_a_part, "Wrote a part of this nomination."),
    (works_there, "Works at"),
    (works_in_a_department_with_its_own_address, "Works at"),
    (works_at_the_parent, "Works at"),
    (works_at_a_subsidiary, "Works at"),
    *((manager_of(tie), "Manager of") for tie in PEOPLE),
]
by_name = [pytest.param(tie, sentence, id=tie.__name__) for tie, sentence in TIES]


@pytest.fixture
def program():
    return make_program(now=NOW, phase="judging")


@pytest.mark.parametrize(("tie", "sentence"), by_name)
def test_a_tie_keeps_the_judge_out_from_the_start(program, tie, sentence):
    judge, nomination = make_judge(program), make_nomination(program)
    tie(judge.user, nomination)
    services.open_judging(program=program, by=None, now=NOW)

    assignment = Assignment.objects.get()
    assert assignment.status == "recused"
    assert assignment.reason.startswith(sentence)
    assert history_of(assignment).get().changed_by is None


@pytest.mark.parametrize(("tie", "sentence"), by_name)
def test_a_tie_found_later_keeps_the_scores_and_stops_counting_them(program, tie, sentence):
    judge, nomination = make_judge(program), make_nomination(program)
    services.open_judging(program=program, by=None, now=NOW)
    score(Assignment.objects.get())
    tie(judge.user, nomination)
    services.assign_judges(program=program, now=NOW)

    assignment = Assignment.objects.get()
    assert (assignment.status, assignment.scores.count()) == ("recused", 7)


def test_a_tie_found_while_scoring_refuses_the_scores_and_recuses(program):
    judge, nomination = make_judge(program), make_nomination(program)
    services.open_judging(program=program, by=None, now=NOW)
    csm(judge.user, nomination)
    assignment = Assignment.objects.get()

    with pytest.raises(AssignmentClosed, match="CSM of the nominee's company"):
        services.record_scores(assignment=assignment, answers=every_answer(assignment), now=NOW)
    assignment.refresh_from_db()
    assert (assignment.status, assignment.scores.count()) == ("recused", 0)


def test_after_the_close_a_changed_csm_rewrites_no_result():
    program = make_judging(judges=1, nominations=1)
    score(Assignment.objects.get())
    csm(program.judges.get().user, program.nominations.get())
    assert services.assign_judges(program=program, now=program.judging_closes_at.replace(year=2027)) == 0
    assert Assignment.objects.get().status == "done"


def test_a_conflict_that_stands_is_not_reopened(program):
    judge, nomination = make_judge(program), make_nomination(program)
    csm(judge.user, nomination)
    services.open_judging(program=program, by=None, now=NOW)
    with pytest.raises(AssignmentClosed, match="still stands"):
        services.reopen(assignment=Assignment.objects.get(), by=make_team(), now=NOW)


def test_a_judge_without_ties_is_no_conflict(program):
    nomination = make_nomination(program, nominator=make_user("csm", manager=make_user("leader")))
    nomination = conflicts.with_facts(Nomination.objects.filter(pk=nomination.pk)).get()
    assert conflicts.conflict(make_user("judge"), nomination) == ""


def test_a_similar_domain_is_another_company(program):
    nomination = make_nomination(program)
    judge = make_user("judge", email=f"judge@not{nomination.account.domain}")
    assert conflicts.conflict(judge, nomination) == ""


def test_a_nomination_without_account_or_nominee_is_looked_at_too(program):
    nomination = make_nomination(program, nominee=None, account=None)
    assert conflicts.conflict(make_user("judge"), nomination) == ""


def test_many_nominations_take_no_more_queries_than_one(program, django_assert_num_queries):
    def look(number):
        for nomination in conflicts.with_facts(Nomination.objects.order_by("pk")[:number]):
            conflicts.conflict(judge, nomination)

    judge = make_user("judge")
    for _number in range(3):
        make_nomination(program, nominee=make_advocate()).supporters.add(make_user("sales"))
    for number in (1, 3):
        with django_assert_num_queries(6):
            look(number)
