"""The clocks of people and companies."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy import due, reminders, services, tasks
from advocacy.asking import emails as ask_mails
from advocacy.jobs.files import remove_old_files
from advocacy.models import Account, Advocate, Ask, Recognition
from advocacy.profile_checks import rules as profile_rules  # noqa: F401 - registers its own
from advocacy.services import tiers
from outbox.clocks import Chore, Rule, register, register_objects

HOUR, NIGHT = timedelta(hours=1), range(2, 6)
NIGHTLY = timedelta(hours=20)

register_objects(
    Advocate,
    rows=lambda user, now: Advocate.objects.visible_to(user),
    link=lambda advocate: advocate.get_absolute_url(),
)
register_objects(
    Account,
    rows=lambda user, now: Account.objects.visible_to(user),
    link=lambda account: reverse("admin:advocacy_account_change", args=[account.pk]),
)
for model, fields in ((Ask, ["advocate", "activity_type"]), (Recognition, ["advocate"])):
    register_objects(
        model,
        rows=lambda user, now, model=model, fields=fields: model.objects.filter(
            advocate__in=Advocate.objects.visible_to(user)
        ).select_related(*fields),
        link=lambda part: part.advocate.get_absolute_url(),
    )

register(
    Rule(
        code="consent_ends",
        label=_("What a customer allowed ends"),
        to=_("whoever looks after the customer"),
        distances=_("30 and 7 days before"),
        ends=_("the customer allowed it anew or took it back, or the day has come"),
        find=due.consents_of_people,
        act=reminders.consent_ends,
        asks_again=True,
    ),
    Rule(
        code="company_consent_ends",
        label=_("What a company allowed ends"),
        to=_("whoever looks after the customer"),
        distances=_("30 and 7 days before"),
        ends=_("the company allowed it anew or took it back, or the day has come"),
        find=due.consents_of_companies,
        act=reminders.company_consent_ends,
        asks_again=True,
    ),
    Rule(
        code="figures_old",
        label=_("Figures of customers are older than 45 days"),
        to=_("the CSM, for customers without one the team"),
        distances=_("once a month"),
        ends=_("newer figures are imported"),
        find=due.keepers_of_old_figures,
        act=reminders.figures_old,
        worth=timedelta(days=31),
        asks_again=True,
    ),
    Rule(
        code="recognition_owed",
        label=_("Promised to a customer and not given"),
        to=_("whoever looks after the customer, then the team"),
        distances=_("7 and 21 days after it was due, the team after 35"),
        ends=_("it is given or dropped"),
        find=due.owed_recognition,
        act=reminders.recognition_owed,
        asks_again=True,
    ),
    Rule(
        code="ask_lapsed",
        label=_("Nobody gave the word for an ask of another team"),
        to=_("whoever wanted to ask"),
        distances=_("as soon as the place is given back"),
        ends=_("it is told once"),
        find=due.lapsed_asks,
        act=lambda found, now: ask_mails.word_given(found.about, answer="lapsed", now=now),
        worth=timedelta(days=3),
    ),
    Chore("lapsed_asks", _("Give back places nobody acted on"), lambda now: services.release_lapsed_asks(now=now)),
    Chore("pauses", _("Bring back those whose pause is over"), lambda now: services.end_pauses(now=now), every=HOUR),
    Chore(
        "tiers", _("Make the tiers of advocates anew"), lambda now: tiers.refresh_all_tiers(now=now), every=NIGHTLY, hours=NIGHT
    ),
    Chore(
        "recruits_again",
        _("Take up those whose day has come again"),
        lambda now: services.bring_back(now=now),
        every=NIGHTLY,
        hours=NIGHT,
    ),
    Chore(
        "suggestions",
        _("Suggest customers as advocates"),
        lambda now: sum(services.keep_suggestions_current(now=now)),
        every=NIGHTLY,
        hours=NIGHT,
    ),
    Chore("person_matches", _("Find people known twice"), lambda now: services.find_matches(now=now), every=NIGHTLY, hours=NIGHT),
    Chore(
        "introductions",
        _("Remove introductions nobody confirmed"),
        lambda now: services.remove_unconfirmed_introductions(now=now),
        every=NIGHTLY,
        hours=NIGHT,
    ),
    Chore("imports", _("Carry on imports left alone"), tasks.carry_on_imports, every=timedelta(minutes=1)),
    Chore("jobs", _("Carry on long work left alone"), tasks.carry_on_jobs, every=timedelta(minutes=1)),
    Chore("job_files", _("Remove the files of long work after 7 days"), remove_old_files, every=HOUR),
)
