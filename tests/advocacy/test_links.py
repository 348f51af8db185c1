from datetime import timedelta

import pytest

from advocacy.exceptions import LinkExpired, LinkUnknown, LinkUsed
from advocacy.links import end_links, issue_link, read_link, use_link
from advocacy.models import SecretLink
from tests.factories import NOW, make_advocate
from tests.races import simultaneously

VERIFY = SecretLink.Purpose.VERIFY_PROFILE
CONFIRM = SecretLink.Purpose.CONFIRM_SELF_NOMINATION
TOMORROW = NOW + timedelta(days=1)


@pytest.mark.django_db
def test_a_token_opens_what_it_was_issued_for():
    advocate = make_advocate()
    token = issue_link(purpose=VERIFY, about=advocate, expires_at=TOMORROW, detail="contact,role")

    link = read_link(purpose=VERIFY, token=token, now=NOW)

    assert (link.about, link.detail, link.used_at) == (advocate, "contact,role", None)


@pytest.mark.django_db
def test_a_token_is_long_and_kept_only_as_a_hash():
    token = issue_link(purpose=VERIFY, about=make_advocate(), expires_at=TOMORROW)

    assert len(token) >= 43
    assert token not in str(SecretLink.objects.values().get())


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "nonsense", "ünïcode"])
def test_an_unknown_token_opens_nothing(token):
    with pytest.raises(LinkUnknown):
        read_link(purpose=VERIFY, token=token, now=NOW)


@pytest.mark.django_db
def test_a_token_for_one_purpose_is_unknown_to_another():
    token = issue_link(purpose=CONFIRM, about=make_advocate(), expires_at=TOMORROW)

    with pytest.raises(LinkUnknown):
        read_link(purpose=VERIFY, token=token, now=NOW)


@pytest.mark.django_db
def test_a_link_to_what_is_gone_is_unknown():
    advocate = make_advocate()
    token = issue_link(purpose=VERIFY, about=advocate, expires_at=TOMORROW)
    advocate.delete()

    with pytest.raises(LinkUnknown):
        read_link(purpose=VERIFY, token=token, now=NOW)


@pytest.mark.django_db
def test_a_link_ends_at_its_moment():
    token = issue_link(purpose=VERIFY, about=make_advocate(), expires_at=TOMORROW)

    assert read_link(purpose=VERIFY, token=token, now=TOMORROW - timedelta(seconds=1))
    with pytest.raises(LinkExpired, match="This link has expired."):
        read_link(purpose=VERIFY, token=token, now=TOMORROW)


@pytest.mark.django_db
def test_reading_uses_nothing_up_and_using_does():
    token = issue_link(purpose=VERIFY, about=make_advocate(), expires_at=TOMORROW)
    use_link(link=read_link(purpose=VERIFY, token=token, now=NOW), now=NOW)

    with pytest.raises(LinkUsed, match="This link was already used.") as used:
        read_link(purpose=VERIFY, token=token, now=NOW)
    assert used.value.used_at == NOW


@pytest.mark.django_db(transaction=True)
def test_of_many_simultaneous_users_one_uses_the_link():
    token = issue_link(purpose=VERIFY, about=make_advocate(), expires_at=TOMORROW)
    link = read_link(purpose=VERIFY, token=token, now=NOW)

    outcomes = simultaneously(6, lambda number: use_link(link=link, now=NOW))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LinkUsed"] * 5 + ["NoneType"]


@pytest.mark.django_db
def test_links_end_at_once_when_what_they_offered_is_gone():
    advocate, other = make_advocate(), make_advocate()
    token, others = (issue_link(purpose=VERIFY, about=person, expires_at=TOMORROW) for person in (advocate, other))

    assert end_links(purpose=VERIFY, about=advocate, now=NOW) == 1

    with pytest.raises(LinkExpired):
        read_link(purpose=VERIFY, token=token, now=NOW)
    assert read_link(purpose=VERIFY, token=others, now=NOW).about == other
