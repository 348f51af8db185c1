import pytest

from advocacy.availability import CONSENTS
from advocacy.catalogue import DEFAULTS, sync_catalogue
from advocacy.models import ActivityType, Consent
from tests.factories import activity

pytestmark = pytest.mark.django_db


def test_the_limits_are_those_of_the_design():
    limits = {row.code: (row.cap, row.window_days, row.rest_days) for row in ActivityType.objects.all()}

    assert limits["reference-call"] == (2, 90, 30)
    assert limits["review"] == limits["testimonial-quote"] == limits["case-study"] == (1, 90, 0)
    assert limits["speaking"] == (1, 365, 0)
    assert limits["content-co-creation"] == (1, 90, 0)


def test_three_activities_block_nothing_and_only_the_award_is_a_gift():
    free = ActivityType.objects.filter(blocks_others=False, cap=None, rest_days=0)

    assert {row.code for row in free} == {"advisory-board", "referral", "award"}
    assert [row.code for row in free if row.is_gift] == ["award"]


def test_a_limit_somebody_edited_stays_and_what_is_missing_comes_back():
    ActivityType.objects.filter(code="review").update(cap=5)
    activity("press").delete()

    sync_catalogue()

    assert activity("review").cap == 5
    assert ActivityType.objects.count() == len(DEFAULTS)


def test_consents_are_asked_for_activities_and_purposes_that_exist():
    assert set(CONSENTS) <= {code for code, *_rest in DEFAULTS}
    assert set(CONSENTS.values()) <= set(Consent.Purpose)
