"""The page of all rules, the page of one, and its switch."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from outbox import clocks
from outbox.clocks import words
from outbox.models import Occurrence, RuleRun
from tests.awards.factories import make_judging
from tests.factories import NOW, make_judge, make_message, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db

LIST = "admin:outbox_rulerun_changelist"
DRAFTS = "draft_waits"


@pytest.fixture
def team(client):
    user = make_user("advocacy_team")
    client.force_login(user)
    return user


def speak_of(about, *, rule, mark="once", **fields):
    kind = ContentType.objects.get_for_model(about)
    now = timezone.now()
    return Occurrence.objects.create(
        **{"rule": rule, "content_type": kind, "object_id": about.pk, "mark": mark, "due_at": now, "state": "written"} | fields
    )


def page_of(code):
    return reverse("admin:outbox_rulerun_rule", args=[code])


def test_the_list_tells_of_each_rule_what_it_does_and_how_it_went(client, team):
    now = timezone.now()
    RuleRun.objects.create(
        rule=DRAFTS, started_at=now, seconds=2.5, found=4, written=2, skipped=1, failed=1, error="ValueError: no deadline"
    )
    RuleRun.objects.create(rule="reading_wanted", started_at=now - timedelta(hours=3), seconds=0)
    RuleRun.objects.create(rule="section_reminder", is_off=True)

    page = client.get(reverse(LIST)).text
    for said in (
        "Drafts that are not handed in",
        "14, 7 and 1 days before its deadline",
        "4 found, 2 written",
        "1 skipped",
        "1 failed",
        "2.5 s",
        "One rule failed in its last run",
        "One rule should have run and did not",
        "every 5 minutes",
        "every 20 hours, between 02:00 and 06:00 UTC",
        "switched off",
    ):
        assert said in page, said
    assert "ValueError: no deadline" in client.get(page_of(DRAFTS)).text


def test_every_rule_says_what_it_finds_for_whom_when_and_until_when():
    for rule in clocks.all_rules():
        sentences = [rule.label, *([rule.distances, rule.ends] if rule.is_reminder else [])]
        assert all(map(str, sentences)), rule.code
        assert words.how_often(rule), rule.code


def test_a_rules_page_lists_its_latest_occurrences_with_object_and_mails(client, team, django_assert_num_queries):
    program = make_program()
    drafts = [make_nomination(program, status="draft") for _number in range(3)]
    digest = make_message(state="sent")
    first = make_message(occurrence=speak_of(drafts[0], rule=DRAFTS), recipient="ada@x.example")
    with CaptureQueriesContext(connection) as queries:
        client.get(page_of(DRAFTS))
    for number, draft in enumerate(drafts[1:]):
        spoken = speak_of(draft, rule=DRAFTS, state="skipped")
        for part in range(7 * number):
            make_message(occurrence=spoken, recipient=f"r{part}@x.example", merged_into=digest, state="merged")
    with django_assert_num_queries(len(queries)):
        page = client.get(page_of(DRAFTS)).text

    assert f'href="{drafts[0].get_absolute_url()}"' in page
    assert f'<a href="{reverse("admin:outbox_message_change", args=[first.pk])}">ada@x.example</a>' in page
    assert page.count("@x.example</a>") == 1 + 5
    assert "and 2 more" in page
    assert ">Queued<" in page
    assert ">Sent<" in page
    assert "Skipped: too late to be of use" in page
    assert "8 mails, 7 sent" in client.get(reverse(LIST)).text


def test_who_still_judges_does_not_read_whom_a_reminder_went_to(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    program = make_judging(judges=1, nominations=1)
    [other], insider, outsider = program.judges.all(), make_user("advocacy_team"), make_user("advocacy_team")
    make_judge(program, user=insider)
    make_message(occurrence=speak_of(other, rule="judging_ends_soon"), recipient="other@x.example")

    for user, sees in ((insider, False), (outsider, True)):
        client.force_login(user)
        page = client.get(page_of("judging_ends_soon")).text
        assert (str(other) in page, "other@x.example" in page) == (sees, sees)


def test_a_rule_is_switched_off_and_on_with_a_word_in_between(client, team):
    switch = reverse("admin:outbox_rulerun_switch", args=[DRAFTS])
    assert "Nobody is reminded by it" in client.get(switch).text
    assert not RuleRun.objects.filter(is_off=True).exists()

    assert "Switched off" in client.post(switch, {"to": "off"}, follow=True).text
    run = RuleRun.objects.get(rule=DRAFTS)
    assert (run.is_off, run.switched_by) == (True, team)
    assert DRAFTS not in [rule.code for rule in clocks.claim(timezone.now())]

    client.post(switch, {"to": "off"})  # sent twice, it is still off
    assert RuleRun.objects.get(rule=DRAFTS).is_off
    client.post(switch, {"to": "on"})
    assert DRAFTS in [rule.code for rule in clocks.claim(timezone.now())]


def test_an_unknown_rule_is_not_found(client, team):
    assert client.get(page_of("nothing")).status_code == 404
