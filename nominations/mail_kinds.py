from django.utils.translation import gettext_lazy as _

from advocacy.mail_groups import NOMINATIONS
from outbox.kinds import Kind, register

register(
    Kind("confirm_self_nomination", _("Please confirm your nomination"), NOMINATIONS, must=True),
    Kind("nomination_handed_over", _("Your customer is nominated"), NOMINATIONS),
    Kind("nomination_needs_account", _("A nomination without a company"), NOMINATIONS),
    Kind("deadline_extended", _("Your draft is taken later"), NOMINATIONS, must=True),
    Kind("alert_raised", _("Something changed at a nominated customer"), NOMINATIONS),
    Kind("reading_wanted", _("Your reading of the partnership is missing"), NOMINATIONS, can_wait=True),
    Kind("draft_handed_to_you", _("A draft is handed to you"), NOMINATIONS, must=True),
    Kind("section_wanted", _("A colleague asks you for a part of a nomination"), NOMINATIONS, must=True),
    Kind("section_answered", _("A part you asked for is written"), NOMINATIONS, must=True),
    Kind("clarification_wanted", _("Something is missing in your nomination"), NOMINATIONS, must=True),
    Kind("clarification_answered", _("An answer to what you asked of a nominator"), NOMINATIONS, must=True),
    Kind("nominee_question", _("You are nominated: may we?"), NOMINATIONS, must=True),
    Kind("nominee_reminder", _("You are nominated: a reminder"), NOMINATIONS, can_wait=True, inside=False, outside=True),
    Kind("nominee_no", _("Your no to a nomination"), NOMINATIONS, must=True),
    Kind("nominee_answered", _("A nominee answered"), NOMINATIONS),
    Kind("question_came_back", _("The mail to a nominee came back"), NOMINATIONS),
    Kind("reply_link_expired", _("A nominee came too late to their link"), NOMINATIONS),
    Kind("call_open", _("A call for nominations is open"), NOMINATIONS),
    Kind("call_ready", _("The mail about an open call waits for its release"), NOMINATIONS),
    Kind("customers_to_nominate", _("Customers of yours who could be nominated"), NOMINATIONS, can_wait=True),
    Kind("draft_waits", _("A nomination of yours is not handed in"), NOMINATIONS, can_wait=True),
    Kind("clarification_reminder", _("Something is still missing in your nomination"), NOMINATIONS, can_wait=True),
    Kind("section_reminder", _("A colleague still waits for your part of a nomination"), NOMINATIONS, can_wait=True),
)
