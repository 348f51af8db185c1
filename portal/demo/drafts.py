"""Nominations that are not handed in yet, and the colleagues who help with them."""

from datetime import timedelta

from advocacy.models import Account, User
from nominations.services import extend_deadline, save_draft
from nominations.services.attachments import add_attachment
from nominations.services.handover import hand_over
from nominations.services.sections import ask_for_section
from portal.demo.files import chart, letter
from portal.demo.stories import STORIES

MINE = ("Lowland Parcel", "Calder University", "Pohjola Paper Machines")


def add_drafts(program, now):
    """What the CSM of the sign-in page has begun: one with help asked and files, one with more time, one from a colleague."""
    maya = User.objects.get(email="csm@demo.laurel.example")
    begun, helped, extended = (_draft(program, Account.objects.get(name=name), maya, place) for place, name in enumerate(MINE))
    _get_help(helped, maya, now)
    extend_deadline(
        nomination=extended,
        until=program.closes_at + timedelta(days=3),
        by=User.objects.role("advocacy_team").first(),
        why="Their half-year closes that week, and the number comes with it.",
        now=now - timedelta(days=1),
    )
    _from_a_colleague(program, maya, now)
    return begun


def _draft(program, account, by, how_far):
    told = STORIES[account.industry.name][0]
    data = {"account": account, "headline": told.headline, "business_outcome": told.outcome}
    if how_far:
        data |= {
            "before_state": told.before,
            "nominee": account.advocates.active().first(),
            "categories": [program.categories.first()],
        }
    return save_draft(program=program, by=by, data=data)


def _get_help(draft, maya, now):
    priya = User.objects.get(email="colleague@demo.laurel.example")
    paper = ["To the judges,", "", "the numbers in this nomination come from our own records.", "", str(draft.account)]
    for upload in (chart(), letter(paper)):
        add_attachment(nomination=draft, upload=upload, by=maya, now=now - timedelta(days=2))
    ask_for_section(
        nomination=draft,
        section="human_element",
        colleague=priya,
        by=maya,
        note="You were there when their night team tried it first. Who were they?",
        now=now - timedelta(hours=20),
    )


def _from_a_colleague(program, maya, now):
    ines = User.objects.get(name="Ines Albrecht")
    account = Account.objects.filter(csm=ines, lifecycle="customer", publicity_status="open").first()
    draft = _draft(program, account, ines, 1)
    note = "I am away until the close. The numbers are in; what is missing is how they got there."
    hand_over(nomination=draft, to=maya, by=ines, note=note, now=now - timedelta(hours=26))
