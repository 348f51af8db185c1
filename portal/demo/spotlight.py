"""The call that is open today: what was handed in so far, and how far the nominees' answers are."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from advocacy.links import issue_link
from advocacy.models import Account, SecretLink, User
from nominations import questions
from nominations.models import Nomination, NomineeReply
from nominations.services import confirm_self_nomination, save_draft, send_self_nomination, submit_nomination
from portal.demo.drafts import add_drafts
from portal.demo.nominations import READING, add_program, told_of
from portal.demo.queue import look_through
from portal.demo.stories import STORIES

SAID_YES = ["public_award", "use_name_title", "use_company_name", "use_quote"]


def add_open_call(now):
    """A call that takes nominations today."""
    program = add_program(
        name="Quarterly Spotlight",
        slug="quarterly-spotlight",
        season=f"{now:%Y}",
        now=now,
        opens=-12,
        closes=30,
        judging_opens=37,
        judging_closes=51,
        announces=65,
        categories=2,
    )
    add_drafts(program, now)
    handed_in = _hand_in(program, now)
    _ask_nominees(handed_in, now)
    _nominate_themselves(program, now)
    look_through(program, handed_in, now)


def _hand_in(program, now):
    """By name of what it shows."""
    maya, jonas, priya, ines = (
        User.objects.get(email=f"{who}@demo.laurel.example") for who in ("csm", "sales", "colleague", "ines-albrecht")
    )
    hospitals, insurer, bank = "Klinikverbund Isartal", "Caisse du Littoral", "Veldhuis Verzekeringen"
    worn = Account.objects.get(name="Prairie Regional Health")
    rows = [  # what it shows, company, nominee's place there, by whom, days ago, story, category
        ("yes", hospitals, 0, maya, 9, 0, 0),
        ("apart", hospitals, 1, ines, 8, 1, 0),
        ("not yet", bank, 0, maya, 10, 1, 1),
        ("waiting", insurer, 0, maya, 0.3, 0, 0),
        ("twice", insurer, 0, jonas, 0.2, 0, 0),
        ("unclear", "Korridor Mobil", 0, priya, 4, 1, 1),
        ("locked", "Fjordbank", 0, ines, 6, 1, 1),
        ("no", _of(ines, 2), 0, ines, 7, 1, 1),
        ("too soon", worn.name, 0, worn.csm, 5, 0, 0),
    ]
    return {
        shows: _nominate(program, company, place, by, now - timedelta(days=days), story, category)
        for shows, company, place, by, days, story, category in rows
    }


def _of(csm, place):
    return Account.objects.filter(csm=csm, lifecycle="customer", publicity_status="open")[place].name


def _nominate(program, company, place, by, now, story, category):
    account = Account.objects.select_related("industry").get(name=company)
    person = _nominee(account, program, place)
    data = told_of(account, person, STORIES[account.industry.name][story])
    data |= {"categories": [program.categories.all()[category]]} | (READING if account.csm == by else {})
    nomination = save_draft(program=program, by=by, data=data)
    submit_nomination(nomination=nomination, by=by, now=now)
    return nomination


def _nominee(account, program, place):
    """Somebody no other program honours, where the company has one."""
    people = account.advocates.exclude(status="retired").order_by("pk")
    elsewhere = Nomination.objects.exclude(program=program).filter(nominee__isnull=False)
    new = list(people.exclude(pk__in=elsewhere.values("nominee")))
    return new[place] if len(new) > place else people[place]


def _ask_nominees(handed_in, now):
    """Some have answered on their page, one has the mail before them, and one waits for the CSM's word."""
    answers = {
        "yes": (NomineeReply.Answer.YES, SAID_YES, "Happy to. Please spell my name with both parts."),
        "no": (NomineeReply.Answer.NO, [], "We have a rule against awards from suppliers. Thank you for thinking of us."),
        "not yet": (NomineeReply.Answer.NOT_YET, [], "I have to ask our works council first; give me two weeks."),
    }
    for shows in [*answers, "apart", "unclear"]:
        nomination = handed_in[shows]
        asked = nomination.submitted_at + timedelta(days=1)
        questions.release_question(nomination=nomination, by=nomination.account.csm, now=asked)
        if shows in answers:
            answer, scope, note = answers[shows]
            reply = NomineeReply.objects.get(nomination=nomination)
            questions.answer_question(reply=reply, answer=answer, scope=scope, note=note, now=asked + timedelta(days=2))


def _nominate_themselves(program, now):
    """A customer of the CSM of the sign-in page, whose reading of the partnership is still owed."""
    account = Account.objects.select_related("industry").get(name="Gemeente Oosterwaard")
    person, told = account.advocates.order_by("pk").first(), STORIES[account.industry.name][1]
    data = {
        "form_key": uuid5(NAMESPACE_URL, "laurel-demo"),
        "name": person.name,
        "email": person.email,
        "company": account.name,
        "title": person.title,
        "category_ids": [program.categories.last().pk],
        "headline": told.headline,
        "before_state": told.before,
        "narrative": told.how,
        "business_outcome": told.outcome,
        "human_element": told.people,
    }
    sent = now - timedelta(days=2)
    kept = send_self_nomination(program=program, data=data, now=sent)
    token = issue_link(purpose=SecretLink.Purpose.CONFIRM_SELF_NOMINATION, about=kept, expires_at=sent + timedelta(days=7))
    confirm_self_nomination(token=token, now=sent + timedelta(hours=1))
