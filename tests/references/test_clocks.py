"""What happens when nobody does anything, and when bad luck strikes: every request goes on or ends with an answer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse

from advocacy.models import Advocate
from outbox.models import Message
from outbox.preferences import choose
from references import services
from references.exceptions import AnsweredMeanwhile, TooSoon
from references.models import ReferenceRequest, RequestClocks, SavedSearch, SearchRow, UnmetNeed
from references.search import upkeep
from references.search.bits import execute
from references.services import clocks, saved
from references.services.due import APPROVAL, due_for
from tests.factories import make_account, make_opportunity, make_reference, make_user
from tests.references import clockwork

pytestmark = pytest.mark.django_db
SATURDAY = datetime(2026, 3, 7, 12, tzinfo=UTC)


def mails(kind, **about):
    return list(Message.objects.filter(kind=kind, **about).order_by("pk").values_list("recipient", flat=True))


def last_mail(kind="request_answered"):
    return Message.objects.filter(kind=kind).order_by("pk").last().text


def now_asked(request):
    candidate = request.candidates.current().first()
    return candidate and candidate.advocate


def fresh(request):
    return ReferenceRequest.objects.get(pk=request.pk)


def approve(request, now):
    candidate = request.candidates.current().get()
    services.approve_candidate(candidate=candidate, by=candidate.advocate.account.csm, now=now)
    return request


# Due times ------------------------------------------------------------------------------------


def test_a_step_is_due_in_the_working_hours_of_its_holder(ask, advocate, csm):
    csm.time_zone, csm.workday_starts = "America/New_York", "10:00"
    csm.save()
    csm.refresh_from_db()

    request = ask(advocate, at=SATURDAY)

    # Monday 17:00 in New York, where the clocks went forward on Sunday.
    assert request.due_at == datetime(2026, 3, 9, 21, tzinfo=UTC)


def test_the_team_can_give_the_steps_more_time(ask, advocate, now):
    RequestClocks.objects.create(approval=3, overall=4)

    request = ask(advocate)

    assert (request.due_at - now, request.overall_due_at - now) == (timedelta(days=3), timedelta(days=4))
    assert request.candidates.get().ask.held_until > request.due_at


# The next one ---------------------------------------------------------------------------------


def test_after_a_no_the_next_in_line_is_asked(ask, advocate, csm, sales, now):
    second, third = make_reference(now=now), make_reference(now=now)
    request = ask(advocate, line=[second, third])

    later = now + timedelta(hours=2)
    services.decline_candidate(candidate=request.candidates.current().get(), by=csm, note="Zoë Lindqvist moves.", now=later)

    assert (now_asked(request), fresh(request).status) == (second, "proposed")
    assert mails("request_answered") == [sales.email]
    assert f"an answer is due by {fresh(request).due_at:%-d %B %Y, %H:%M} (UTC)" in last_mail()
    assert "Lindqvist" not in last_mail()


def test_when_the_csm_is_silent_the_next_one_is_asked_until_the_line_is_done(ask, advocate, now):
    second = make_reference(now=now)
    request = ask(advocate, line=[second])

    clockwork.run_clocks(now=now + timedelta(days=2))
    assert now_asked(request) == second
    clockwork.run_clocks(now=now + timedelta(days=4))
    assert (now_asked(request), fresh(request).status) == (None, "expired")


def test_with_an_empty_line_the_best_who_is_free_is_asked(ask, advocate, csm, now):
    busy, free = make_reference(now=now), make_reference(now=now)
    request = ask(advocate)
    ask(busy)

    services.decline_candidate(candidate=request.candidates.get(), by=csm, note="No.", now=now)

    assert now_asked(request) == free
    # Held to the end of this transaction it would keep every other search waiting.
    locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objid = %s"
    assert execute(locks, [upkeep.LOCK]) == [(0,)]


def test_somebody_imported_a_moment_ago_can_wait_in_line(ask, advocate, now):
    second = make_reference(now=now)
    SearchRow.objects.filter(pk=second.pk).delete()

    assert ask(advocate, line=[second]).candidates.in_line().get().advocate == second


def test_one_of_the_line_without_a_place_is_left_out_with_the_reason(ask, advocate, csm, now):
    paused, third = make_reference(now=now), make_reference(now=now)
    request = ask(advocate, line=[paused, third])
    Advocate.objects.filter(pk=paused.pk).update(rests_until=now.date() + timedelta(days=9))

    services.decline_candidate(candidate=request.candidates.current().get(), by=csm, note="No.", now=now)

    assert now_asked(request) == third
    assert "Not now, says the CSM" in request.candidates.get(advocate=paused).note


def test_a_person_can_stop_the_clock_from_choosing(ask, advocate, csm, sales, now):
    request = ask(advocate, line=[make_reference(now=now)])
    services.let_go_on(request=request, alone=False)

    services.decline_candidate(candidate=request.candidates.current().get(), by=csm, note="No.", now=now)

    request = fresh(request)
    assert (request.status, request.holder, now_asked(request)) == ("open", None, None)
    clockwork.run_clocks(now=now + timedelta(days=3))
    assert fresh(request).status == "open"


def test_nobody_is_replaced_after_a_no(ask, advocate, csm, team, now):
    request = ask(advocate)
    services.let_go_on(request=request, alone=False)
    who = {"candidate": request.candidates.get(), "now": now}
    services.decline_candidate(by=csm, note="No.", **who)

    with pytest.raises(AnsweredMeanwhile):
        services.replace_candidate(advocate=make_reference(now=now), by=team, note="Another.", **who)
    assert request.candidates.get().note == "No."


def test_too_late_for_another_the_request_ends(ask, advocate, csm, now):
    request = ask(advocate, line=[make_reference(now=now)], needed_by=(now + timedelta(days=2)).date())

    services.decline_candidate(candidate=request.candidates.current().get(), by=csm, note="No.", now=now + timedelta(days=2))

    assert fresh(request).status == "declined"
    assert [candidate.state for candidate in request.candidates.order_by("pk")] == ["withdrawn", "declined"]


def test_nobody_found_is_an_answer_with_what_was_tried_and_a_need(ask, advocate, csm, sales, now):
    request = ask(advocate, wanted={"region": ["emea"]})

    services.decline_candidate(candidate=request.candidates.get(), by=csm, note="They move house.", now=now)

    assert "Nobody could be found" in last_mail()
    assert "Head of Operations, EMEA, Enterprise: They move house." in last_mail()
    need = UnmetNeed.objects.get()
    assert (need.request, need.user, need.region) == (request, sales, "emea")


def test_a_request_left_to_a_silent_team_finds_somebody_by_itself(ask, team, now):
    request = ask()
    assert mails("request_for_team") == [team.email]
    free = make_reference(now=now)

    clockwork.run_clocks(now=now + timedelta(hours=23))
    assert now_asked(request) is None
    clockwork.run_clocks(now=now + timedelta(days=1))
    assert now_asked(request) == free


def test_the_requester_hears_once_when_the_promised_time_has_passed(ask, team, sales, now):
    request = ask()
    services.let_go_on(request=request, alone=False)

    for hours in (24, 48, 49, 72):
        clockwork.run_clocks(now=now + timedelta(hours=hours))

    assert mails("request_answered") == [sales.email]
    assert "We promised you an answer by 4 March 2026, 12:00 (UTC)" in last_mail()
    assert "the turn of the advocacy team" in last_mail()


def test_what_goes_wrong_for_one_person_keeps_no_mail_from_the_others(advocate, now, monkeypatch):
    people, look = [make_user("sales") for _ in range(3)], saved.new_matches
    for user in people:
        saved.save_search(user=user, name="All", search=saved.search_from(""), mails=True, now=now)
    SavedSearch.objects.update(known=[])
    monkeypatch.setattr(saved, "new_matches", lambda one, now: fail() if one.user == people[0] else look(one, now))

    assert clockwork.mail_new_matches(now=now) == 2


def fail():
    raise OperationalError("The query took too long.")


# Managers and absences ------------------------------------------------------------------------


def test_a_late_step_goes_up_to_the_manager_once_who_can_answer(client, ask, advocate, csm, now):
    csm.manager = manager = make_user("csm")
    csm.save()
    request = ask(advocate)
    assert not ReferenceRequest.objects.visible_to(manager).exists()

    for hours in (23, 24, 25):
        clockwork.escalate_overdue(now=now + timedelta(hours=hours))

    assert sorted(mails("request_overdue")) == sorted([csm.email, manager.email])
    assert ReferenceRequest.objects.visible_to(manager).get() == request


def test_a_manager_answers_for_those_who_speak_for_the_customer_and_reads_no_address(client, ask, advocate, csm, sales, now):
    request, managers = ask(advocate), {person: make_user("sales") for person in (csm, sales)}
    services.approve_candidate(candidate=request.candidates.get(), by=csm, now=now)
    seen = []
    for holder, manager in managers.items():
        holder.manager = manager
        holder.save()
        # The requester's step may have come to their own manager, when they left.
        held_by = manager if holder == sales else holder
        manager.manager = above = make_user("sales")
        manager.save()
        ReferenceRequest.objects.filter(pk=request.pk).update(holder=held_by, escalated_at=now)
        client.force_login(above if holder == sales else manager)
        seen.append(client.get(reverse("request-ask", args=[request.pk])))

    assert [page.status_code for page in seen] == [200, 403]
    assert advocate.email not in seen[0].content.decode()


def test_without_a_manager_the_team_hears(ask, advocate, csm, team, now):
    ask(advocate)
    choose(team.email, {"references": "daily"}, now=now)
    clockwork.escalate_overdue(now=now + timedelta(days=1))
    assert sorted(mails("request_overdue")) == sorted([csm.email, team.email])
    gathered = Message.objects.get(kind="request_overdue", recipient=team.email)
    assert (gathered.is_gathered, gathered.not_before.date()) == (True, (now + timedelta(days=2)).date())


def test_the_next_step_may_be_late_anew(ask, advocate, now):
    request = ask(advocate)
    clockwork.escalate_overdue(now=now + timedelta(days=1))

    approve(request, now + timedelta(days=1))

    assert fresh(request).escalated_at is None
    assert set(Message.objects.filter(kind="request_overdue").values_list("state", flat=True)) == {"cancelled"}


def test_when_the_csm_has_left_the_team_stands_in_and_the_request_moves_by_itself(ask, advocate, csm, team, now):
    request = ask(advocate)
    csm.is_active = False
    csm.save()

    for _tick in range(2):
        clockwork.run_clocks(now=now + timedelta(hours=1))

    assert fresh(request).holder is None
    assert mails("request_approval") == [csm.email, team.email]
    assert fresh(request).due_at == due_for(APPROVAL, None, now + timedelta(hours=1))


def test_after_approval_too_somebody_stands_in_for_who_has_left(ask, advocate, csm, now):
    request = approve(ask(advocate), now)
    csm.is_active = False
    csm.save()

    services.follow_those_who_left(now=now)

    assert fresh(request).holder is None


def test_a_csm_who_comes_to_the_account_takes_over(ask, advocate, csm, now):
    request, successor = ask(advocate), make_user("csm")
    advocate.account.csm = successor
    advocate.account.save()

    clockwork.run_clocks(now=now + timedelta(hours=1))

    assert fresh(request).holder == successor


# Bad luck -------------------------------------------------------------------------------------


def test_a_decided_deal_frees_the_customer_who_is_told_and_so_is_the_requester(ask, advocate, csm, sales, now):
    deal = make_opportunity()
    request = approve(ask(advocate, opportunity=deal), now)
    services.schedule_request(request=request, at=now + timedelta(days=5), by=csm, now=now)
    deal.is_won = False
    deal.save()

    for _tick in range(2):
        clockwork.run_clocks(now=now + timedelta(hours=1))

    assert (fresh(request).status, advocate.asks.get().state) == ("cancelled", "cancelled")
    assert mails("request_called_off") == [csm.email]
    assert "The deal was lost in the meantime." in last_mail()
    assert Message.objects.filter(recipient=advocate.email).count() >= 1


def test_a_call_that_took_place_before_the_deal_was_decided_is_still_reported(ask, advocate, csm, now):
    deal = make_opportunity()
    request = approve(ask(advocate, opportunity=deal), now)
    services.schedule_request(request=request, at=now + timedelta(days=1), by=csm, now=now)
    deal.is_won = True
    deal.save()

    services.stop_for_closed_deals(now=now + timedelta(days=2))

    assert fresh(request).status == "scheduled"


def test_a_customer_who_was_never_asked_is_not_written_to(ask, advocate, sales, now):
    services.cancel_request(request=ask(advocate), by=sales, now=now)
    assert not Message.objects.filter(recipient=advocate.email).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"status": "paused"},
        {"status": "retired"},
        {"account": "another"},
    ],
)
def test_an_advocate_who_changes_while_the_csm_thinks_gives_way_to_the_next(ask, advocate, now, change):
    second = make_reference(now=now)
    request = ask(advocate, line=[second])
    change = {"account": make_account()} if "account" in change else change
    Advocate.objects.filter(pk=advocate.pk).update(**change)

    clockwork.run_clocks(now=now + timedelta(minutes=5))

    assert now_asked(request) == second
    assert advocate.asks.get().state == "expired"


def test_not_now_lets_the_customer_rest_for_everybody(ask, advocate, csm, now):
    services.decline_for_now(candidate=ask(advocate).candidates.get(), by=csm, note="A hard month.", now=now)

    advocate.refresh_from_db()
    assert advocate.rests_until == now.date() + timedelta(days=30)


def test_another_of_the_csms_own_is_approved_by_the_same_word(ask, advocate, csm, now):
    request, other = ask(advocate), make_reference(now=now, account=make_account(csm=csm))

    services.replace_candidate(candidate=request.candidates.get(), advocate=other, by=csm, note="Knows more.", now=now)

    assert (now_asked(request), fresh(request).status) == (other, "approved")
    assert advocate.asks.get().state == "cancelled"
    assert mails("request_approval", state="queued") == []


def test_one_request_that_breaks_a_rule_does_not_stop_the_clock_for_the_others(ask, advocate, now, monkeypatch):
    first, second = ask(advocate), ask(make_reference(now=now))
    settle = clocks._settle

    def break_the_first(request, moment):
        if request == first:
            raise TooSoon("Broken.")
        return settle(request, moment)

    monkeypatch.setattr(clocks, "_settle", break_the_first)
    assert services.settle_lapsed(now=now + timedelta(days=2)) == 1
    assert [request.candidates.count() for request in (first, second)] == [1, 2]
