from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.models import ActivityType, Advocate, Industry, Product
from advocacy.models.accounts import Segment
from advocacy.models.users import Region
from references.sought import Sought


class DealForm(forms.Form):
    """Whom the prospect wants to hear: the CRM's facts, with what it lacks chosen here. Sent by GET."""

    level = forms.ChoiceField(
        label=_("Prospect's level"), required=False, choices=[("", _("Not known")), *Advocate.Level.choices]
    )
    activity = forms.ModelChoiceField(
        label=_("For"),
        required=False,
        queryset=ActivityType.objects.filter(blocks_others=True),
        to_field_name="code",
        empty_label=None,
    )
    industry = forms.ModelChoiceField(
        label=_("Industry"), required=False, queryset=Industry.objects.all(), empty_label=_("Not known")
    )
    segment = forms.ChoiceField(label=_("Company size"), required=False, choices=[("", _("Not known")), *Segment.choices])
    region = forms.ChoiceField(label=_("Region"), required=False, choices=[("", _("Not known")), *Region.choices])
    product = forms.ModelMultipleChoiceField(
        label=_("Products"), required=False, queryset=Product.objects.all(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, query, *, sought: Sought, activity: ActivityType):
        """`query` counts once the form was sent, which its level tells; before, the CRM's facts do."""
        super().__init__(query if "level" in query else None, initial=_initial(sought, activity))
        self.sought, self.given_activity = sought, activity

    @property
    def activity_type(self) -> ActivityType:
        return (self.is_valid() and self.cleaned_data["activity"]) or self.given_activity

    def as_sought(self) -> Sought:
        """Values that are none of ours count as not known."""
        if not self.is_bound:
            return self.sought
        self.is_valid()
        chosen = self.cleaned_data
        industry = chosen.get("industry")
        return Sought(
            industries=_set(industry.pk if industry else None),
            regions=_set(chosen.get("region")),
            segments=_set(chosen.get("segment")),
            levels=_set(chosen.get("level")),
            products=frozenset(product.pk for product in chosen.get("product") or ()),
            account=self.sought.account,
        )


def _initial(sought, activity):
    return {
        "level": _one(sought.levels),
        "industry": _one(sought.industries),
        "segment": _one(sought.segments),
        "region": _one(sought.regions),
        "product": sorted(sought.products),
        "activity": activity.code,
    }


def _one(values):
    return next(iter(values), "")


def _set(value):
    return frozenset([value] if value else [])
