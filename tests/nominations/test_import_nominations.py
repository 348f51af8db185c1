import csv
import io
from datetime import date
from io import StringIO

import pghistory.models
import pytest
from django.core.management import CommandError, call_command

from advocacy.importer.exceptions import FileUnusable
from advocacy.models import Account, Advocate
from advocacy.workflow import history_of
from nominations.importer.nominations import NominationImport
from nominations.models import Category, Nomination
from outbox.models import Message
from tests.factories import NOW, make_account, make_program, make_user
from tests.real_input import needs_real_input, real_file

pytestmark = pytest.mark.django_db
ROW = {
    "slug": "queue",
    "date": "2021-04-25",
    "organization": "Acme, <https://acme.example/about>",
    "author": "Ada Berg",
    "country": "Berlin, Germany",
    "industries": "Retail",
    "headline": "Claims in two days",
    "tag_line": "One queue",
    "summary": "They settle claims in two days.",
    "body": "**Background:** Nine days.\n\n**Goals:** Two.\n\n**Solution & Results:** A queue.\n\nResults:\n\n* faster",
    "quote": "We sleep again.",
    "quote_from": "Ada Berg, Technical Lead, Acme",
}


@pytest.fixture
def program():
    return make_program(phase="judged")


@pytest.fixture
def run(tmp_path, program):
    """A function that imports rows, each the usual one with some cells changed."""

    def import_rows(*rows, **options):
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, ROW)
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
        path = tmp_path / "stories.csv"
        path.write_text(written.getvalue(), newline="")
        return NominationImport(**{"path": path, "program": program, "now": NOW} | options).run()

    return import_rows


def counts(report):
    assert report.adds_up
    return (report.created, report.updated, report.unchanged, report.rejected)


def test_a_story_becomes_a_submitted_nomination_whatever_the_dates(run, program):
    run({})

    nomination = Nomination.objects.get()
    assert (nomination.program, nomination.source, nomination.status) == (program, "import", "submitted")
    assert (nomination.headline, nomination.quote) == ("Claims in two days", "We sleep again.")
    assert nomination.before_state == "Nine days."
    assert nomination.use_case_text == "One queue\n\nTwo."
    assert nomination.narrative == "A queue."
    assert nomination.business_outcome == "They settle claims in two days.\n\nResults:\n\n* faster"
    assert (nomination.submitted_at.date(), nomination.nominator) == (date(2021, 4, 25), None)
    assert [entry.category for entry in nomination.entries.all()] == [program.categories.first()]


def test_its_account_and_nominee_are_made(run):
    run({})

    account, nominee = Account.objects.get(), Advocate.objects.get()
    assert (account.name, account.domain, account.country, account.csm) == ("Acme", "acme.example", "DE", None)
    assert (account.industry.name, account.lifecycle) == ("Retail", "customer")
    assert (nominee.name, nominee.email, nominee.title, nominee.level) == ("Ada Berg", "", "Technical Lead", "manager")
    assert (nominee.account, nominee.status) == (account, "candidate")


def test_the_same_file_again_changes_nothing(run):
    assert counts(run({})) == (1, 0, 0, 0)
    before = Nomination.objects.values().get()

    assert counts(run({})) == (0, 0, 1, 0)
    assert Nomination.objects.values().get() == before
    assert (Account.objects.count(), Advocate.objects.count()) == (1, 1)


def test_what_people_changed_here_is_not_overwritten(run):
    run({"organization": "IT Consultancy"})
    account = make_account()
    Nomination.objects.update(account=account, headline="Better headline", status="ineligible")

    report = run({"organization": "IT Consultancy"})

    nomination = Nomination.objects.get()
    assert (nomination.account, nomination.headline, nomination.status) == (account, "Better headline", "ineligible")
    assert "is here already and reads differently; the nomination was not changed." in report.notes


def test_a_dry_run_writes_nothing(run):
    assert counts(run({}, dry_run=True)) == (1, 0, 0, 0)
    assert not Nomination.objects.exists()
    assert not Account.objects.exists()
    assert not Advocate.objects.exists()


def test_two_descriptions_that_read_the_same_stay_two_nominations_without_an_account(run):
    text = {"organization": "IT Consultancy"}

    report = run(text, {**text, "slug": "other", "author": "Bo Tal"})

    assert not Account.objects.exists()
    assert [(nomination.needs_account, nomination.organization_as_given) for nomination in Nomination.objects.all()] == [
        (True, "IT Consultancy")
    ] * 2
    assert "2 only describe their organization: kept without an account, to be linked by hand." in report.facts


def test_two_people_of_one_name_without_an_account_stay_two(run):
    run({"organization": ""}, {"organization": "", "slug": "other"})

    assert Advocate.objects.filter(name="Ada Berg", account=None).count() == 2


def test_where_no_organization_is_named_the_signature_is_kept_as_a_hint(run):
    report = run({"organization": "", "quote_from": "Ada Berg, Administrator, Vetofarm"})

    nomination = Nomination.objects.get()
    assert (nomination.account, nomination.organization_as_given) == (None, "Vetofarm")
    assert "1 name no organization: kept without an account, to be linked by hand." in report.facts


def test_two_stories_of_one_company_share_the_account(run):
    run({"organization": "ACME"}, {"organization": "Acme, <https://acme.example>", "slug": "other", "author": "Bo Tal"})

    account = Account.objects.get()
    assert (account.name, account.domain) == ("ACME", "acme.example")


def test_an_account_is_found_by_its_name_or_its_domain(run):
    named, of_domain = make_account(name="acme", domain=""), make_account(name="Berg AG", domain="berg.example")

    run({}, {"organization": "Berg Group, <https://www.berg.example>", "slug": "other"})

    assert list(Nomination.objects.order_by("pk").values_list("account", flat=True)) == [named.pk, of_domain.pk]
    assert Account.objects.count() == 2


def test_the_csm_of_a_known_account_stands_for_it_and_no_mail_goes_out(run):
    csm = make_user("csm")
    make_account(name="Acme", csm=csm)

    run({})

    assert Nomination.objects.get().sponsor == csm
    assert not Message.objects.exists()


def test_the_history_says_who_imported_and_when(run):
    team = make_user("advocacy_team")

    run({}, by=team)

    nomination = Nomination.objects.get()
    change = history_of(nomination).get()
    assert (change.to_status, change.changed_by, change.changed_at) == ("submitted", team, NOW)
    event = pghistory.models.Events.objects.tracks(nomination).first()
    assert event.pgh_context["imported_from"] == "stories.csv"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"author": " "}, "names no nominee."),
        ({"body": "", "summary": "", "headline": ""}, "tells no story."),
        ({"body": "x" * 50_000}, "how they got there: 50000 characters, of which 20000 fit."),
        ({"headline": "x" * 201}, "headline: Ensure this value has at most 200 characters (it has 201)."),
        ({"date": "25/04/2021"}, "the date “25/04/2021” is not a date we can read; write it as 2017-03-01."),
        ({"author": "x" * 151}, "name: Ensure this value has at most 150 characters (it has 151)."),
        ({"slug": "queue"}, "has the same key as line 2."),
    ],
)
def test_a_bad_row_is_reported_and_leaves_nothing_half_written(run, row, sentence):
    report = run({}, {"slug": "bad", "organization": "Other Ltd, other.com"} | row)

    assert counts(report) == (1, 0, 0, 1)
    assert list(report.rejections) == [sentence]
    assert (Nomination.objects.count(), Account.objects.count(), Advocate.objects.count()) == (1, 1, 1)


def test_the_category_is_named_by_the_command_or_the_row(run, program, tmp_path):
    Category.objects.create(program=program, name="Innovation", position=5)

    run({}, category="innovation")
    assert Nomination.objects.get().categories.get().name == "Innovation"

    with pytest.raises(FileUnusable, match="has no category “Growth”. It has: Measurable impact, Innovation."):
        run({}, category="Growth")


def test_an_announced_program_and_one_without_categories_take_nothing(run, program):
    program.categories.all().delete()
    with pytest.raises(FileUnusable, match="has no category yet"):
        run({})

    program.announced_at = NOW
    with pytest.raises(FileUnusable, match="takes no more nominations"):
        run({})


def test_the_command_names_the_programs_when_the_slug_is_wrong(program, tmp_path):
    with pytest.raises(CommandError, match=f"There is no program “nope”. There are: {program.slug}."):
        call_command("import_nominations", tmp_path / "x.csv", "--program", "nope")


@needs_real_input
def test_all_112_real_stories_come_in_once(program):
    out = StringIO()
    call_command("import_nominations", real_file("stories/stories.csv"), "--program", program.slug, stdout=out)

    assert out.getvalue().splitlines()[0] == "112 rows read: 112 created, 0 updated, 0 unchanged, 0 rejected."
    assert "35 name no organization: kept without an account, to be linked by hand." in out.getvalue()
    assert "30 only describe their organization: kept without an account, to be linked by hand." in out.getvalue()
    nominations = program.nominations.all()
    assert nominations.filter(account=None).count() == 65
    assert Account.objects.count() == 45
    assert Account.objects.get(name="IBM").nominations.count() == 2
    assert not nominations.filter(nominee=None).exists()
    assert nominations.filter(entries__isnull=False).count() == 112

    again = NominationImport(path=real_file("stories/stories.csv"), program=program, now=NOW).run()
    assert counts(again) == (0, 0, 112, 0)
    assert not again.notes.get("is here already and reads differently; the nomination was not changed.")
