"""The profile: what each reader sees of a person, and what the CSM and the team keep there."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from advocacy import services as advocacy
from advocacy.links import issue_link
from advocacy.models import Advocate, Ask, Consent, Content, Interview, Recognition, Story, Topic
from advocacy.services.people import change_employer, remember_position
from references.forms.keeping import ConsentForm
from references.forms.profile import ProfileForm
from references.forms.stories import StoryForm
from references.glance import glances_of
from references.profile.timeline import PER_PAGE
from references.search import Search, cards_for
from references.search.answer import answer
from tests.factories import activity, make_account, make_advocate, make_story, make_user
from tests.nominations.files import PDF, SVG

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def leader(db):
    return make_user("leader")


def get(client, user, name, *args, query="", **options):
    client.force_login(user)
    return client.get(f"{reverse(name, args=args)}?{query}", **options)


def text(client, user, name, *args, query=""):
    return get(client, user, name, *args, query=query).content.decode()


def post(client, user, page, /, *args, **data):
    client.force_login(user)
    return client.post(reverse(page, args=args), data, follow=True)


def allow(advocate, *purposes, decision="given", now, **fields):
    words = {"given_by": advocate.name, "method": "mail", "text_shown": "Yes.", "now": now, "decision": decision}
    for purpose in purposes:
        advocacy.record_consent(advocate=advocate, purpose=purpose, **words | fields)


def done(advocate, number, now, code="reference-call"):
    day = now - timedelta(days=200 + number)
    kind = {"advocate": advocate, "account": advocate.account, "activity_type": activity(code)}
    return Ask.objects.create(state="done", counts_on=day.date(), created_at=day, **kind)


def fields_of(form):
    """What a browser sends back of a form as it was shown."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "")}


def form_data(advocate, **changes):
    data = fields_of(ProfileForm(instance=Advocate.objects.get(pk=advocate.pk)))
    return {**data, "topics": [], **changes}


def story_data(story, rows=(), **changes):
    numbered = {f"results-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    management = {"results-TOTAL_FORMS": len(rows), "results-INITIAL_FORMS": 0}
    return fields_of(StoryForm(instance=story)) | management | numbered | changes


# What each reader sees ------------------------------------------------------------------------


def test_sales_reads_a_blind_profile_and_learns_how_to_ask(client, sales, advocate, now):
    advocate.bio, advocate.passion = "Zoë Lindqvist runs trains at Northwind.", 5
    advocate.save()
    make_story(advocate, headline="Northwind on time", challenge="Zoë waited.", results=[{"measure": "Northwind delays"}])
    page = text(client, sales, "advocate", advocate.pk)

    assert not [leak for leak in ("zoe@", "northwind", "lindqvist", "zoë") if leak in page.lower()]
    assert "the customer success manager answers" in page
    assert f"{reverse('request-new')}?advocate={advocate.pk}&amp;activity=reference-call" in page
    assert "Next best small ask" not in page
    assert "Passion" not in page


def test_the_csm_reads_all_of_it_and_whom_it_waits_for(client, csm, advocate):
    page = text(client, csm, "advocate", advocate.pk)
    for words in ("Zoë Lindqvist", "mailto:zoe@northwind.example", "Next best small ask", "Rapport", "Missing for Bronze:"):
        assert words in page
    assert f"{csm.name}, their customer success manager, answers each request." in page


def test_a_leader_reads_without_addresses_and_changes_nothing(client, leader, advocate, now):
    done(advocate, 1, now)
    page = text(client, leader, "advocate", advocate.pk)
    assert "Zoë Lindqvist" in page
    assert "Reference call" in page
    assert not [word for word in ("zoe@", "Still right", "Record a consent", "Add a story") if word in page]


def test_each_section_says_who_checked_it_last_and_when_it_falls_due(client, csm, advocate, now):
    advocacy.verify_section(advocate=advocate, section="contact", method="link", now=now)
    advocacy.verify_section(advocate=advocate, section="role", method="csm", by=csm, now=now - timedelta(days=200))
    advocate.verifications.filter(section="role", verified_by=None).delete()
    page = text(client, csm, "advocate", advocate.pk)

    assert "by the customer, with the link in a mail" in page
    assert f"by {csm.name}, CSM · <strong>due for a check</strong>" in page
    assert '<a href="#section-role">Role</a>' in page


def test_the_page_says_where_a_story_may_be_used(client, csm, advocate, now):
    allow(advocate, "use_quote", channels=["website"], expires_on=now.date() + timedelta(days=400), now=now)
    page = text(client, csm, "advocate", advocate.pk)
    assert "website, until" in page
    assert "Nowhere yet: ask for consent." in page


def test_the_cost_of_a_profile_does_not_grow(client, csm, advocate, now):
    def fill(number):
        done(advocate, number, now), make_story(advocate), advocate.topics.create(name=f"Topic {number}")
        allow(advocate, "use_quote", now=now)
        Content.objects.create(advocate=advocate, kind="quote", title="A quote", text="Yes.")
        Recognition.objects.create(advocate=advocate, kind="thanks", what="A card")
        Interview.objects.create(advocate=advocate, interviewer=csm)
        remember_position(advocate=advocate, now=now)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("advocate", args=[advocate.pk]))
        return len(captured)

    fill(1)
    client.force_login(csm)
    client.get(reverse("advocate", args=[advocate.pk]))
    one = queries()
    fill(2), fill(3)
    assert queries() <= one <= 40


# What happened so far -------------------------------------------------------------------------


def test_the_timeline_tells_everything_once_the_newest_first(client, csm, advocate, ask, now):
    ask(advocate, at=now)
    Recognition.objects.create(advocate=advocate, kind="thanks", what="A card from the CEO", created_at=now - timedelta(days=2))
    advocacy.pause_advocate(advocate=advocate, until=None, by=csm, now=now - timedelta(days=1), why="Parental leave")
    client.force_login(csm)
    events = client.get(reverse("advocate", args=[advocate.pk])).context["timeline"].events
    assert [event.at for event in events] == sorted((event.at for event in events), reverse=True)
    assert {"Ask", "Status", "Recognition", "Story", "Consent"} <= {event.kind for event in events}
    assert [event.note for event in events if event.kind == "Status"] == ["Parental leave"]


def test_a_long_timeline_comes_in_pages_without_a_gap(client, csm, advocate, now):
    for number in range(2 * PER_PAGE):
        done(advocate, number, now)
    client.force_login(csm)
    seen, page = [], 1
    while page:
        found = client.get(reverse("advocate-timeline", args=[advocate.pk]), {"page": page}).context["timeline"]
        seen += [(event.kind, event.at) for event in found.events]
        page = found.next_number if found.has_more else 0
    assert len([kind for kind, _at in seen if kind == "Ask"]) == 2 * PER_PAGE
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("page", ["x", "0", "-3", "999999999999", "²"])
def test_a_strange_page_of_the_timeline_is_no_error(client, csm, advocate, page):
    assert get(client, csm, "advocate-timeline", advocate.pk, query=f"page={page}").status_code == 200


def test_sales_sees_stories_and_own_asks_alone(client, sales, csm, advocate, ask, now):
    done(advocate, 1, now)
    ask(advocate, at=now)
    client.force_login(sales)
    events = client.get(reverse("advocate", args=[advocate.pk])).context["timeline"].events
    assert sorted(event.kind for event in events) == ["Ask", "Story"]
    assert "Zoë" not in str(events)


# Keeping it -----------------------------------------------------------------------------------


def test_the_csm_keeps_the_whole_profile_in_one_form(client, csm, advocate, now):
    token = issue_link(purpose="verify_profile", about=advocate, expires_at=now + timedelta(days=9), detail="role")
    topic = Topic.objects.create(name="Logistics")
    changes = {"title": "Chief of Trains", "languages": "German, English , German", "time_zone": "Europe/Berlin"}
    changes |= {"email": "zoe@new.example"}
    changes |= {"topics": [topic.pk], "passion": 5, "self_promotion": 2, "bio": "Runs trains.", "function": "Operations"}
    answers = {
        f"willing_{activity('review').pk}": "ask_first",
        f"cap_{activity('review').pk}": 1,
        f"willing_{activity().pk}": "no",
    }

    post(client, csm, "advocate-edit", advocate.pk, **form_data(advocate, **changes, **answers))

    advocate.refresh_from_db()
    assert (advocate.title, advocate.languages, advocate.passion) == ("Chief of Trains", ["German", "English"], 5)
    assert list(advocate.topics.all()) == [topic]
    rows = advocate.willingness.values_list("activity_type__code", "answer", "cap")
    assert set(rows) == {("review", "ask_first", 1), ("reference-call", "no", None)}
    assert client.get(reverse("verify", args=[token])).status_code == 410  # it went to the earlier address


def test_what_was_not_ticked_and_not_changed_does_not_count_as_checked(client, csm, advocate):
    post(client, csm, "advocate-edit", advocate.pk, **form_data(advocate, title="Chief of Trains", checked=[]))
    assert set(advocate.verifications.filter(verified_by=csm).values_list("section", flat=True)) == {"role"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"time_zone": "Europe"}, "is not a time zone"),
        ({"passion": 9}, "less than or equal to 5"),
        ({"name": ""}, "This field is required."),
        ({"email": "taken@customer.example"}, "Another profile has this address."),
    ],
)
def test_a_slip_in_the_form_is_told_and_nothing_is_written(client, csm, advocate, changes, sentence):
    make_advocate(email="taken@customer.example")
    page = post(client, csm, "advocate-edit", advocate.pk, **form_data(advocate, **changes)).content.decode()
    assert sentence in page
    assert Advocate.objects.get(pk=advocate.pk).name == "Zoë Lindqvist"


def test_two_with_the_form_open_do_not_undo_each_other(client, csm, team, advocate):
    shown = form_data(advocate)
    post(client, team, "advocate-edit", advocate.pk, **form_data(advocate, title="Chief of Trains"))
    post(client, csm, "advocate-edit", advocate.pk, **shown | {"function": "Operations"})
    advocate.refresh_from_db()
    assert (advocate.title, advocate.function) == ("Chief of Trains", "Operations")


def test_a_pause_has_a_reason_and_an_end(client, csm, advocate, now):
    until = (now + timedelta(days=30)).date()
    assert "This field is required." in post(client, csm, "advocate-status", advocate.pk, to="paused").content.decode()
    post(client, csm, "advocate-status", advocate.pk, to="paused", until=until.isoformat(), why="Parental leave")
    advocate.refresh_from_db()
    assert (advocate.status, advocate.paused_until) == ("paused", until)
    post(client, csm, "advocate-status", advocate.pk, to="active", why="Back early")
    advocate.refresh_from_db()
    assert (advocate.status, advocate.paused_until) == ("active", None)


def test_a_candidate_becomes_active_by_an_interview_and_not_by_a_press(client, csm, advocate):
    Advocate.objects.filter(pk=advocate.pk).update(status="candidate")
    post(client, csm, "advocate-status", advocate.pk, to="active", why="I know her")
    assert Advocate.objects.get(pk=advocate.pk).status == "candidate"


def test_one_word_on_several_purposes_is_one_row_each_with_its_sentence(client, csm, advocate):
    word = {"purposes": ["use_quote", "use_name_title"], "decision": "given", "given_by": "Zoë", "method": "mail"}
    post(client, csm, "advocate-consent", advocate.pk, **word, evidence="Mail of 3 May", channels="website, events")
    rows = Consent.objects.filter(advocate=advocate, recorded_by=csm)
    assert {row.purpose: row.channels for row in rows} == dict.fromkeys(word["purposes"], ["website", "events"])
    assert rows.get(purpose="use_quote").text_shown == "My quote may be used as approved by me."


def test_a_promise_is_written_down_and_then_given(client, csm, advocate):
    post(client, csm, "advocate-thanks", advocate.pk, kind="swag", what="A mug", status="promised")
    page = post(client, csm, "recognition-given", Recognition.objects.get().pk)
    assert Recognition.objects.get().status == "delivered"
    assert "A mug" in page.content.decode()


# Stories and what can be shown ----------------------------------------------------------------


def test_a_story_is_written_in_the_browser_with_rows_of_results(client, csm, advocate):
    rows = [{"measure": "Delays", "before": "31", "after": "9", "unit": "%", "period": "a year"}, {"measure": ""}]
    story = Story(advocate=advocate)
    long = "Trains. " * 1250
    post(client, csm, "story-new", advocate.pk, **story_data(story, rows, headline="Trains on time", challenge=long))

    story = advocate.stories.get(headline="Trains on time")
    assert story.results == [{"measure": "Delays", "before": "31", "after": "9", "unit": "%", "period": "a year"}]
    assert (story.changed_by, story.account, len(story.challenge)) == (csm, advocate.account, 9999)
    assert advocate.verifications.filter(section="story", verified_by=csm).exists()


def test_more_lines_keep_what_was_typed_and_save_nothing(client, csm, advocate):
    story = advocate.stories.get()
    data = story_data(story, [{"measure": "Delays"}], headline="Half a thought", more="1")
    page = post(client, csm, "story-edit", story.pk, **data).content.decode()
    assert "Half a thought" in page
    assert 'value="Delays"' in page
    assert 'name="results-6-measure"' in page
    assert Story.objects.get(pk=story.pk).headline != "Half a thought"


def test_an_edited_story_has_a_history_and_is_not_undone_by_its_nomination(client, csm, advocate):
    Story.objects.filter(advocate=advocate).update(source_key="nomination:7")
    story = advocate.stories.get()
    post(client, csm, "story-edit", story.pk, **story_data(story, headline="Mine"))
    advocacy.add_story(advocate=advocate, source_key="nomination:7", came_from="", by=None, headline="Theirs")
    assert Story.objects.get(pk=story.pk).headline == "Mine"
    assert [event.headline for event in story.events.order_by("pgh_id")][-1] == "Mine"


def test_an_empty_story_and_one_too_long_are_told(client, csm, advocate):
    assert "Write something first" in post(client, csm, "story-new", advocate.pk, **story_data(Story())).content.decode()
    data = story_data(Story(), headline="x" * 201)
    assert "At most 200 characters" in post(client, csm, "story-new", advocate.pk, **data).content.decode()


def test_the_case_study_leaves_as_two_documents_that_name_nobody(client, csm, advocate):
    Story.objects.filter(advocate=advocate).update(headline="Northwind on time", challenge="Zoë Lindqvist <b>waited</b>.")
    pk = advocate.stories.get().pk
    markdown, word = (get(client, csm, "case-study-file", pk, extension) for extension in ("md", "docx"))

    assert markdown["Content-Disposition"] == 'attachment; filename="case-study-the-company-on-time.md"'
    found = markdown.content.decode() + "\n".join(part.text for part in Document(io.BytesIO(word.content)).paragraphs)
    assert not [leak for leak in ("Northwind", "Lindqvist", "<b>waited</b>.\n\n") if leak in markdown.content.decode()]
    assert "Northwind" not in found
    assert "Blind draft" in text(client, csm, "case-study", pk)
    assert get(client, csm, "case-study-file", pk, "exe").status_code == 404


def test_a_file_is_kept_under_another_name_and_leaves_as_a_download(client, csm, advocate, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("../secret plans.pdf", PDF)
    post(client, csm, "content-new", advocate.pk, kind="case_study", title="Trains on time", file=upload)
    content = Content.objects.get()
    answer = get(client, csm, "content-file", content.pk)

    assert "secret" not in content.file.name
    assert answer["Content-Disposition"] == 'attachment; filename="trains-on-time.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")


@pytest.mark.parametrize(("name", "content"), [("logo.svg", SVG), ("page.html", b"<html><script>1</script></html>")])
def test_what_could_run_is_refused_with_a_sentence(client, csm, advocate, settings, tmp_path, name, content):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile(name, content)
    page = post(client, csm, "content-new", advocate.pk, kind="logo", title="Logo", file=upload).content.decode()
    assert "which can hold scripts" in page
    assert not Content.objects.exists()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp:x"])
def test_a_link_that_is_none_is_refused(client, csm, advocate, link):
    post(client, csm, "content-new", advocate.pk, kind="video", title="Film", link=link)
    assert not Content.objects.exists()


def test_the_consents_decide_what_sales_may_see_and_open(client, sales, csm, advocate, settings, tmp_path, now):
    settings.MEDIA_ROOT = tmp_path
    post(client, csm, "content-new", advocate.pk, kind="case_study", title="Trains", file=SimpleUploadedFile("a.pdf", PDF))
    content = Content.objects.get()

    def sees():
        return (
            "Case study: <strong>Trains" in text(client, sales, "advocate", advocate.pk),
            get(client, sales, "content-file", content.pk).status_code,
        )

    assert sees() == (False, 404)
    allow(advocate, "use_quote", now=now)
    assert sees() == (True, 404)
    allow(advocate, "use_name_title", "use_company_name", now=now)
    assert sees() == (True, 200)
    Content.objects.update(expires_on=now.date())
    assert sees() == (False, 404)


def test_a_removed_file_is_gone_from_the_disk_too(client, csm, advocate, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    post(client, csm, "content-new", advocate.pk, kind="slide", title="Slide", file=SimpleUploadedFile("a.pdf", PDF))
    content = Content.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        post(client, csm, "content-remove", content.pk)
    assert not default_storage.exists(content.file.name)
    assert not Content.objects.exists()


def test_what_stands_in_the_way_of_everything_is_said_once(client, csm, advocate, now):
    for code in ("review", "press"):
        advocacy.set_willingness(advocate=advocate, activity_type=activity(code), answer="yes")
    advocate.account.open_escalation = True
    advocate.account.save()
    assert text(client, csm, "advocate", advocate.pk).count("The company has an open escalation.") == 2  # with the next step


def test_nobody_is_offered_a_request_for_a_candidate(client, csm, advocate):
    Advocate.objects.filter(pk=advocate.pk).update(status="candidate")
    page = text(client, csm, "advocate", advocate.pk)
    assert "Ask for a reference" not in page
    assert reverse("put-forward") in page


def test_what_was_said_in_an_interview_stands_in_the_profile(client, leader, now):
    advocate = make_advocate()
    for number, limits in enumerate(["No calls with rivals", ""]):
        Interview.objects.create(
            advocate=advocate,
            interviewer=make_user("csm"),
            outcome=Interview.Outcome.HELD,
            held_at=now - timedelta(days=9 - number),
            tenure_years=None if number else 4,
            limits=limits,
        )

    page = get(client, leader, "advocate", advocate.pk)

    assert "No calls with rivals" in page.content.decode()
    assert ("Years with our product", "4") in page.context["profile"].figures


def test_sales_does_not_read_whom_a_person_will_not_speak_with(client, now):
    advocate = make_advocate()
    Interview.objects.create(
        advocate=advocate, interviewer=make_user("csm"), outcome="held", held_at=now, limits="No calls with rivals"
    )

    page = get(client, make_user("sales"), "advocate", advocate.pk)

    assert page.status_code == 200
    assert "rivals" not in page.content.decode()


def test_what_is_published_needs_a_yes_that_can_be_read(now):
    word = {"decision": "given", "given_by": "Zoë", "method": "spoken", "evidence": "Call of 3 May"}

    assert "in writing" in ConsentForm({**word, "purposes": ["use_video"]}, now=now).errors["method"][0]
    assert ConsentForm({**word, "purposes": ["reference_contact"]}, now=now).is_valid()
    assert ConsentForm({**word, "purposes": ["use_video"], "decision": "withdrawn"}, now=now).is_valid()


def test_a_story_of_an_earlier_job_does_not_name_that_company(client, sales, advocate, now):
    advocate.stories.update(account=advocate.account, headline="Northwind halved its claims", quote="At Northwind it works.")
    change_employer(advocate=advocate, account=make_account(name="Harbour Bank"), now=now)

    client.force_login(sales)
    profile = client.get(reverse("advocate", args=[advocate.pk])).content.decode()
    [glance] = glances_of([advocate.pk], sales, activity(), now)
    found = answer(Search(), sales, activity(), now)
    [card] = cards_for(found.found, found.reading.search, sales, activity(), now)
    totals = [answer(Search(text=word), sales, activity(), now).found.total for word in ("halved", "Northwind", "northw")]

    assert "halved its claims" in profile
    assert not [text for text in (profile, glance.headline, glance.quote, card.headline, card.quote) if "Northwind" in text]
    assert totals == [1, 0, 0]
