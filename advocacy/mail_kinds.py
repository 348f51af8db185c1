from django.utils.translation import gettext_lazy as _

from advocacy.mail_groups import PROFILES, RECRUITING, REFERENCES
from advocacy.zones import of_addresses
from outbox.kinds import Kind, register
from outbox.recipients import register_zones

register(
    # A customer's place hangs on the answer.
    Kind("ask_word", _("Another team wants to ask your customer"), REFERENCES, must=True),
    Kind("ask_word_given", _("Whether you may ask a customer"), REFERENCES, must=True),
    Kind("publicity_ask", _("May we speak of your company in public?"), PROFILES, must=True),
    Kind("profile_check", _("Is what we know about you still right?"), PROFILES, can_wait=True, inside=False, outside=True),
    Kind("profile_check_csm", _("A profile to check with the customer"), PROFILES, can_wait=True),
    Kind("profile_check_overdue", _("A profile the customer did not check"), PROFILES, can_wait=True),
    Kind("profile_left_search", _("A profile that left the search"), PROFILES, can_wait=True),
    Kind("profile_changed", _("A customer says that something changed"), PROFILES),
    Kind("consent_ends", _("What a customer allowed ends"), PROFILES, can_wait=True),
    Kind("company_consent_ends", _("What a company allowed ends"), PROFILES, can_wait=True),
    Kind("figures_old", _("Old figures of your customers"), PROFILES, can_wait=True),
    Kind("recognition_owed", _("Promised to a customer and not given"), PROFILES, can_wait=True),
    Kind("put_forward", _("A customer is put forward as an advocate"), RECRUITING),
    Kind("recruit_again", _("The day has come to ask again"), RECRUITING, can_wait=True),
    Kind("recruit_outcome", _("What became of somebody you put forward"), RECRUITING),
    Kind("interview_planned", _("An interview you hold"), RECRUITING, must=True),
    Kind("confirm_introduction", _("Please confirm that you would speak for us"), RECRUITING, must=True),
    Kind("introduced_again", _("An advocate offers to do more"), RECRUITING),
)
register_zones(of_addresses)
