from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.models import Advocate, ProfileDoubt, User, Verification
from advocacy.profile_facts import SECTION_WORDS
from outbox.services import absolute_url, write_message

ASK = "profile_check"
ASK_CSM = "profile_check_csm"
OVERDUE = "profile_check_overdue"
LEFT_SEARCH = "profile_left_search"
CHECK_KINDS = [ASK, ASK_CSM, OVERDUE, LEFT_SEARCH]

REASONS = {
    ASK_CSM: gettext_lazy("We cannot settle this with the customer by mail, so it is yours to ask."),
    OVERDUE: gettext_lazy("We asked two weeks ago, and nobody has said that it is right."),
    LEFT_SEARCH: gettext_lazy("Nobody has checked it for so long that sales is not offered this person any more."),
}


def profile_check(
    advocate: Advocate,
    *,
    token: str,
    sections: list[str],
    occurrence: str,
    until: datetime,
    contact: User | None,
    now: datetime,
):
    """Ask the customer; answers go to the person who looks after them."""
    return write_message(
        kind=ASK,
        about=advocate,
        recipient=advocate.email,
        occurrence=occurrence,
        subject=_("Is what we know about you still right?"),
        template="profile_check",
        context={
            "advocate": advocate,
            "sections": _listed(SECTION_WORDS[section] for section in sections),
            "until": date_format(until, "DATE_FORMAT"),
            "contact": contact,
            "link": absolute_url(reverse("verify", args=[token])),
            "link_text": _("Look and say yes or no"),
        },
        reply_to=contact.email if contact else "",
        not_before=now,
    )


def profile_needs_check(
    advocate: Advocate,
    person: User,
    *,
    kind: str,
    sections: list[str],
    occurrence: str,
    now: datetime,
    doubts: Sequence[ProfileDoubt] = (),
):
    """Ask whoever looks after the customer; `kind` and `doubts` say why it comes to them."""
    reasons = list(dict.fromkeys(doubt.sentence for doubt in doubts)) or [str(REASONS[kind])]
    return write_message(
        kind=kind,
        about=advocate,
        recipient=person.email,
        occurrence=occurrence,
        subject=_("Please check the profile of %(name)s") % {"name": advocate},
        template="profile_needs_check",
        context={
            "advocate": advocate,
            "person": person,
            "sections": _listed(Verification.Section(section).label for section in sections),
            "reason": " ".join(reasons),
            "link": absolute_url(reverse("check-profile", args=[advocate.pk])),
            "link_text": _("Check the profile"),
        },
        not_before=now,
    )


def profile_changed(advocate: Advocate, person: User, *, text: str, occurrence: str, now: datetime):
    """Hand on what the customer wrote; answers go to them."""
    return write_message(
        kind="profile_changed",
        about=advocate,
        recipient=person.email,
        occurrence=occurrence,
        subject=_("%(name)s says that something changed") % {"name": advocate},
        template="profile_changed",
        context={
            "advocate": advocate,
            "person": person,
            "text": text,
            "link": absolute_url(reverse("check-profile", args=[advocate.pk])),
            "link_text": _("Open the profile"),
        },
        reply_to=advocate.email,
        not_before=now,
    )


def publicity_ask(approval, *, subject: str, text: str, sender: User):
    """To the person at the customer who decides: the words of the CSM, as the CSM released them."""
    return write_message(
        kind="publicity_ask",
        about=approval,
        recipient=approval.approver_email,
        occurrence="asked",
        subject=subject,
        template="publicity_ask",
        context={"text": text, "approval": approval},
        reply_to=sender.email,
    )


def _listed(words) -> str:
    return get_text_list([str(word) for word in words], _("and"))
