"""The clocks of a call for nominations: reminders, and what is kept in order."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models import User
from nominations import due, emails, questions, services
from nominations.models import Clarification, Nomination, NomineeReply, Program, SectionRequest
from nominations.services import alerts, attachments, reminders
from outbox.clocks import Chore, Rule, register, register_objects

QUARTER, HOUR, NIGHT = timedelta(minutes=15), timedelta(hours=1), range(2, 6)

register_objects(
    User,
    rows=lambda user, now: User.objects.all(),
    link=lambda person: reverse("admin:advocacy_user_change", args=[person.pk]),
)
register_objects(
    Program,
    rows=lambda user, now: Program.objects.visible_to(user),
    link=lambda program: program.get_absolute_url(),
)
register_objects(
    Nomination,
    rows=lambda user, now: Nomination.objects.visible_to(user).select_related("account", "nominee"),
    link=lambda nomination: nomination.get_absolute_url(),
)
for model in (Clarification, NomineeReply, SectionRequest):
    register_objects(
        model,
        rows=lambda user, now, model=model: model.objects.filter(
            nomination__in=Nomination.objects.visible_to(user)
        ).select_related("nomination__account", "nomination__nominee"),
        link=lambda part: part.nomination.get_absolute_url(),
    )

register(
    Rule(
        code="call_open",
        label=_("A call is open"),
        to=_("everybody who may nominate, once the team has released the mail"),
        distances=_("when the call opens"),
        ends=_("the call closes: a mail not released by then is dropped"),
        find=due.open_calls,
        act=reminders.prepare_call,
        worth=timedelta(days=14),
    ),
    Rule(
        code=due.CUSTOMERS,
        label=_("CSMs with eligible customers and no nomination"),
        to=_("the CSM or their deputy, with up to five such customers"),
        distances=_("21, 14 and 7 days before the call closes"),
        ends=_("the CSM begins a nomination, or the call closes"),
        find=due.customers_to_nominate,
        act=reminders.customers_to_nominate,
        every=HOUR,
        asks_again=True,
    ),
    Rule(
        code="draft_waits",
        label=_("Drafts that are not handed in"),
        to=_("whoever holds the draft"),
        distances=_("14, 7 and 1 days before its deadline"),
        ends=_("it is handed in, discarded or given to somebody else, or the deadline passes"),
        find=due.drafts,
        act=reminders.draft_waits,
        asks_again=True,
    ),
    Rule(
        code="clarification_reminder",
        label=_("Missing parts asked of a nominator"),
        to=_("whoever was asked"),
        distances=_("2 and 5 working days after the question"),
        ends=_("it is answered or not needed any more, its date passes, or judging opens"),
        find=due.clarifications,
        act=lambda found, now: emails.clarification_reminder(found.about, occurrence=found.mark, now=now),
        asks_again=True,
    ),
    Rule(
        code="section_reminder",
        label=_("Parts asked of a colleague by a link"),
        to=_("the colleague, with a new link"),
        distances=_("2 and 5 working days after the question"),
        ends=_("it is answered, the link ends, or the nomination is handed in"),
        find=due.sections,
        act=reminders.section_reminder,
        asks_again=True,
    ),
    Rule(
        code="reading_wanted",
        label=_("Readings of the partnership that are not whole"),
        to=_("whoever looks after the customer"),
        distances=_("7, 3 and 1 days before judging opens"),
        ends=_("the reading is whole, the nomination is out, or judging opens"),
        find=due.readings,
        act=reminders.reading_wanted,
        asks_again=True,
    ),
    Rule(
        code="nominee_reminder",
        label=_("Nominees who have not answered"),
        to=_("the nominee; answers go to whoever looks after them"),
        distances=_("once, 7 days after the question"),
        ends=_("an answer, a bounce, the nomination is out, or the winners are announced"),
        find=due.nominees_without_answer,
        act=lambda found, now: questions.remind_nominee(reply=found.about, now=now),
        worth=timedelta(days=30),
    ),
    Chore(
        code="nominee_questions",
        label=_("Ask nominees whose two working days with the CSM are over"),
        run=lambda now: questions.send_due_questions(now=now),
    ),
    Chore(
        code="questions_came_back",
        label=_("Notice questions to nominees that came back"),
        run=lambda now: questions.notice_bounces(now=now),
    ),
    Chore(
        code="customer_alerts",
        label=_("Watch nominated customers for changes"),
        run=lambda now: alerts.watch_customers(now=now),
        every=QUARTER,
    ),
    Chore(
        code="closed_calls",
        label=_("Drop mails of a call that closed before they were released"),
        run=reminders.stop_closed_calls,
        every=HOUR,
    ),
    Chore(
        code="unconfirmed_nominations",
        label=_("Remove nominations by customers who never confirmed"),
        run=lambda now: services.remove_unconfirmed(now=now),
        every=HOUR,
    ),
    Chore(
        code="left_over_files",
        label=_("Remove files that belong to no nomination"),
        run=lambda now: attachments.remove_left_over(now=now),
        every=timedelta(hours=20),
        hours=NIGHT,
    ),
)
