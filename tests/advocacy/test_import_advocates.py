from datetime import date

import pghistory.models
import pytest

from advocacy.importer.advocates import AdvocateImport
from advocacy.models import Advocate
from tests.factories import NOW, make_account, make_advocate, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """A function that imports advocates from text."""

    def import_text(text, **options):
        path = tmp_path / "contacts.csv"
        path.write_text(text)
        return AdvocateImport(path=path, now=NOW, **options).run()

    return import_text


def counts(report):
    assert report.adds_up
    return (report.created, report.updated, report.unchanged, report.rejected)


def test_a_contact_becomes_a_candidate(run):
    account = make_account(external_id="001")

    run(
        "first_name,last_name,email,account_id,title,department,nps,languages\nAda,Berg,Ada@Berg.example,001,VP IT,IT,9,English; Deutsch\n"
    )

    advocate = Advocate.objects.get()
    assert (advocate.name, advocate.email, advocate.account) == ("Ada Berg", "ada@berg.example", account)
    assert (advocate.title, advocate.level, advocate.function, advocate.nps) == ("VP IT", "vp", "IT", 9)
    assert (advocate.status, advocate.languages) == ("candidate", ["English", "Deutsch"])


def test_the_same_file_again_changes_nothing(run):
    make_account(name="Cancity")
    text = "name,email,account,title\nAda Berg,ada@berg.example,Cancity,CTO\nBo Tal,,Cancity,\n"
    assert counts(run(text)) == (2, 0, 0, 0)

    assert counts(run(text)) == (0, 0, 2, 0)


def test_of_a_known_person_only_blanks_are_filled(run):
    account = make_account(name="Cancity")
    ada = make_advocate(name="Ada Berg", email="ada@berg.example", account=account, title="Head of IT", function="")

    report = run("name,email,account,title,department\nAda B.,ADA@berg.example,Cancity,CTO,IT\n")

    ada.refresh_from_db()
    assert counts(report) == (0, 1, 0, 0)
    assert (ada.name, ada.title, ada.function) == ("Ada Berg", "Head of IT", "IT")
    assert "the title of Ada Berg stays “Head of IT”." in report.notes


def test_a_person_known_elsewhere_stays_there_and_is_reported(run):
    make_account(name="Globex")
    ada = make_advocate(name="Ada Berg", email="ada@berg.example", account=make_account(name="Cancity"))

    report = run("name,email,account\nAda Berg,ada@berg.example,Globex\n")

    ada.refresh_from_db()
    assert ada.account.name == "Cancity"
    assert "Ada Berg is known at Cancity: change the employer by hand if that is over." in report.notes


def test_a_newer_score_replaces_the_older(run):
    ada = make_advocate(email="ada@berg.example", nps=6, nps_on=date(2025, 1, 1))

    run("name,email,nps,nps_on\nAda,ada@berg.example,9,2025-06-01\n")
    run("name,email,nps,nps_on\nAda,ada@berg.example,2,2024-06-01\n")

    ada.refresh_from_db()
    assert (ada.nps, ada.nps_on) == (9, date(2025, 6, 1))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",ada@berg.example,,", "has no name."),
        ("Ada,ada@,,", "the e-mail “ada@” is not an e-mail address."),
        ("Ada,,,", "has neither an e-mail address nor an account we know: it could be anybody."),
        ("Ada,ada@berg.example,11,", "NPS (0-10): Ensure this value is less than or equal to 10."),
        ("Ada,ada@berg.example,,Mars/Base", "time zone: Mars/Base is not a time zone; use a name such as Europe/Berlin."),
    ],
)
def test_a_bad_row_is_reported_by_line_and_reason_and_the_good_ones_are_taken(run, row, sentence):
    report = run(f"name,email,nps,time_zone\nBo,bo@berg.example,9,UTC\n{row}\n")

    assert counts(report) == (1, 0, 0, 1)
    assert {sentence: [3]} == {said: lines.first for said, lines in report.rejections.items()}


def test_two_people_of_one_name_at_two_accounts_stay_two(run):
    make_account(name="Cancity")
    make_account(name="Globex")

    run("name,account\nAda Berg,Cancity\nAda Berg,Globex\n")

    assert Advocate.objects.filter(name="Ada Berg").count() == 2


def test_the_history_knows_who_imported_and_from_what(run):
    team = make_user("advocacy_team")

    run("name,email\nAda,ada@berg.example\n", by=team)

    event = pghistory.models.Events.objects.tracks(Advocate.objects.get()).get()
    assert event.pgh_context["user"] == team.pk
    assert event.pgh_context["imported_from"] == "contacts.csv"
