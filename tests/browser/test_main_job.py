"""Nominate, judge, win, become an advocate, be found, be asked, report back: in the browser, by five roles."""

import pytest

from advocacy.models import Account, Advocate, Ask
from awards.models import Assignment, Result
from nominations.models import Nomination
from outbox.models import Message
from references.models import ReferenceRequest
from tests.browser import journey
from tests.browser.conftest import SMALL
from tests.factories import make_account, make_judge, make_opportunity, make_program, make_user
from tests.real_input import needs_real_input, real_file


@pytest.fixture
def people():
    roles = ["csm", "sales", "advocacy_team", "leader", "judge"]
    everyone = {role: make_user(role, password=journey.PASSWORD) for role in roles}
    return everyone | {"second_judge": make_user("judge", password=journey.PASSWORD)}


def test_a_nomination_becomes_a_completed_reference(new_page, people):
    """The shortest way through: one nomination, one judge."""
    account = make_account(name="Gemeente Oosterwaard", csm=people["csm"])
    deal = make_opportunity(name="Lakemont first contract")
    program = make_program(phase="open")
    csm, judge, team, sales = (journey.arrived(new_page, people[role]) for role in ["csm", "judge", "advocacy_team", "sales"])
    nominee = {"name": "Femke Roelofsen", "email": "femke@oosterwaard.example", "title": "Head of Permits"}
    journey.nominate(csm, program, company=account.name, nominee=nominee)
    nomination = Nomination.objects.submitted().get(account=account)
    journey.record_yes(csm, nomination)

    journey.open_judging_today(program)
    make_judge(program, user=people["judge"])
    journey.hand_out(team, program)
    assert journey.score_all(judge, [4]) == 1
    journey.close_judging(team, program)
    journey.choose_first(team, program, reason="One judge has read it.")
    journey.accept_and_announce(team, program)
    winner = Advocate.objects.active().get()
    assert winner.stories.get().headline == nomination.headline

    journey.find(sales, "file desk permit")
    journey.ask(sales, deal=deal)
    assert winner.email not in sales.content()
    journey.approve(csm, deal)
    journey.schedule(csm, deal)
    journey.complete(sales, deal)
    assert ReferenceRequest.objects.get().status == ReferenceRequest.Status.COMPLETED
    assert winner.asks.get(activity_type__code="reference-call").state == Ask.State.DONE


@pytest.mark.slow
def test_the_same_with_a_self_nomination_two_judges_a_tie_and_a_leader(new_page, people):
    account = make_account(name="Gemeente Oosterwaard", csm=people["csm"])
    other = make_account(name="Andes Cargo", domain="andes.example", csm=people["csm"])
    deal = make_opportunity(name="Lakemont first contract")
    program = make_program(phase="open")

    csm = journey.signed_in(new_page, people["csm"])
    nominee = {"name": "Femke Roelofsen", "email": "femke@oosterwaard.example", "title": "Head of Permits"}
    journey.nominate(csm, program, company=account.name, nominee=nominee)
    journey.nominate_oneself(new_page(), program, name="Paz Urrejola", email="paz@andes.example", company=other.name)
    assert Nomination.objects.submitted().filter(account__in=[account, other]).count() == 2
    assert Message.objects.filter(recipient=people["csm"].email).exists()  # the CSM hears of it first
    nomination = Nomination.objects.get(account=account)
    journey.record_yes(csm, nomination)

    journey.open_judging_today(program)
    team = journey.signed_in(new_page, people["advocacy_team"])
    journey.appoint(team, program, people["judge"], people["second_judge"])
    journey.hand_out(team, program)
    assert journey.score_all(journey.signed_in(new_page, people["judge"]), [4]) == 2
    assert journey.score_all(journey.signed_in(new_page, people["second_judge"]), [5]) == 2

    journey.close_judging(team, program)
    journey.choose_first(team, program, reason="Equal in rank; they can be named.")
    chosen = Nomination.objects.get(entries__status="selected")
    if chosen != nomination:
        journey.record_yes(csm, chosen)
        team.goto(f"/admin/results/{program.slug}/")
    journey.accept_and_announce(team, program)
    winner = Advocate.objects.active().get()
    assert Result.objects.filter(program=program).exists()
    assert winner.stories.get().headline == chosen.headline

    sales = journey.signed_in(new_page, people["sales"])
    journey.find(sales, "file desk permit" if chosen == nomination else "papers data")
    assert winner.email not in sales.content()
    journey.ask(sales, deal=deal)
    assert winner.email not in sales.content()
    journey.approve(csm, deal)
    journey.schedule(csm, deal)
    journey.complete(sales, deal)

    request = ReferenceRequest.objects.get()
    assert request.status == ReferenceRequest.Status.COMPLETED
    assert winner.asks.get(activity_type__code="reference-call").state == Ask.State.DONE

    leader = journey.signed_in(new_page, people["leader"])
    journey.open_request(leader, deal, "?view=all&status=ended")
    leader.get_by_text("They moved to contract talks.").first.wait_for()


@needs_real_input
@pytest.mark.slow
def test_the_same_on_real_stories(new_page, people):
    deal = make_opportunity(name="Lakemont first contract")
    program = make_program(phase="open")
    team = journey.signed_in(new_page, people["advocacy_team"])
    journey.import_file(team, "/admin/advocacy/account/", real_file("crm/accounts.csv"))
    journey.import_file(team, "/admin/nominations/nomination/", real_file("stories/stories.csv"), program=program)
    assert Account.objects.count() >= 85
    assert Nomination.objects.submitted().count() == 112

    journey.open_judging_today(program)
    journey.appoint(team, program, people["judge"], people["second_judge"])
    journey.hand_out(team, program)
    for judge in ("judge", "second_judge"):
        page = journey.signed_in(new_page, people[judge])
        page.goto("/admin/judging/")
        page.get_by_role("link", name="Go on with the next one").click()
        for number in range(10):
            journey.score(page, 5 if number == 3 else 3)
    assert Assignment.objects.done().count() == 20

    journey.close_judging(team, program)
    journey.choose_first(team, program)
    chosen = Nomination.objects.get(entries__status="selected")
    journey.record_yes(team, chosen)
    team.goto(f"/admin/results/{program.slug}/")
    journey.accept_and_announce(team, program, has_mails=False)
    winner = Advocate.objects.active().get()
    assert winner == chosen.nominee

    sales = journey.signed_in(new_page, people["sales"])
    journey.find(sales, "jenkins")
    journey.ask(sales, deal=deal)
    journey.approve(team, deal)
    journey.schedule(team, deal)
    journey.complete(sales, deal)
    assert ReferenceRequest.objects.get().status == ReferenceRequest.Status.COMPLETED


@pytest.mark.parametrize("color_scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_sales_searches_on_a_small_phone(new_page, people, color_scheme):
    page = new_page(viewport=SMALL, color_scheme=color_scheme)
    journey.sign_in_by_hand(page, people["sales"].email, journey.PASSWORD)
    page.goto("/advocates/")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
