"""The defaults a team starts from: what a customer can do for us, how often we may ask, and what a tier asks for."""

from django.utils.translation import gettext_noop as _

from advocacy import freshness
from advocacy.models import ActivityType, Advocate, FreshnessPolicy, TierRule

REFERENCE_CALL = "reference-call"
AWARD = "award"

# code, name, hours, value, cap, window in days, rest in days, blocks others, points
DEFAULTS = [
    (REFERENCE_CALL, _("Reference call"), 1, 5, 2, 90, 30, True, 50),
    ("review", _("Review"), 0.5, 3, 1, 90, 0, True, 20),
    ("testimonial-quote", _("Testimonial quote"), 0.5, 3, 1, 90, 0, True, 20),
    ("case-study", _("Case study"), 4, 5, 1, 90, 0, True, 80),
    ("speaking", _("Speaking"), 8, 5, 1, 365, 0, True, 100),
    ("content-co-creation", _("Content co-creation"), 4, 4, 1, 90, 0, True, 60),
    ("video", _("Video"), 3, 5, 1, 365, 30, True, 80),
    ("press", _("Press"), 1, 4, 1, 90, 30, True, 60),
    ("site-visit", _("Site visit"), 6, 5, 1, 365, 90, True, 100),
    ("advisory-board", _("Advisory board"), 4, 4, None, 90, 0, False, 60),
    ("referral", _("Referral"), 0.5, 5, None, 90, 0, False, 40),
    (AWARD, _("Award"), 0, 3, None, 90, 0, False, 0),
]

IN_PERSON = {"speaking", "video", "site-visit"}


def sync_catalogue(**kwargs):
    """Add the activities that are missing; those an advocacy team has edited stay as they are."""
    have = set(ActivityType.objects.values_list("code", flat=True))
    ActivityType.objects.bulk_create(
        ActivityType(
            code=code,
            name=name,
            effort_hours=hours,
            value=value,
            cap=cap,
            window_days=window_days,
            rest_days=rest_days,
            blocks_others=blocks_others,
            needs_presence=code in IN_PERSON,
            points=points,
            position=position,
        )
        for position, (code, name, hours, value, cap, window_days, rest_days, blocks_others, points) in enumerate(DEFAULTS)
        if code not in have
    )


# tier, points in a year, activities ever, needs a story, needs a public name
TIERS = [
    (Advocate.Tier.BRONZE, 20, 1, False, False),
    (Advocate.Tier.SILVER, 100, 2, True, False),
    (Advocate.Tier.GOLD, 250, 4, True, True),
    (Advocate.Tier.PLATINUM, 500, 8, True, True),
]


def sync_tiers(**kwargs):
    """Add the rules that are missing; those an advocacy team has edited stay as they are."""
    have = set(TierRule.objects.values_list("tier", flat=True))
    TierRule.objects.bulk_create(
        TierRule(tier=tier, points=points, activities_done=done, needs_story=story, needs_public_name=public, position=position)
        for position, (tier, points, done, story, public) in enumerate(TIERS)
        if tier not in have
    )


def sync_policy(**kwargs):
    """Add the interval of each section that has none for every tier; those a team has edited stay as they are."""
    have = set(FreshnessPolicy.objects.filter(tier="").values_list("section", flat=True))
    FreshnessPolicy.objects.bulk_create(
        FreshnessPolicy(section=section, check_after=rule.check_after, csm_after=rule.csm_after, grace=rule.grace)
        for section, rule in freshness.DEFAULTS.items()
        if section not in have
    )
