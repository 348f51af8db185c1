"""Who judges a program sees nothing of it that comes from the others until they are done, superusers included."""

from datetime import timedelta

import pytest
from django.urls import reverse

from advocacy.models import User
from advocacy.workflow import history_of
from awards import services
from awards.exceptions import ReasonMissing, SealStays
from awards.models import Assignment, Judge, Score, Winner
from nominations.services import triage
from outbox.delivery import deliver_due
from outbox.models import MailboxMessage, Message
from tests.awards.factories import CLOSED, make_judging, make_team, score
from tests.clocks import run_rule
from tests.factories import NOW, make_judge, make_message, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db

SECRET = "Reads like an advertisement."


def make_superuser():
    return User.objects.create_superuser("root@laurel.example", name="Root")


@pytest.fixture(params=[make_team, make_superuser], ids=["team", "superuser"])
def insider(request):
    """Somebody who may see everything, and is a judge as well."""
    return request.param()


@pytest.fixture
def program(insider, time_machine):
    """The other judge is done; the insider is not."""
    time_machine.move_to(NOW, tick=False)
    program = make_program(now=NOW, phase="judging")
    make_judge(program, user=insider)
    other = make_judge(program)
    nomination = make_nomination(program)
    services.open_judging(program=program, by=None, now=NOW)
    components = {component.pk: 2 for component in program.rubric.all()}
    services.record_scores(
        assignment=Assignment.objects.get(judge=other, nomination=nomination), answers=components, comment=SECRET, now=NOW
    )
    return program


@pytest.fixture
def other(program, insider):
    return program.judges.exclude(user=insider).get()


def own_assignment(program, insider):
    return Assignment.objects.get(judge__program=program, judge__user=insider)


def figures_seen(user, now=NOW):
    return Score.objects.visible_to(user, now).exclude(assignment__judge__user=user).count()


def test_the_others_scores_are_not_there_before_ones_own(program, insider):
    assert figures_seen(insider) == 0
    assert list(Assignment.objects.visible_to(insider, NOW)) == [own_assignment(program, insider)]


def test_they_are_there_when_ones_own_are_done(program, insider):
    score(own_assignment(program, insider))
    assert figures_seen(insider) == 7


def test_one_open_of_many_keeps_the_seal(program, insider):
    make_nomination(program)
    services.assign_judges(program=program, now=NOW)
    score(Assignment.objects.of(insider).first())
    assert figures_seen(insider) == 0


@pytest.mark.parametrize(("mover", "seen"), [("insider", False), ("colleague", True)])
def test_taking_the_last_nomination_out_oneself_opens_nothing(program, insider, mover, seen):
    """It could be put back, and scored after a look at what the others gave."""
    nomination = program.nominations.get()
    by = insider if mover == "insider" else make_user("advocacy_team")
    triage(nomination=nomination, to="withdrawn", by=by, why="They asked us to.", now=NOW)
    assert bool(figures_seen(insider)) is seen


def test_they_are_there_when_judging_has_closed(program, insider):
    assert figures_seen(insider, CLOSED) == 7


def test_a_judge_of_another_program_sees_this_one(program):
    colleague = make_team()
    make_judge(make_judging(), user=colleague)
    assert figures_seen(colleague) == 7


def test_before_anything_is_handed_out_the_seal_holds_already():
    team, program = make_team(), make_program(now=NOW, phase="judging")
    make_judge(program, user=team)
    assert Judge.objects.sealing(team, NOW).exists()


def test_a_judge_without_other_roles_never_sees_the_others(program, other):
    judge = make_user("judge")
    make_judge(program, user=judge)
    services.assign_judges(program=program, now=NOW)
    score(Assignment.objects.of(judge).get())
    assert figures_seen(judge, CLOSED) == 0


def pages(program, other):
    """Everything in the admin that could show what others gave."""
    assignment = other.assignments.get()
    return {
        "results": reverse("results", args=[program.slug]),
        "results.csv": reverse("results-csv", args=[program.slug]),
        "scores.csv": reverse("results-scores-csv", args=[program.slug]),
        **{
            name: reverse(f"results-{name}", args=[program.slug])
            for name in ["what-if", "without-judge", "discuss", "strong", "ties", "freeze", "frozen"]
        },
        "choose": reverse("results-choose", args=[program.slug, program.nominations.get().entries.get().pk]),
        "announce": reverse("results-announce", args=[program.slug]),
        "close": reverse("results-close-judging", args=[program.slug]),
        "scores": reverse("admin:awards_score_changelist"),
        "score": reverse("admin:awards_score_change", args=[assignment.scores.first().pk]),
        "audit of a score": reverse("admin:awards_score_audit", args=[assignment.scores.first().pk]),
        "history of a score": reverse("admin:awards_score_history", args=[assignment.scores.first().pk]),
        "assignments": reverse("admin:awards_assignment_changelist"),
        "assignment": reverse("admin:awards_assignment_change", args=[assignment.pk]),
        "audit of an assignment": reverse("admin:awards_assignment_audit", args=[assignment.pk]),
        "steps": reverse("admin:advocacy_statuschange_changelist"),
        "delete page of the program": reverse("admin:nominations_program_delete", args=[program.pk]),
        "audit of the program": reverse("admin:nominations_program_audit", args=[program.pk]),
        "nomination in the admin": reverse("admin:nominations_nomination_change", args=[program.nominations.get().pk]),
        "nomination": reverse("nomination", args=[program.nominations.get().pk]),
        "home": reverse("home"),
        "own page": reverse("judging-assignment", args=[Assignment.objects.exclude(pk=assignment.pk).get().pk]),
    }


def leaks(client, program, other):
    """Pages on which another judge's number, comment or progress can be read."""
    found = []
    for name, url in pages(program, other).items():
        answer = client.get(url, follow=True)
        text = answer.getvalue().decode()
        names_the_judge = other.user.name in text
        if answer.status_code == 200 and (SECRET in text or names_the_judge):
            found.append(name)
    return found


def test_no_page_leaks_while_sealed(client, program, insider, other):
    client.force_login(insider)
    assert leaks(client, program, other) == []


def test_the_same_pages_speak_once_the_seal_is_off(client, program, insider, other):
    """The trial before can fail: done, the same pages do show the other judge."""
    score(own_assignment(program, insider))
    client.force_login(insider)
    assert {"results", "scores.csv", "scores", "assignments", "audit of an assignment"} <= set(leaks(client, program, other))


def test_the_sealed_results_page_says_why_and_where_to_go(client, program, insider):
    client.force_login(insider)
    answer = client.get(reverse("results", args=[program.slug]))
    assert "awards/sealed.html" in [template.name for template in answer.templates]
    assert reverse("judging-queue") in answer.content.decode()


def test_somebody_else_of_the_team_is_not_sealed(client, program, other):
    client.force_login(make_team())
    assert "results" in leaks(client, program, other)


def test_nobody_deletes_a_program_that_has_judges(client, program, other):
    client.force_login(User.objects.create_superuser("second@laurel.example", name="Second"))
    page = reverse("admin:nominations_program_delete", args=[program.pk])
    assert (client.get(page).status_code, client.post(page, {"post": "yes"}).status_code) == (403, 403)
    bulk = {"action": "delete_selected", "_selected_action": [program.pk], "post": "yes"}
    client.post(reverse("admin:nominations_program_changelist"), bulk)
    assert Score.objects.filter(assignment__judge=other).count() == 7


def program_dates(program, **changes):
    """The program's form as its page in the admin holds it, with some fields changed."""
    names = [field.name for field in program._meta.fields if field.name not in ("id", "announced_at")]
    moments = [name for name in names if name.endswith("_at")]
    values = {name: getattr(program, name) for name in names}
    values |= {name: f"{values[name]:%Y-%m-%dT%H:%M}" for name in moments}
    values |= {"is_public": "on", "categories-TOTAL_FORMS": 0, "categories-INITIAL_FORMS": 0}
    return {name: value for name, value in values.items() if value is not None} | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"judging_closes_at": f"{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M}"},
        {"judging_opens_at": f"{NOW + timedelta(hours=1):%Y-%m-%dT%H:%M}"},
        {"time_zone": "Pacific/Kiritimati"},
    ],
    ids=["close", "opening", "zone"],
)
def test_a_judge_cannot_move_the_dates_of_judging(client, program, insider, changes):
    before = (program.judging_opens_at, program.judging_closes_at)
    client.force_login(insider)
    page = reverse("admin:nominations_program_change", args=[program.pk])
    assert client.get(page).text.count("You judge this program") == 3
    answer = client.post(page, program_dates(program, purpose="Honour customers.", **changes))
    program.refresh_from_db()
    assert (answer.status_code, program.purpose) == (302, "Honour customers.")
    assert (program.judging_opens_at, program.judging_closes_at) == before


def test_nor_open_judging_anew_for_themselves_once_the_seal_is_off(client, program, insider, time_machine):
    time_machine.move_to(CLOSED, tick=False)
    client.force_login(insider)
    page = reverse("admin:nominations_program_change", args=[program.pk])
    later = {"judging_closes_at": f"{CLOSED + timedelta(days=1):%Y-%m-%dT%H:%M}"}
    later |= {"announces_at": f"{CLOSED + timedelta(days=9):%Y-%m-%dT%H:%M}"}
    client.post(page, program_dates(program, **later))
    program.refresh_from_db()
    assert not program.in_judging(CLOSED)


def test_somebody_who_does_not_judge_moves_them_and_it_is_recorded(client, program):
    colleague = make_team()
    client.force_login(colleague)
    page = reverse("admin:nominations_program_change", args=[program.pk])
    later = program.judging_closes_at + timedelta(hours=1)
    client.post(page, program_dates(program, judging_closes_at=f"{later:%Y-%m-%dT%H:%M}"))
    program.refresh_from_db()
    assert f"{program.judging_closes_at:%H:%M}" == f"{later:%H:%M}"
    audit = client.get(reverse("admin:nominations_program_audit", args=[program.pk])).text
    assert colleague.name in audit
    assert "Judging closes" in audit


def test_reminders_of_other_judges_are_not_in_the_outbox_nor_in_the_mailbox(client, program, insider, settings):
    settings.EMAIL_BACKEND = "outbox.mailbox.MailboxBackend"
    late = make_judge(program).user
    services.assign_judges(program=program, now=NOW)
    run_rule("judging_ends_soon", program.judging_closes_at - timedelta(hours=12))
    Message.objects.update(is_gathered=False, not_before=NOW)
    deliver_due(now=program.judging_closes_at - timedelta(hours=1))
    mail = MailboxMessage.objects.get(recipients=late.email)

    assert mails_seen(client, insider, of=late, mail=mail) == (False, False, 404)
    assert mails_seen(client, make_team(), of=late, mail=mail) == (True, True, 200)
    own = MailboxMessage.objects.get(recipients=insider.email)
    assert mails_seen(client, insider, of=insider, mail=own) == (True, True, 200)

    # Neither as a part of the mail of the day, nor as what goes out next.
    day_mail = make_message(recipient=late.email, kind="day_mail", state="queued")
    Message.objects.filter(recipient=late.email).exclude(pk=day_mail.pk).update(merged_into=day_mail)
    assert mails_seen(client, insider, of=late, mail=mail) == (False, False, 404)
    assert late.email not in client.get(reverse("admin:outbox_message_next")).text


def mails_seen(client, reader, *, of, mail):
    client.force_login(reader)
    lists = [client.get(reverse(f"admin:outbox_{name}_changelist")).text for name in ("message", "mailboxmessage")]
    page = reverse("admin:outbox_mailboxmessage_html", args=[mail.pk])
    return *(of.email in text for text in lists), client.get(page).status_code


def test_the_choices_of_winners_are_sealed_too(program, insider):
    entry = program.nominations.get().entries.get()
    Winner.objects.create(entry=entry, category=entry.category, chosen_by=make_team())
    assert not Winner.objects.visible_to(insider, NOW).exists()
    assert Winner.objects.visible_to(insider, CLOSED).exists()


def test_the_seal_is_lifted_by_somebody_else_with_a_reason_on_record(program, insider):
    judge, colleague = program.judges.get(user=insider), make_team()
    services.lift_seal(judge=judge, by=colleague, why="They write the press text tonight.", now=NOW)

    assert figures_seen(insider) == 7
    step = history_of(judge).get()
    assert (step.to_status, step.changed_by, step.why) == ("seal_lifted", colleague, "They write the press text tonight.")


def test_nobody_lifts_their_own_seal(program, insider):
    with pytest.raises(SealStays):
        services.lift_seal(judge=program.judges.get(user=insider), by=insider, why="I want to.", now=NOW)


def test_a_judge_lifts_nobodys_seal(program, insider, other):
    with pytest.raises(SealStays):
        services.lift_seal(judge=program.judges.get(user=insider), by=other.user, why="Please.", now=NOW)


def test_lifting_without_a_reason_is_refused(program, insider):
    with pytest.raises(ReasonMissing):
        services.lift_seal(judge=program.judges.get(user=insider), by=make_team(), why=" ", now=NOW)


def test_the_admin_lifts_the_seal_with_a_reason(client, program, insider):
    client.force_login(make_team())
    judge = program.judges.get(user=insider)
    client.post(reverse("admin:awards_judge_lift_seal", args=[judge.pk]), {"reason": "Press text."})
    judge.refresh_from_db()
    assert judge.sees_results_early


def test_the_admin_does_not_let_anyone_lift_their_own(client, program, insider):
    client.force_login(insider)
    judge = program.judges.get(user=insider)
    answer = client.post(reverse("admin:awards_judge_lift_seal", args=[judge.pk]), {"reason": "Press text."})
    judge.refresh_from_db()
    assert not judge.sees_results_early
    assert "Somebody else of the advocacy team" in answer.content.decode()


def test_a_deadline_passed_is_not_enough_while_judging_can_still_happen(program, insider):
    assert figures_seen(insider, program.judging_closes_at) == 0
    assert figures_seen(insider, program.judging_closes_at + timedelta(microseconds=1)) == 7
