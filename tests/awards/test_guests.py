"""Guest judges: invited by a link, let in by a button, taken back."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.links import issue_link
from advocacy.models import SecretLink
from awards import services
from awards.exceptions import InvitationEnded, JudgeNotAppointed
from awards.invitations import issue_way_in, read_invitation
from awards.models import Judge
from outbox.models import Message
from tests.awards.factories import CLOSED, make_guest, make_judging, make_team, score
from tests.clocks import run_rule
from tests.factories import NOW, make_account, make_advocate, make_nomination, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_judging(judges=1, nominations=2)


@pytest.fixture
def guest(program):
    return invite(program)


def invite(program, email="ada@analysts.example", **fields):
    facts = {"name": "Ada Analyst", "kind": "analyst", "account": None, "by": make_team(), "now": NOW}
    return services.invite_guest(program=program, email=email, **facts | fields)


def link_in(message):
    return re.search(r"/judge/[\w-]+/", message.text).group()


def newest_link():
    return link_in(Message.objects.filter(kind="judge_invitation").latest("pk"))


def come_in(client, link=None):
    return client.post(link or newest_link())


def text_of(response):
    return response.content.decode()


# Inviting ----------------------------------------------------------------


def test_a_guest_scores_the_story_alone_and_gets_the_nominations_and_a_mail(guest):
    assert [str(criterion) for criterion in guest.criteria] == ["story"]
    assert guest.assignments.open().count() == 2
    message = Message.objects.get(kind="judge_invitation")
    assert (message.recipient, "Ada" in message.text) == ("ada@analysts.example", True)


def test_only_the_hash_of_the_link_is_kept(guest):
    token = newest_link().split("/")[2]
    assert token not in str(SecretLink.objects.values().get())


def test_one_of_us_is_no_guest(program):
    insider = make_user("sales")
    with pytest.raises(JudgeNotAppointed, match="is one of us"):
        invite(program, email=insider.email.upper())


def test_nobody_is_invited_twice(program, guest):
    with pytest.raises(JudgeNotAppointed, match="invited already"):
        invite(program, email="Ada@Analysts.example")
    assert Judge.objects.guests().count() == 1


def test_nobody_is_invited_after_the_close(program):
    with pytest.raises(JudgeNotAppointed, match="has closed"):
        invite(program, now=CLOSED)


def test_who_left_can_be_invited_again(program, guest):
    services.take_invitation_back(judge=guest, by=make_team(), why="On leave.", now=NOW)
    again = invite(program, now=NOW + timedelta(hours=1))
    assert (again.pk, again.left_at) == (guest.pk, None)
    assert again.assignments.open().count() == 2


# The link ----------------------------------------------------------------


def test_looking_at_the_link_opens_nothing(client, guest):
    page = client.get(newest_link())
    assert "Ada Analyst" in text_of(page)
    assert "2 nominations wait for you" in text_of(page)
    assert client.get(reverse("guest-queue")).status_code == 403


def test_the_button_opens_the_desk_at_an_address_without_the_secret(client, guest):
    before = client.session.session_key
    answer = come_in(client)
    assert answer.url == "/judge/"
    assert client.session.session_key != before
    assert client.get("/judge/").status_code == 200


def test_the_same_link_opens_the_desk_again_until_judging_closes(guest, program, time_machine):
    for browser in (Client(), Client()):
        assert come_in(browser).status_code == 302
    time_machine.move_to(CLOSED)
    late = Client()
    assert "closed on" in text_of(come_in(late))
    assert late.get("/judge/").status_code == 403


def test_the_link_lives_as_long_as_judging_does_when_the_deadline_moves(client, guest, program, time_machine):
    program.judging_closes_at += timedelta(days=9)
    program.announces_at += timedelta(days=9)
    program.save()
    time_machine.move_to(program.judging_closes_at - timedelta(hours=1))
    assert come_in(client).status_code == 302


def test_when_judging_closes_an_open_desk_closes(client, guest, program, time_machine):
    time_machine.move_to(program.judging_closes_at)
    come_in(client)
    time_machine.shift(60)
    page = client.get("/judge/")
    assert page.status_code == 410
    assert "Thank you for judging" in text_of(page)


def test_a_new_invitation_ends_the_old_link_and_the_desk_it_opened(client, guest):
    old = newest_link()
    come_in(client, old)
    services.send_invitation_again(judge=guest, by=make_team(), now=NOW + timedelta(hours=1))
    assert "replaced by a newer one" in text_of(client.get("/judge/"))
    assert "replaced by a newer one" in text_of(Client().post(old))
    assert come_in(Client()).status_code == 302


def test_an_invitation_not_yet_sent_goes_out_once_when_it_is_sent_again(guest):
    Message.objects.update(state="queued")
    services.send_invitation_again(judge=guest, by=make_team(), now=NOW + timedelta(hours=1))
    assert sorted(Message.objects.values_list("state", flat=True)) == ["cancelled", "queued"]


def test_taking_it_back_closes_the_desk_and_keeps_what_was_finished(client, guest):
    come_in(client)
    first, _second = guest.assignments.order_by("pk")
    score(first)
    services.take_invitation_back(judge=guest, by=make_team(), why="Moved to a competitor.", now=NOW)
    page = client.get(reverse("guest-assignment", args=[first.pk]))
    assert page.status_code == 410
    assert "You are no longer a judge" in text_of(page)
    assert list(guest.assignments.values_list("status", flat=True)) == ["done"]


@pytest.mark.parametrize("token", ["x", "a" * 43, "practise"])
def test_an_unknown_link_gets_a_sentence(client, token):
    page = client.get(f"/judge/{token}/")
    assert page.status_code == 404
    assert "We do not know this link" in text_of(page)


def test_a_link_for_another_purpose_opens_no_desk(client, program):
    advocate = make_advocate()
    token = issue_link(purpose="verify_profile", about=advocate, expires_at=CLOSED)
    assert client.post(f"/judge/{token}/").status_code == 404


def test_a_guest_whose_judge_is_gone_is_told_so(client, guest):
    link = newest_link()
    guest.assignments.all().delete()
    guest.delete()
    assert client.post(link).status_code == 404


def test_several_links_are_alive_at_once_and_end_together(guest):
    second = issue_way_in(guest).split("/")[-2]
    assert read_invitation(token=second, now=NOW).about == guest
    services.send_invitation_again(judge=guest, by=make_team(), now=NOW + timedelta(hours=1))
    with pytest.raises(InvitationEnded):
        read_invitation(token=second, now=NOW)


# Who is signed in ---------------------------------------------------------


def test_nobody_of_ours_opens_a_guests_desk(client, guest):
    client.force_login(make_team())
    for page in (client.get(newest_link()), come_in(client)):
        assert page.status_code == 403
        assert "A guest&#x27;s desk opens only where nobody is signed in" in text_of(page)
    assert "guest_link" not in client.session


def test_who_signs_in_later_leaves_the_guests_desk(client, guest):
    come_in(client)
    client.force_login(make_user("judge"))
    assert client.get("/judge/").status_code == 403


def test_a_guest_has_no_rights_of_ours(client, guest, program):
    come_in(client)
    for address in (reverse("judging-queue"), reverse("admin:index"), reverse("results", args=[program.slug]), "/nominations/"):
        assert client.get(address).status_code == 302, address


def test_closing_the_desk_ends_the_session(client, guest):
    come_in(client)
    assert "Your desk is closed" in text_of(client.post(reverse("guest-leave")))
    assert client.get("/judge/").status_code == 403


# Ties ---------------------------------------------------------------------


def company_of():
    return make_account(name="Harbour Group", domain="harbour.example")


def tied_by_company(program):
    group = company_of()
    sister, own = make_account(parent=group), make_account(parent=group)
    return make_nomination(program, nominee=make_advocate(account=sister)), {"account": own}


def tied_by_address(program):
    nomination = make_nomination(program, nominee=make_advocate(account=company_of()))
    return nomination, {"email": "gus@mail.harbour.example"}


def tied_by_own_nomination(program):
    nomination = make_nomination(program, nominee=make_advocate(email="Gus@gmail.com"))
    return nomination, {"email": "gus@gmail.com"}


def tied_by_the_nominees_address(program):
    nomination = make_nomination(program, nominee=make_advocate(email="x@small.example"), account=None)
    return nomination, {"email": "gus@small.example"}


@pytest.mark.parametrize("tie", [tied_by_company, tied_by_address, tied_by_own_nomination, tied_by_the_nominees_address])
def test_guests_judge_nobody_of_their_own(program, tie):
    nomination, fields = tie(program)
    guest = invite(program, **fields)
    tied = guest.assignments.get(nomination=nomination)
    assert (tied.status, guest.assignments.open().count()) == ("recused", 2)
    assert "Harbour" not in tied.reason


def test_a_public_mail_service_is_no_company(program):
    nomination = make_nomination(program, nominee=make_advocate(email="other@gmail.com"))
    assert invite(program, email="gus@gmail.com").assignments.get(nomination=nomination).status == "open"


# Reminders ----------------------------------------------------------------


def test_a_guest_is_reminded_with_a_new_link_and_once(client, program, guest):
    old, soon = newest_link(), program.judging_closes_at - timedelta(days=3)
    for _beat in range(3):
        run_rule("judging_ends_soon", soon)
    reminder = Message.objects.get(kind="judging_ends_soon", recipient="ada@analysts.example")
    assert SecretLink.objects.count() == 2
    assert "2 nominations" in reminder.text
    for link in (link_in(reminder), old):
        assert come_in(Client(), link).status_code == 302


def test_who_left_is_not_reminded(program):
    make_guest(program, left_at=NOW)
    services.assign_judges(program=program, now=NOW)
    run_rule("judging_ends_soon", program.judging_closes_at - timedelta(days=3))
    assert Message.objects.filter(recipient__startswith="gus").count() == 0


# The team's page ----------------------------------------------------------


def guests_page(program):
    return reverse("judging-guests", args=[program.slug])


def test_the_team_invites_on_its_page(client, program):
    client.force_login(make_team())
    data = {"name": "Ada  Analyst", "email": "ada@analysts.example", "kind": "analyst", "account": ""}
    assert client.post(guests_page(program), data).url == guests_page(program)
    assert Judge.objects.guests().get().guest_name == "Ada Analyst"
    assert "Sent" in text_of(client.get(guests_page(program)))


def test_a_refused_invitation_says_why_at_its_field(client, program, guest):
    client.force_login(make_team())
    data = {"name": "Ada", "email": "ada@analysts.example", "kind": "analyst"}
    page = client.post(guests_page(program), data)
    assert page.context["form"].errors == {"email": ["ada@analysts.example is invited already; send the invitation again."]}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("harbour", "Which one: Harbour Group?"),
        ("Nobody Ltd", "No account has this name. Leave it empty if we do not know the company."),
    ],
)
def test_a_company_is_found_by_its_name_or_asked_about(client, program, typed, sentence):
    client.force_login(make_team())
    company = company_of()
    data = {"name": "Ada", "email": "ada@analysts.example", "kind": "customer"}
    assert client.post(guests_page(program), data | {"account": typed}).context["form"].errors == {"account": [sentence]}
    client.post(guests_page(program), data | {"account": "harbour  GROUP"})
    assert Judge.objects.guests().get().guest_account == company


def test_the_page_tells_who_opened_and_has_the_steps(client, program, guest):
    come_in(Client())
    client.force_login(make_team())
    assert "Opened" in text_of(client.get(guests_page(program)))
    client.post(reverse("judging-guest-again", args=[program.slug, guest.pk]))
    client.post(reverse("judging-guest-back", args=[program.slug, guest.pk]), {"reason": "Asked to leave."})
    assert "Taken back" in text_of(client.get(guests_page(program)))


def test_a_staff_judge_is_no_guest_to_manage(client, program):
    client.force_login(make_team())
    staff = program.judges.get()
    assert client.post(reverse("judging-guest-again", args=[program.slug, staff.pk])).status_code == 404


def test_the_guests_take_the_same_queries_for_1_and_3(client, program, guest, django_assert_max_num_queries):
    client.force_login(make_team())
    counts = []
    for _round in range(2):
        client.get(guests_page(program))
        with django_assert_max_num_queries(20) as captured:
            client.get(guests_page(program))
        counts.append(len(captured))
        for _number in range(2):
            make_guest(program, guest_account=make_account())
    assert counts[0] == counts[1]
