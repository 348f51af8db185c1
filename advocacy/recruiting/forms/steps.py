"""The small forms of the pipeline: put forward, plan, not now, link."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy import services, walltime
from advocacy.fields import LineField, LongTextField
from advocacy.models import User
from advocacy.recruiting.forms.fields import AccountField
from advocacy.roles import ADVOCACY_TEAM
from advocacy.services.recruiting import FURTHEST
from advocacy.working_time import day_of

USUAL_PAUSE = timedelta(days=90)


class PutForwardForm(forms.Form):
    """One minute: who, where, why."""

    account = AccountField(label=_("Company"), help_text=_("Type part of the name and choose."))
    name = LineField(label=_("Name"), required=True, help_text=_("First and last name of the person."))
    title = LineField(label=_("Job title"), help_text=_("Sales looks for peers: a title finds them."))
    email = forms.EmailField(
        label=_("E-mail, if you know it"),
        required=False,
        help_text=_("Nothing is sent to it. It tells two people of one name apart."),
    )
    why = LongTextField(
        label=_("Why this person?"),
        required=True,
        rows=3,
        limit=2000,
        help_text=_("One sentence is enough, such as what they told you last week."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].user = user
        self.user = user

    def save(self, *, now):
        """Raises AlreadyAdvocate."""
        return services.put_forward_person(by=self.user, now=now, **self.cleaned_data)


class NotNowForm(forms.Form):
    until = forms.DateField(
        label=_("Leave in peace until"),
        help_text=_("On that day they come back to the list."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    why = LongTextField(label=_("Why?"), required=True, rows=2, limit=2000, help_text=_("Whoever put them forward reads this."))

    def __init__(self, *args, now, **kwargs):
        today = day_of(now)
        super().__init__(*args, initial={"until": today + USUAL_PAUSE}, **kwargs)
        attrs = self.fields["until"].widget.attrs
        attrs["min"], attrs["max"] = (today + timedelta(days=1)).isoformat(), (today + FURTHEST).isoformat()


class PlanForm(forms.Form):
    planned_for = forms.DateTimeField(
        label=_("Day and time"), widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    )
    interviewer = forms.ModelChoiceField(
        label=_("Who holds it?"), queryset=User.objects.none(), help_text=_("They get a mail with an entry for the calendar.")
    )

    def __init__(self, *args, user, recruitment, interview=None, **kwargs):
        self.user = user
        account = recruitment.advocate.account
        people = Q(pk=user.pk) | Q(groups__name=ADVOCACY_TEAM) | Q(pk=account.csm_id if account else None)
        initial = {"interviewer": user.pk}
        if interview and interview.planned_for:
            initial = {
                "interviewer": interview.interviewer_id,
                "planned_for": walltime.to_wall(interview.planned_for, user.time_zone).strftime("%Y-%m-%dT%H:%M"),
            }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["interviewer"].queryset = User.objects.filter(people, is_active=True).distinct().order_by("name", "pk")
        self.fields["planned_for"].help_text = gettext("In your own time zone: %(zone)s.") % {"zone": user.time_zone}

    def clean_planned_for(self):
        typed = self.cleaned_data["planned_for"].replace(tzinfo=None)
        try:
            return walltime.to_utc(typed, self.user.time_zone)
        except walltime.NoSuchWallTime as error:
            raise forms.ValidationError(str(error)) from error


class LinkForm(forms.Form):
    account = AccountField(label=_("Company"), help_text=_("Its CSM hears of this person at once."))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].user = user


class MissedForm(forms.Form):
    why = LongTextField(label=_("What happened?"), rows=2, limit=2000, help_text=_("So that the next time is planned better."))
