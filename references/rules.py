"""The clocks of reference requests: who is reminded, and what goes on where nobody does anything."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from outbox.clocks import Chore, Rule, register, register_objects
from references import emails, services, vocabulary
from references.models import Candidate, Debrief, ReferenceRequest
from references.reminders import acting, finding
from references.services import saved

Side = Debrief.Side
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
# However late: whoever stands above is told, and finds it at home until it is done.
ALWAYS = timedelta(days=3650)

register_objects(
    ReferenceRequest,
    rows=lambda user, now: ReferenceRequest.objects.visible_to(user).select_related("activity_type", "opportunity", "requester"),
    link=lambda request: request.get_absolute_url(),
)
register_objects(
    Candidate,
    rows=lambda user, now: Candidate.objects.filter(request__in=ReferenceRequest.objects.visible_to(user)).select_related(
        "advocate", "request__activity_type", "request__opportunity", "request__requester"
    ),
    link=lambda candidate: candidate.request.get_absolute_url(),
)

register(
    Rule(
        code="approval_awaited",
        label=_("A request waits for the CSM's word"),
        to=_("the CSM or the deputy, else the team"),
        distances=_("once, after half of the time for an approval"),
        ends=_("somebody answers, the step is overdue, or the place is given back"),
        find=finding.awaited_approvals,
        act=acting.remind_of_the_approval,
    ),
    Rule(
        code="step_overdue",
        label=_("A step of a request is overdue"),
        to=_("whoever holds it and their manager; else the team"),
        distances=_("as soon as it is overdue"),
        ends=_("the step is done, or somebody is found in place of the silent team"),
        find=finding.overdue_steps,
        act=acting.escalate,
        worth=ALWAYS,
    ),
    Rule(
        code="answer_late",
        label=_("The first answer comes later than promised"),
        to=_("the requester"),
        distances=_("as soon as the promised time has passed"),
        ends=_("somebody is approved, or the request ends"),
        find=finding.late_answers,
        act=lambda due, now: emails.answer_late(due.about, now=now),
    ),
    Rule(
        code="debrief_wanted",
        label=_("A conversation is over: three questions to both sides"),
        to=_("the customer and the prospect"),
        distances=_("as soon as it is over"),
        ends=_("it did not take place, or the side has answered"),
        find=finding.debriefs_to_ask_for,
        act=lambda due, now: services.ask_after_call(candidate=due.about, now=now),
    ),
    Rule(
        code="deal_won",
        label=_("A deal is won after a conversation"),
        to=_("the customer who spoke"),
        distances=_("after the requester's thanks, else a week after the conversation"),
        ends=_("it is told once"),
        find=finding.wins,
        act=lambda due, now: services.tell_of_win(request=due.about, now=now),
    ),
    Rule(
        code="new_matches",
        label=_("Somebody new in a saved search"),
        to=_("whoever saved it with mails"),
        distances=_("every hour by day, one mail a day"),
        ends=_("the search or its mails are gone"),
        find=saved.people_with_news,
        act=saved.tell_of_news,
        every=HOUR,
        hours=range(6, 18),
    ),
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
    Chore("request_lapsed", _("Go on where a place was given back"), lambda now: services.settle_lapsed(now=now)),
    Chore("request_decided", _("Free customers whose deal is decided"), lambda now: services.stop_for_closed_deals(now=now)),
    Chore("request_keepers", _("Hand approvals to deputies"), lambda now: services.follow_keepers(now=now)),
    Chore("request_left", _("Hand over what people who left hold"), lambda now: services.follow_those_who_left(now=now)),
    Chore("times_passed", _("Ask for other times"), lambda now: services.renew_passed_times(now=now)),
    Chore("gaps", _("Make the gaps between supply and demand anew"), lambda now: len(services.refresh_gaps(now=now)), every=HOUR),
    Chore("search_words", _("Learn the words of the search"), lambda now: vocabulary.learn_words(), every=MINUTE),
)
