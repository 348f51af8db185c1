from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.links import issue_link
from advocacy.models import Advocate, PersonMatch, SecretLink, Verification
from advocacy.profile_checks.answers import Correction, correct_and_confirm
from advocacy.profile_checks.finding import ASK
from advocacy.profile_checks.leaving import has_left
from advocacy.services import record_consent, set_willingness
from outbox import clocks
from outbox.models import Message
from tests.factories import activity, make_account, make_advocate, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def advocate(csm):
    return make_advocate(name="Ada Brandt", title="Head of Claims", account=make_account(name="Northwind", csm=csm))


def link_for(advocate, sections="contact,role", expires_in=timedelta(days=60), purpose=SecretLink.Purpose.VERIFY_PROFILE):
    token = issue_link(purpose=purpose, about=advocate, expires_at=timezone.now() + expires_in, detail=sections)
    return reverse("verify", args=[token])


def verified(advocate):
    return list(advocate.verifications.order_by("section").values_list("section", "method", "verified_by"))


def test_the_page_shows_the_persons_own_data_in_words(client, advocate):
    set_willingness(advocate=advocate, activity_type=activity(), answer="ask_first", cap=2)
    make_story(advocate, quote="We sleep again.")

    page = client.get(link_for(advocate, "contact,role,willingness,story")).content.decode()

    for fact in (advocate.email, "Head of Claims", "Northwind", "Ask first, at most 2 times", "We sleep again."):
        assert fact in page


def test_the_page_shows_only_the_sections_asked_about(client, advocate):
    page = client.get(link_for(advocate, "role")).content.decode()

    assert "Head of Claims" in page
    assert advocate.email not in page


def test_the_page_says_nothing_the_customer_should_not_read(client, advocate):
    page = client.get(link_for(advocate, "contact,role")).content.decode()

    assert "rapport" not in page.lower()
    assert "NPS" not in page


def test_looking_changes_nothing(client, advocate):
    url = link_for(advocate)
    for _ in range(2):
        assert client.get(url).status_code == 200
    assert client.head(url).status_code == 200

    assert verified(advocate) == []
    assert SecretLink.objects.get().used_at is None


def test_yes_verifies_the_sections_of_the_link(client, advocate):
    answer = client.post(link_for(advocate), {"answer": "right"})

    assert "Thank you" in answer.content.decode()
    assert verified(advocate) == [("contact", "link", None), ("role", "link", None)]


def test_a_double_click_counts_once(client, advocate):
    url = link_for(advocate)
    client.post(url, {"answer": "right"})

    again = client.post(url, {"answer": "right"})

    assert again.status_code == 410
    assert "is kept" in again.content.decode()
    assert Verification.objects.count() == 2


def test_what_changed_goes_to_the_csm(client, advocate, csm):
    answer = client.post(link_for(advocate), {"answer": "changed", "what": "I moved to <Sales> in May."})

    assert answer.status_code == 200
    [message] = Message.objects.all()
    assert (message.kind, message.recipient, message.reply_to) == ("profile_changed", csm.email, advocate.email)
    assert "I moved to <Sales> in May." in message.text
    assert "I moved to &lt;Sales&gt; in May." in message.html
    assert verified(advocate) == []
    assert SecretLink.objects.get().used_at is not None


def test_an_empty_change_is_asked_for_again(client, advocate):
    answer = client.post(link_for(advocate), {"answer": "changed", "what": "  "})

    assert "This field is required." in answer.content.decode()
    assert SecretLink.objects.get().used_at is None


def test_what_nobody_would_read_is_not_taken(client):
    advocate = make_advocate(account=make_account(csm=None))

    answer = client.post(link_for(advocate), {"answer": "changed", "what": "I moved."})

    assert "Please answer the mail instead." in answer.content.decode()
    assert "I moved." in answer.content.decode()
    assert SecretLink.objects.get().used_at is None


def corrected(client, url, **changes):
    """The form as the page shows it, sent back with these changes."""
    form = client.get(url).context["correction"]
    shown = {}
    for name, field in form.fields.items():
        value = "" if field.initial is None else field.initial
        shown |= {name: value} | ({f"initial-{name}": value} if field.show_hidden_initial else {})
    return client.post(url, shown | {"answer": "corrected"} | changes)


def test_corrections_are_kept_and_count_as_checked(client, advocate):
    url = link_for(advocate, "contact,role,willingness")

    answer = corrected(client, url, title="Head of Trains", **{f"answer_{activity().pk}": "no"})

    advocate.refresh_from_db()
    assert "Your corrections are kept" in answer.content.decode()
    assert (advocate.title, advocate.willingness.get().answer) == ("Head of Trains", "no")
    assert [section for section, _, _ in verified(advocate)] == ["contact", "role", "willingness"]
    assert not advocate.doubts.filter(settled_at=None).exists()
    assert not Message.objects.exists()


def test_a_new_name_or_address_is_shown_to_the_csm(client, advocate, csm):
    corrected(client, link_for(advocate), name="Ada Stone", email="ada@stone.example")

    [message] = Message.objects.all()
    assert (message.kind, message.recipient) == ("profile_changed", csm.email)
    assert "Name: was “Ada Brandt”, is “Ada Stone”." in message.text


def test_an_address_we_know_is_answered_like_any_other_and_the_csm_reads_of_it(client, advocate, csm):
    known = make_advocate(email="eve@stone.example").email
    other = link_for(advocate)

    answer = corrected(client, link_for(advocate), email=known)

    assert "Your corrections are kept" in answer.content.decode()
    assert Advocate.objects.get(pk=advocate.pk).email == advocate.email
    assert [section for section, _, _ in verified(advocate)] == ["role"]
    assert f"they give “{known}”" in Message.objects.get(recipient=csm.email).text
    assert client.get(other).status_code == 410  # as after every change of an address


def test_a_consent_is_taken_back_at_once_and_the_csm_hears_of_it(client, advocate, csm):
    give = {"decision": "given", "given_by": "Ada", "method": "mail", "text_shown": "You may quote me.", "now": timezone.now()}
    record_consent(advocate=advocate, purpose="use_quote", **give)

    corrected(client, link_for(advocate), withdrawn=["use_quote"])

    newest = advocate.consents.first()
    assert (newest.decision, newest.text_shown) == ("withdrawn", "You may quote me.")
    assert "Taken back: Use quote." in Message.objects.get(recipient=csm.email).text


def test_a_new_employer_is_for_the_csm_and_the_old_job_is_not_confirmed(client, advocate, csm):
    elsewhere = make_advocate(name="Ada Brandt", account=make_account(name="Contoso"))

    corrected(client, link_for(advocate), employer="Contoso")

    assert verified(advocate) == []
    assert set(advocate.doubts.values_list("section", "reason", "after")) == {
        ("contact", "employer", "Contoso"),
        ("role", "employer", "Contoso"),
    }
    assert "Works somewhere else now: Contoso" in Message.objects.get(recipient=csm.email).text
    assert PersonMatch.objects.get().other == elsewhere


def test_what_the_csm_changed_meanwhile_stays(client, advocate):
    url = link_for(advocate)
    shown = {f"initial-{name}": value for name, value in [("name", "Ada Brandt"), ("title", "Head of Claims")]}
    advocate.title = "Head of Trains"
    advocate.save()

    client.post(url, {"answer": "corrected", "name": "Ada Stone", "title": "Head of Claims", "email": advocate.email, **shown})

    advocate.refresh_from_db()
    assert (advocate.name, advocate.title) == ("Ada Stone", "Head of Trains")


def test_an_answer_without_a_choice_changes_nothing(client, advocate):
    assert client.post(link_for(advocate), {}).status_code == 200
    assert SecretLink.objects.get().used_at is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_expired_link_says_what_to_do(method, client, advocate):
    answer = getattr(client, method)(link_for(advocate, expires_in=timedelta(seconds=-1)), {"answer": "right"})

    assert answer.status_code == 410
    assert "This link has expired." in answer.content.decode()
    assert "Answer the mail you got" in answer.content.decode()
    assert verified(advocate) == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_link_of_another_purpose_is_not_found(method, client, advocate):
    url = link_for(advocate, purpose=SecretLink.Purpose.CONFIRM_SELF_NOMINATION)

    assert getattr(client, method)(url, {"answer": "right"}).status_code == 404
    assert verified(advocate) == []


def test_an_unknown_link_is_not_found(client):
    answer = client.get(reverse("verify", args=["nonsense"]))

    assert answer.status_code == 404
    assert "We do not know this link." in answer.content.decode()


@pytest.mark.parametrize("expires_in", [timedelta(days=1), timedelta(days=-1)])
def test_neither_page_is_kept_or_told_to_other_sites(expires_in, client, advocate):
    answer = client.get(link_for(advocate, expires_in=expires_in))

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "step",
    [
        lambda **who: correct_and_confirm(correction=Correction(fields={"email": "ada@new.example"}), sections=[], **who),
        lambda **who: has_left(to=None, **who),
    ],
)
def test_a_link_in_a_mailbox_that_is_theirs_no_more_opens_nothing(step, client, advocate, csm):
    link = link_for(advocate)

    step(advocate=advocate, by=csm, now=timezone.now())

    assert client.get(link).status_code == 410


def test_a_forged_answer_is_refused(advocate):
    answer = Client(enforce_csrf_checks=True).post(link_for(advocate), {"answer": "right"})

    assert answer.status_code == 403
    assert verified(advocate) == []


def test_the_link_in_the_mail_works(client, advocate):
    clocks.run(clocks.rule_of(ASK), timezone.now())
    message = Message.objects.get(recipient=advocate.email)
    url = next(word for word in message.text.split() if "/verify/" in word)

    client.post("/" + url.split("/", 3)[3], {"answer": "right"})

    assert [section for section, _, _ in verified(advocate)] == ["contact", "role", "story", "willingness"]
    assert Message.objects.get(pk=message.pk).state == "cancelled"
