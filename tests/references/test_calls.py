"""From the question to the customer to what came of it: the customer, the prospect, calendars, debriefs, thanks."""

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from django.db.models import F
from django.urls import reverse
from icalendar import Calendar

from advocacy.exceptions import LinkUsed
from advocacy.links import find_link
from advocacy.models import Advocate, Ask, Opportunity, SecretLink, StatusChange
from outbox import clocks
from outbox.models import Message
from references import services
from references.exceptions import AnsweredMeanwhile, NotWanted, NotYet, TimeGone, TimesRefused
from references.models import ReferenceRequest, Slot
from references.services import debriefs, slots, thanks
from references.services.slots import seen_of
from tests.browser.journey import link_in
from tests.factories import make_reference
from tests.references import clockwork

pytestmark = pytest.mark.django_db

ZONE = "Europe/Berlin"


@pytest.fixture
def candidate(ask, advocate, csm, now):
    """Approved: the customer is to be asked."""
    request = ask(advocate, prospect_email="ada@prospect.example", prospect_name="Ada Prospect", avoid="Call +49 170 1234567.")
    candidate = request.candidates.get()
    services.approve_candidate(candidate=candidate, by=csm, now=now)
    return candidate


def starts(now, *days):
    return [now + timedelta(days=day) for day in days or (3, 4, 5)]


def offer(candidate, now, *days, **fields):
    services.offer_times(candidate=candidate, starts=starts(now, *days), zone=ZONE, by=None, now=now, **fields)
    return list(candidate.slots.all())


def agree(candidate, now):
    first = offer(candidate, now)[0]
    services.pick_time(candidate=candidate, slot=first.pk, seen="", by=None, now=now)
    return fresh(candidate.request)


def fresh(request):
    return ReferenceRequest.objects.get(pk=request.pk)


def mails(kind, **fields):
    return list(Message.objects.filter(kind=kind, **fields).order_by("pk"))


def entries(**fields):
    found = []
    for message in Message.objects.filter(**fields).order_by("pk"):
        found += [Calendar.from_ical(file["text"]) for file in message.attachments]
    return found


def facts(calendar):
    [event] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), int(event["SEQUENCE"]), event.decoded("DTSTART"), str(event["UID"])


# Asking ---------------------------------------------------------------------------------------


def test_laurel_asks_the_customer_with_a_page_and_answers_go_to_the_csm(candidate, csm, now):
    services.ask_by_laurel(candidate=candidate, by=csm, now=now)

    [mail] = mails("customer_asked")
    assert (mail.recipient, mail.reply_to) == ("zoe@northwind.example", csm.email)
    assert "/speak/" in mail.text
    assert "30 minutes (call)" in mail.text
    assert not [leak for leak in ("ada@", "1234567") if leak in mail.text]
    assert fresh(candidate.request).holder == csm


def test_the_csm_gets_a_ready_text_with_the_customers_page(candidate, csm, now):
    mail = services.ask_in_own_words(candidate=candidate, by=csm, link_to="https://x/{}".format, now=now)

    assert mail.to == "zoe@northwind.example"
    assert "https://x/" in mail.text
    assert mail.text.endswith(csm.name)
    assert mails("customer_asked") == []


# Yes: times -----------------------------------------------------------------------------------


def test_a_yes_asks_the_prospect_and_tells_the_requester(candidate, sales, csm, now):
    offer(candidate, now)

    [asked], [told] = mails("prospect_picks"), mails("times_offered")
    assert (asked.recipient, asked.reply_to, told.recipient) == ("ada@prospect.example", sales.email, sales.email)
    words = asked.text + asked.html + told.text
    assert not [leak for leak in ("zoe@", "Lindqvist", "Northwind") if leak in words]
    assert fresh(candidate.request).holder == sales
    assert candidate.advocate.asks.get().state == "accepted"
    assert mails("customer_answered")[0].recipient == csm.email


def test_the_customers_zone_is_remembered(candidate, now):
    offer(candidate, now)

    assert Advocate.objects.get(pk=candidate.advocate_id).time_zone == ZONE


@pytest.mark.parametrize("hours", [(72, 96), (72, 72.2, 96), (-1, 72, 96, 120), (72, 96, 24 * 40)])
def test_too_few_overlapping_past_and_late_times_are_refused(candidate, now, hours):
    moments = [now + timedelta(hours=hour) for hour in hours]

    with pytest.raises(TimesRefused):
        services.offer_times(candidate=candidate, starts=moments, zone=ZONE, by=None, now=now)
    assert not candidate.slots.exists()


def test_in_writing_needs_no_times(candidate, csm, sales, now):
    ReferenceRequest.objects.update(format="written")
    services.promise_in_writing(candidate=candidate, by=None, now=now)
    services.complete_request(request=candidate.request, by=sales, outcome="Two pages.", now=now)

    assert fresh(candidate.request).status == "completed"
    assert candidate.advocate.asks.get().state == "done"


# No and later ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("refusal", "answer", "status"), [("kind", "no", "active"), ("ask_first", "ask_first", "active"), ("busy", "yes", "active"), ("at_all", "yes", "paused")])  # fmt: skip
def test_a_no_feeds_the_profile(candidate, now, refusal, answer, status):
    services.take_no(candidate=candidate, refusal=refusal, note="Sorry.", by=None, now=now)

    advocate = Advocate.objects.get(pk=candidate.advocate_id)
    assert (advocate.willingness.get().answer, advocate.status) == (answer, status)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.ask.state) == ("declined", "declined")
    assert candidate.note == candidate.get_refusal_display()


def test_what_the_customer_writes_with_a_no_is_for_the_csm_and_not_for_sales(client, asked, csm, sales):
    token = token_of("customer_asked", "/speak/")
    speak(client, token, answer="no", refusal="topic", note="Your support was rude.")

    assert "rude" in mails("customer_answered", recipient=csm.email)[0].text
    client.force_login(sales)
    told = client.get(reverse("request", args=[asked.request_id])).content.decode() + "".join(
        mail.text for mail in Message.objects.filter(recipient=sales.email)
    )
    assert "Not this topic" in told
    assert "rude" not in told


def test_after_a_no_the_next_one_is_proposed_and_the_customer_thanked(candidate, csm, now):
    other = make_reference(now=now)
    services.ask_by_laurel(candidate=candidate, by=csm, now=now)

    services.take_no(candidate=candidate, refusal="busy", note="", by=None, now=now)

    assert candidate.request.candidates.get(state="proposed").advocate == other
    [mail] = mails("call_off")
    assert mail.recipient == "zoe@northwind.example"
    assert "That is all right" in mail.text


def test_later_rests_the_customer_until_the_day_and_gives_the_ask_back(candidate, now):
    day = (now + timedelta(days=40)).date()

    services.take_later(candidate=candidate, until=day, by=None, now=now)

    advocate = Advocate.objects.get(pk=candidate.advocate_id)
    assert (advocate.status, advocate.paused_until) == ("paused", day)
    assert advocate.asks.get().state == "cancelled"


# Choosing -------------------------------------------------------------------------------------


def test_both_get_an_entry_without_the_other_sides_address(candidate, csm, sales, now):
    request = agree(candidate, now)

    to_advocate, to_prospect = mails("call_agreed")
    assert [facts(entry)[:3] for entry in entries(kind="call_agreed")] == [("REQUEST", 1, request.scheduled_for)] * 2
    assert f'ORGANIZER;CN="{csm.name}":mailto:{csm.email}' in to_advocate.attachments[0]["text"].replace("\r\n ", "")
    assert sales.email in to_prospect.attachments[0]["text"].replace("\r\n ", "")
    assert "ada@" not in str(to_advocate.attachments) + to_advocate.text
    assert not [leak for leak in ("zoe@", "Lindqvist", "Northwind") if leak in str(to_prospect.attachments) + to_prospect.text]
    assert candidate.advocate.asks.get().counts_on == request.scheduled_for.date()


def test_without_an_address_the_prospects_entry_goes_to_the_requester(candidate, sales, now):
    ReferenceRequest.objects.update(prospect_email="")
    candidate.refresh_from_db()
    agree(candidate, now)

    assert mails("prospect_picks") == []
    assert [mail.recipient for mail in mails("call_agreed")] == ["zoe@northwind.example", sales.email]


def test_without_an_address_the_customers_entry_goes_to_the_csm_to_pass_on(candidate, csm, now):
    Advocate.objects.update(email="")
    agree(candidate, now)

    assert [mail.recipient for mail in mails("call_agreed")] == [csm.email, "ada@prospect.example"]


def test_once_it_was_to_begin_no_other_time_is_chosen(candidate, now):
    request = agree(candidate, now)
    second = candidate.slots.all()[1]

    with pytest.raises(NotWanted):
        services.pick_time(candidate=candidate, slot=second.pk, seen=seen_of(request), by=None, now=request.scheduled_for)


def test_a_new_time_replaces_the_entry_and_is_history(candidate, now):
    request = agree(candidate, now)
    second = candidate.slots.all()[1]

    services.pick_time(candidate=candidate, slot=second.pk, seen=seen_of(request), by=None, now=now)

    first_entry, _other, moved, _too = map(facts, entries(kind="call_agreed"))
    assert (moved[0], moved[1], moved[2], moved[3]) == ("REQUEST", 2, second.starts_at, first_entry[3])
    changes = StatusChange.objects.filter(content_type__model="referencerequest", to_status="scheduled")
    assert [change.from_status for change in changes.order_by("pk")] == ["approved", "scheduled"]


def test_of_two_who_choose_the_second_hears_what_the_first_chose(candidate, now):
    slots = offer(candidate, now)
    services.pick_time(candidate=candidate, slot=slots[0].pk, seen="", by=None, now=now)

    with pytest.raises(AnsweredMeanwhile):
        services.pick_time(candidate=candidate, slot=slots[1].pk, seen="", by=None, now=now)
    assert fresh(candidate.request).scheduled_for == slots[0].starts_at


def test_a_time_that_has_passed_cannot_be_chosen(candidate, now):
    slot = offer(candidate, now)[0]

    with pytest.raises(TimeGone):
        services.pick_time(candidate=candidate, slot=slot.pk, seen="", by=None, now=slot.starts_at)


def test_when_all_times_have_passed_the_customer_is_asked_again_once(candidate, now):
    offer(candidate, now)
    later = now + timedelta(days=6)

    assert [services.renew_passed_times(now=later), services.renew_passed_times(now=later)] == [1, 0]
    assert len(mails("customer_asked")) == 1


def test_who_cannot_make_it_goes_back_to_choosing(candidate, csm, now):
    agree(candidate, now)

    services.want_other_times(candidate=candidate, why="Travelling.", by=None, now=now)

    request = fresh(candidate.request)
    assert (request.status, request.scheduled_for, request.holder) == ("scheduled", None, csm)
    assert [facts(entry)[:2] for entry in entries(kind="call_off")] == [("CANCEL", 2)] * 2
    agree(candidate, now + timedelta(days=1))
    assert [facts(entry)[1] for entry in entries(kind="call_agreed")] == [1, 1, 3, 3]


def test_sales_reads_no_name_in_the_words_of_whoever_asks_for_other_times(candidate, csm, now):
    offer(candidate, now)

    services.want_other_times(candidate=candidate, why="Zoë of Northwind is ill.", by=csm, now=now)

    text = mails("other_times")[-1].text
    assert "is ill." in text
    assert not [leak for leak in ("Zoë", "Northwind") if leak in text]


def test_the_customer_withdraws_after_a_time_was_agreed(candidate, now):
    agree(candidate, now)

    services.take_no(candidate=candidate, refusal="busy", note="", by=None, now=now)

    assert sorted(mail.recipient for mail in mails("call_off")) == ["ada@prospect.example", "zoe@northwind.example"]
    assert {facts(entry)[0] for entry in entries(kind="call_off")} == {"CANCEL"}


def test_when_the_deal_closes_the_customer_is_told_and_freed(candidate, now):
    request = agree(candidate, now)
    request.opportunity.is_won = False
    request.opportunity.save()

    services.stop_for_closed_deals(now=now)

    assert fresh(request).status == "cancelled"
    assert {facts(entry)[0] for entry in entries(kind="call_off", recipient="zoe@northwind.example")} == {"CANCEL"}
    assert candidate.advocate.asks.get().state == "cancelled"


def test_the_day_passes_before_the_customer_answers_and_they_are_told(candidate, csm, now):
    services.ask_by_laurel(candidate=candidate, by=csm, now=now)

    services.settle_lapsed(now=now + timedelta(days=15))

    [mail] = mails("call_off")
    assert mail.attachments == []


# Afterwards -----------------------------------------------------------------------------------


def test_the_clocks_pass_over_a_row_that_breaks_a_rule(candidate, sales, now, monkeypatch):
    refuse = Mock(side_effect=NotWanted("No."))
    request, at = completed(candidate, sales, now)
    ReferenceRequest.objects.filter(pk=request.pk).update(thanked_at=at)
    Opportunity.objects.update(is_won=True)
    monkeypatch.setattr(thanks.call_mails, "deal_won", refuse)
    monkeypatch.setattr(debriefs.call_mails, "debrief_wanted", refuse)

    tallies = [clocks.run(clocks.rule_of(code), at) for code in ("deal_won", "debrief_wanted")]
    assert [(tally.written, tally.failed) for tally in tallies] == [(0, 1), (0, 1)]
    Slot.objects.update(starts_at=F("starts_at") - timedelta(days=30))
    ReferenceRequest.objects.update(status="scheduled", scheduled_for=None)
    monkeypatch.setattr(slots, "want_other_times", refuse)
    assert services.renew_passed_times(now=at) == 0
    assert refuse.call_count == 3


def test_it_cannot_be_over_before_it_began(candidate, sales, now):
    request = agree(candidate, now)

    with pytest.raises(NotYet, match=rf"\({sales.time_zone}\)"):
        services.complete_request(request=request, by=sales, outcome="Fine.", now=now)
    with pytest.raises(NotYet):
        services.note_no_show(request=request, by=sales, now=now)


def test_both_sides_are_asked_once_when_it_is_over(candidate, now):
    request = agree(candidate, now)
    over = request.scheduled_for + timedelta(minutes=30)

    counts = [clockwork.ask_after_calls(now=at) for at in (over - timedelta(minutes=1), over, over + timedelta(hours=1))]

    assert counts == [0, 1, 0]
    assert {mail.recipient for mail in mails("debrief_wanted")} == {"ada@prospect.example", "zoe@northwind.example"}


def test_the_prospects_own_words_stand_over_the_requesters(candidate, sales, now):
    at = agree(candidate, now).scheduled_for + timedelta(hours=1)
    told = {"candidate": candidate, "side": "prospect", "now": at}
    services.answer_debrief(by=sales, went_well=3, **told)
    services.answer_debrief(by=None, went_well=5, **told)

    assert services.answer_debrief(by=sales, went_well=1, **told).went_well == 5


def completed(candidate, sales, now, **fields):
    request = agree(candidate, now)
    at = request.scheduled_for + timedelta(hours=1)
    services.complete_request(request=request, by=sales, outcome="Write to ada@prospect.example.", now=at, **fields)
    return fresh(request), at


def test_thanks_go_once_with_answers_to_the_csm_and_without_addresses(candidate, sales, csm, now):
    request, at = completed(candidate, sales, now)
    for _twice in range(2):
        services.thank_advocate(request=request, text="Thank you. ada@prospect.example says hello.", by=sales, now=at)

    [mail] = mails("customer_thanks")
    assert (mail.recipient, mail.reply_to) == ("zoe@northwind.example", csm.email)
    assert "ada@" not in mail.text


def test_nobody_else_thanks_in_the_requesters_name(client, candidate, sales, csm, now):
    request, _at = completed(candidate, sales, now)
    client.force_login(csm)

    sent = client.post(reverse("request-after", args=[request.pk]), {"answer": "thanks", "text": "Thanks."})

    assert (sent.status_code, mails("customer_thanks")) == (403, [])


def test_a_win_is_told_once_and_claims_no_cause(candidate, sales, now):
    request, at = completed(candidate, sales, now)
    request.opportunity.is_won = True
    request.opportunity.save()
    said_no = Ask.objects.create(advocate=make_reference(), activity_type=request.activity_type, state="declined", counts_on=now, ended_at=now - timedelta(days=30))  # fmt: skip
    request.candidates.create(advocate=said_no.advocate, ask=said_no, state="declined")

    counts = [clockwork.tell_of_wins(now=at + timedelta(days=days)) for days in (1, 8, 9)]

    assert counts == [0, 1, 0]
    assert "Many things go into such a decision" in mails("deal_won")[0].text


# Pages behind links ---------------------------------------------------------------------------


def token_of(kind, path):
    return link_in(mails(kind)[-1].text, path).split("/")[2]


@pytest.fixture
def asked(candidate, csm, time_machine, now):
    time_machine.move_to(now, tick=False)
    services.ask_by_laurel(candidate=candidate, by=csm, now=now)
    return candidate


def speak(client, token, **data):
    return client.post(reverse("speak", args=[token]), data, follow=True)


def test_reading_the_page_changes_nothing_and_is_kept_by_nobody(client, asked):
    page = client.get(reverse("speak", args=[token_of("customer_asked", "/speak/")]))

    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert not asked.slots.exists()


def test_the_customer_answers_on_the_page_in_their_own_zone(client, asked, now):
    token = token_of("customer_asked", "/speak/")
    own = {f"own_{number}": f"2026-03-0{number + 3}T10:00" for number in (1, 2, 3)}

    page = speak(client, token, answer="yes", zone="Pacific/Auckland", **own)

    assert "Thank you. These are the times you offered" in page.content.decode()
    assert [slot.starts_at for slot in asked.slots.all()][0] == datetime(2026, 3, 3, 21, tzinfo=UTC)


def test_a_link_works_once_and_the_page_says_so(client, asked, now):
    token = token_of("customer_asked", "/speak/")
    moments = [moment.isoformat() for moment in starts(now)]
    link = find_link(purpose=SecretLink.Purpose.ANSWER_REFERENCE, token=token)
    offer(asked, now, link=link)

    with pytest.raises(LinkUsed):
        offer(asked, now, link=find_link(purpose=SecretLink.Purpose.ANSWER_REFERENCE, token=token))
    assert "newest mail" in speak(client, token, answer="yes", suggested=moments).content.decode()


def test_the_page_of_a_request_that_was_cancelled_says_that_it_is_over(client, asked, sales, now):
    token = token_of("customer_asked", "/speak/")
    services.cancel_request(request=asked.request, by=sales, now=now)

    assert "nothing left for you to do" in client.get(reverse("speak", args=[token])).content.decode()
    with pytest.raises(NotWanted):
        offer(asked, now)


def test_an_old_or_unknown_link_helps_on(client, asked, time_machine, now):
    token = token_of("customer_asked", "/speak/")
    time_machine.move_to(now + timedelta(days=60))

    assert client.get(reverse("speak", args=[token])).status_code == 410
    assert client.get(reverse("speak", args=["unknown"])).status_code == 404


def test_the_prospect_chooses_on_their_page_and_reads_a_brief_that_names_nobody(client, asked, now):
    slot = offer(asked, now)[0]
    token = token_of("prospect_picks", "/meet/")

    client.post(reverse("meet", args=[token]), {"answer": "pick", "slot": slot.pk, "seen": ""})

    assert fresh(asked.request).scheduled_for == slot.starts_at
    for name in ("meet", "meet-brief"):
        page = client.get(reverse(name, args=[token])).content.decode()
        assert "Head of Operations" in page
        assert not [leak for leak in ("zoe@", "Lindqvist", "Northwind") if leak in page]


def test_the_customers_brief_tells_of_the_prospect_but_no_number(client, asked, now):
    page = client.get(reverse("speak-brief", args=[token_of("customer_asked", "/speak/")])).content.decode()

    assert "Ada Prospect" in page
    assert "How the first weeks went." in page
    assert not [leak for leak in ("1234567", "ada@") if leak in page]


def test_a_side_says_that_it_did_not_take_place(client, asked, time_machine, now):
    at = agree(asked, now).scheduled_for + timedelta(hours=1)
    clockwork.ask_after_calls(now=at)
    time_machine.move_to(at)

    client.post(reverse("after-call", args=[token_of("debrief_wanted", "/after/")]), {"answer": "failed"})

    assert fresh(asked.request).status == "no_show"


def test_whoever_is_out_is_asked_no_more_how_it_went(candidate, csm, now):
    request = agree(candidate, now)
    at = request.scheduled_for + timedelta(hours=1)
    clockwork.ask_after_calls(now=at)
    services.note_no_show(request=request, by=csm, now=at)

    services.decline_candidate(candidate=candidate, by=csm, note="They are ill.", now=at)

    assert not SecretLink.objects.filter(purpose="debrief", expires_at__gt=at).exists()


def test_an_old_link_shows_no_brief_and_takes_no_answer_even_when_it_took_place(client, asked, sales, now, time_machine):
    at = agree(asked, now).scheduled_for + timedelta(hours=1)
    clockwork.ask_after_calls(now=at)
    services.complete_request(request=asked.request, by=sales, outcome="It helped.", now=at)
    tokens = {"speak-brief": token_of("customer_asked", "/speak/"), "after-call": token_of("debrief_wanted", "/after/")}
    time_machine.move_to(at + timedelta(days=60))

    for name, token in tokens.items():
        assert client.post(reverse(name, args=[token]), {"answer": "answers", "went_well": "1"}).status_code == 410
    assert not asked.debriefs.exists()


def test_sales_reads_what_the_customer_shares_and_no_more(client, asked, sales, csm, now, time_machine):
    at = agree(asked, now).scheduled_for + timedelta(hours=1)
    time_machine.move_to(at)
    told = {"candidate": asked, "side": "advocate", "by": None, "now": at, "mattered": "Zoë says: the works council."}
    seen = []
    for shares in (False, True):
        services.answer_debrief(shares=shares, **told)
        for person in (sales, csm):
            client.force_login(person)
            seen.append(client.get(reverse("request-after", args=[asked.request_id])).content.decode())

    assert ["the works council" in page for page in seen] == [False, True, True, True]
    assert "Zoë" not in seen[2]
