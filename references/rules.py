"""The clocks of reference requests: who is reminded, and what goes on where nobody does anything."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from outbox.clocks import Rule, register
from references.models import Debrief
from references.reminders import acting, finding

Side = Debrief.Side
DAY = timedelta(days=1)

register(
    Rule(
        code="customer_silent",
        label=_("A request waits for the customer's answer"),
        to=_("the customer, or whoever asks them in person"),
        distances=_("once, after half of the time for an answer"),
        ends=_("the customer answers, or the request ends"),
        find=finding.silent_customers,
        act=acting.remind_of_the_question,
    ),
    Rule(
        code="time_not_chosen",
        label=_("A request waits for a time to be chosen"),
        to=_("the prospect and the requester"),
        distances=_("once, after half of the time for choosing"),
        ends=_("a time is chosen, or other times are asked for"),
        find=finding.times_not_chosen,
        act=acting.remind_of_the_times,
    ),
    Rule(
        code="debrief_of_customer",
        label=_("The customer has not said how the conversation was"),
        to=_("the customer"),
        distances=_("once, after half of the time for a debrief"),
        ends=_("they answer, or say that it did not take place"),
        find=finding.silent_sides(Side.ADVOCATE, "debrief_of_customer"),
        act=acting.remind_the_customer_of_the_debrief,
    ),
    Rule(
        code="debrief_of_prospect",
        label=_("Sales has not said how the conversation was"),
        to=_("the prospect and the requester"),
        distances=_("once, after half of the time for a debrief"),
        ends=_("the prospect or the requester answers, or it did not take place"),
        find=finding.silent_sides(Side.PROSPECT, "debrief_of_prospect"),
        act=acting.remind_sales_of_the_debrief,
    ),
    Rule(
        code="call_near_renewal",
        label=_("A conversation falls into the weeks before a renewal"),
        to=_("whoever looks after the customer, and the requester"),
        distances=_("as soon as the call and the renewal are less than 60 days apart"),
        ends=_("it took place, or is off"),
        find=finding.calls_near_a_renewal,
        act=acting.warn_of_the_renewal,
    ),
)
