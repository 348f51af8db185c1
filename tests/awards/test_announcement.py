from datetime import timedelta

import pytest

from advocacy.models import Consent, Story
from advocacy.workflow import history_of
from awards import services
from awards.exceptions import AnnouncementNotSent, NotReadyToAnnounce
from awards.models import Winner
from awards.services.announcement_mails import announcement_mails
from nominations.services import record_reply
from outbox.models import Message
from tests.awards.award_factories import (
    DECIDED,
    mails,
    make_accepted,
    make_announced,
    make_chosen,
    make_offered,
    recipients,
)
from tests.awards.factories import CLOSED, entry_of
from tests.factories import make_nomination, make_user

pytestmark = pytest.mark.django_db


def program_of(winner):
    return winner.category.program


def others(winner):
    return list(program_of(winner).nominations.order_by("pk")[1:])


def say_yes(nomination):
    return record_reply(nomination=nomination, answer="yes", scope=["public_award"], evidence="Mail.", by=None, now=DECIDED)


def send(winner, team, now=CLOSED, left_out=(), newest=None):
    last = announcement_mails(program_of(winner)).last()
    return services.send_announcement(
        program=program_of(winner), by=team, now=now, left_out=list(left_out), newest=newest or (last.pk if last else 0)
    )


def states(kind):
    return list(mails(kind).values_list("state", flat=True))


def test_before_its_date_nothing_is_announced_and_the_way_out_is_named():
    winner, team = make_accepted()
    with pytest.raises(NotReadyToAnnounce, match=r"set for 11 April 2026, 12:00 \(UTC\).*move that date first"):
        services.announce(program=program_of(winner), by=team, now=CLOSED - timedelta(seconds=1))
    assert not Message.objects.filter(kind="award_won").exists()


def test_the_mails_are_held_until_a_person_sends_them():
    winner, team = make_announced()
    assert set(announcement_mails(program_of(winner)).values_list("state", flat=True)) == {"held"}
    sent = send(winner, team)
    assert sent.sent == announcement_mails(program_of(winner)).filter(state="queued").count() > 0
    assert history_of(program_of(winner)).last().changed_by == team


def test_winner_colleagues_and_those_not_selected_get_theirs():
    winner, team = make_accepted()
    second, third = others(winner)
    say_yes(second)
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    assert recipients("award_won") == {winner.entry.nomination.nominee.email}
    assert recipients("award_won_colleague") == {winner.entry.nomination.account.csm.email}
    assert recipients("award_not_selected") == {second.nominee.email}
    assert recipients("award_not_selected_colleague") == {second.account.csm.email, third.account.csm.email}


def test_colleagues_are_written_to_before_customers():
    winner, team = make_accepted()
    say_yes(others(winner)[0])
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    kinds = list(announcement_mails(program_of(winner)).values_list("kind", flat=True))
    customers = [kind for kind in kinds if not kind.endswith("_colleague")]
    assert kinds[-len(customers) :] == customers


def test_thanks_name_a_strength_in_words_and_never_a_number():
    winner, team = make_accepted(values=(5, 3))
    [second] = others(winner)
    say_yes(second)
    human = program_of(winner).rubric.get(code="human-element")
    for assignment in second.assignments.all():
        assignment.scores.filter(component=human).update(value=4)
    services.freeze_result(program=program_of(winner), by=team, now=CLOSED, reason="Scores were put right.")
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    mail = mails("award_not_selected").get()
    assert "What the judges liked best was the people in your story." in mail.text
    body = mail.text.replace(str(program_of(winner)), "").split("--")[0].replace(second.nominee.name, "")
    assert not any(letter.isdigit() for letter in body.replace(second.account.csm.name, ""))
    assert mail.reply_to == second.account.csm.email


def test_who_was_never_told_of_the_nomination_is_not_thanked_and_the_colleague_reads_why():
    winner, team = make_announced()
    second = others(winner)[0]
    assert not mails("award_not_selected").exists()
    digest = mails("award_not_selected_colleague").get(recipient=second.account.csm.email)
    assert "not been told of the nomination" in digest.text
    assert str(second) in digest.text


def test_somebody_who_won_with_another_nomination_is_not_told_that_they_lost():
    winner, team = make_accepted()
    twice = make_nomination(program_of(winner), nominee=winner.entry.nomination.nominee)
    say_yes(twice)
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    assert not mails("award_not_selected").exists()


def test_somebody_nominated_twice_is_thanked_once():
    winner, team = make_accepted()
    second = others(winner)[0]
    for nomination in (second, make_nomination(program_of(winner), nominee=second.nominee)):
        say_yes(nomination)
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    assert mails("award_not_selected").count() == 1


def test_somebody_who_declined_an_award_is_not_told_that_they_were_not_selected():
    winner, team = make_offered()
    second = others(winner)[0]
    services.record_decline(winner=winner, by=team, why="No.", now=DECIDED)
    say_yes(winner.entry.nomination)
    reserve = Winner.objects.get(entry=entry_of(second))
    services.send_offer(winner=reserve, by=team, now=DECIDED)
    services.record_acceptance(winner=reserve, by=team, evidence="Call.", scope=["public_award"], now=DECIDED)
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    assert winner.entry.nomination.nominee.email not in recipients("award_not_selected")


def test_a_nominee_not_selected_stays_a_candidate_with_the_story_kept():
    winner, _team = make_announced()
    second = others(winner)[0]
    second.nominee.refresh_from_db()
    story = Story.objects.get(source_key=f"nomination:{second.pk}")
    assert (second.nominee.status, story.advocate, story.solution) == ("candidate", second.nominee, second.narrative)


def test_mails_may_be_prepared_and_read_before_the_date_and_sent_only_after_the_announcement():
    winner, team = make_accepted()
    assert services.prepare(program=program_of(winner), now=DECIDED) == mails("award_won").count() + 3
    with pytest.raises(AnnouncementNotSent, match="Announce the winners first"):
        send(winner, team, now=DECIDED)
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    assert mails("award_won").count() == 1
    assert send(winner, team).sent == 4


def test_an_unanswered_offer_keeps_the_mails_from_being_prepared():
    winner, _team = make_chosen()
    with pytest.raises(NotReadyToAnnounce, match="has not accepted yet"):
        services.prepare(program=program_of(winner), now=DECIDED)


def test_what_changes_after_preparing_is_taken_up():
    winner, team = make_accepted()
    services.prepare(program=program_of(winner), now=DECIDED)
    services.set_terms(
        winner=winner,
        by=team,
        now=DECIDED,
        answer_by=winner.answer_by,
        embargo_until=CLOSED + timedelta(days=30),
        announcement_words="",
    )
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    assert states("award_won") == ["cancelled", "held"]
    assert "stays between us until 11 May 2026" in mails("award_won").last().text


def test_an_embargo_set_after_the_announcement_is_in_the_mail_that_goes_out():
    winner, team = make_announced()
    terms = {"answer_by": winner.answer_by, "embargo_until": CLOSED + timedelta(days=30), "announcement_words": ""}
    services.set_terms(winner=winner, by=team, now=CLOSED, **terms)
    send(winner, team)
    assert states("award_won") == ["cancelled", "queued"]
    assert "stays between us until 11 May 2026" in mails("award_won").last().text


def test_what_a_person_leaves_out_is_dropped_for_good():
    winner, team = make_announced()
    mail = mails("award_won").get()
    sent = send(winner, team, left_out=[mail.pk])
    assert (sent.dropped, states("award_won")) == (1, ["cancelled"])


def test_a_mail_written_after_the_page_was_read_waits():
    winner, team = make_announced()
    first = announcement_mails(program_of(winner)).first()
    assert send(winner, team, newest=first.pk).sent == 1


def test_a_second_click_sends_nothing_and_prepares_nothing():
    winner, team = make_announced()
    send(winner, team)
    assert send(winner, team).sent == 0
    services.set_terms(
        winner=winner, by=team, now=CLOSED, answer_by=winner.answer_by, embargo_until=None, announcement_words="New."
    )
    assert services.prepare(program=program_of(winner), now=CLOSED) == 0


def test_the_ids_of_another_programs_mails_are_left_alone():
    winner, team = make_announced()
    other, _other_team = make_announced()
    foreign = announcement_mails(program_of(other)).last()
    send(winner, team, left_out=[foreign.pk], newest=foreign.pk)
    assert set(announcement_mails(program_of(other)).values_list("state", flat=True)) == {"held"}


def test_a_winner_without_an_address_gets_no_mail_and_the_colleague_is_asked():
    winner, team = make_accepted()
    nominee = winner.entry.nomination.nominee
    nominee.email = ""
    nominee.save()
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    assert not mails("award_won").exists()
    assert "please tell them yourself" in mails("award_won_colleague").get().text


def test_the_nominator_hears_too():
    winner, team = make_accepted()
    nomination = winner.entry.nomination
    nomination.nominator = make_user("sales")
    nomination.save()
    services.announce(program=program_of(winner), by=team, now=CLOSED)
    assert nomination.nominator.email in recipients("award_won_colleague")


def test_preparing_takes_no_consent_and_makes_no_advocate():
    winner, _team = make_accepted()
    before = Consent.objects.count()
    services.prepare(program=program_of(winner), now=DECIDED)
    winner.entry.nomination.nominee.refresh_from_db()
    assert (Consent.objects.count(), winner.entry.nomination.nominee.status) == (before, "candidate")
