from datetime import timedelta

import pytest

from references import services
from tests.factories import NOW, activity, make_account, make_opportunity, make_reference, make_story, make_user


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def csm(db):
    return make_user("csm")


@pytest.fixture
def sales(db):
    return make_user("sales")


@pytest.fixture
def team(db):
    return make_user("advocacy_team")


@pytest.fixture
def advocate(csm, now):
    """Free for a reference call, with a story; nothing about names was allowed."""
    account = make_account(name="Northwind Freight GmbH", domain="northwind.example", csm=csm)
    advocate = make_reference(
        account=account, name="Zoë Lindqvist", email="zoe@northwind.example", now=now, created_at=now - timedelta(days=30)
    )
    for section in ("willingness", "story"):
        advocate.verifications.create(section=section, verified_at=now, method="csm")
    make_story(advocate)
    return advocate


@pytest.fixture
def ask(sales, now):
    """A function that opens a request, for an advocate or for whomever the team finds."""

    def open_request(advocate=None, at=None, **fields):
        at = at or now
        fields = {
            "requester": sales,
            "activity_type": activity(),
            "opportunity": make_opportunity(),
            "wants_to_hear": "How the first weeks went.",
            "needed_by": (at + timedelta(days=14)).date(),
        } | fields
        return services.open_request(advocate=advocate, now=at, **fields)

    return open_request
