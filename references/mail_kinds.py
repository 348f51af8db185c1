from django.utils.translation import gettext_lazy as _

from advocacy.mail_groups import NEWS, REFERENCES
from outbox.kinds import Kind, register

register(
    # A customer's place hangs on the answer.
    Kind("request_approval", _("Sales asks for your customer"), REFERENCES, must=True),
    Kind("request_for_team", _("A request waits for somebody to be found"), REFERENCES),
    Kind("request_overdue", _("A request is overdue"), REFERENCES),
    Kind("request_answered", _("An answer to your request"), REFERENCES, must=True),
    Kind("request_called_off", _("A request for your customer is called off"), REFERENCES),
    Kind("reference_wanted", _("Somebody found no reference"), REFERENCES),
    Kind("customer_asked", _("Would you speak with somebody?"), REFERENCES, must=True),
    Kind("customer_answered", _("Your customer answered a request"), REFERENCES),
    Kind("customer_times", _("The times you offered"), REFERENCES, must=True),
    Kind("customer_writes", _("What you promised to write"), REFERENCES, must=True),
    Kind("prospect_picks", _("Choose a time"), REFERENCES, must=True),
    Kind("times_offered", _("The customer said yes to your request"), REFERENCES, must=True),
    Kind("written_agreed", _("The customer writes for your request"), REFERENCES, must=True),
    Kind("other_times", _("Other times are sought for your request"), REFERENCES, must=True),
    Kind("call_agreed", _("The time of a conversation"), REFERENCES, must=True),
    Kind("call_off", _("A conversation is off"), REFERENCES, must=True),
    Kind("debrief_wanted", _("How was the conversation?"), REFERENCES, outside=True),
    Kind("debrief_again", _("A reminder: how was the conversation?"), REFERENCES, can_wait=True, outside=True),
    Kind("say_how_it_went", _("A conversation of yours is over"), REFERENCES, can_wait=True),
    Kind("customer_asked_again", _("A reminder of our question"), REFERENCES, can_wait=True, inside=False, outside=True),
    Kind("customer_silent", _("A customer has not answered"), REFERENCES, can_wait=True),
    Kind("prospect_picks_again", _("A reminder to choose a time"), REFERENCES, can_wait=True, inside=False, outside=True),
    Kind("time_not_chosen", _("Nobody has chosen a time"), REFERENCES, can_wait=True),
    Kind("call_near_renewal", _("A conversation near a renewal"), REFERENCES),
    Kind("customer_thanks", _("Thanks for a conversation"), REFERENCES, inside=False, outside=True),
    Kind("deal_won", _("What came of a conversation"), NEWS, can_wait=True, inside=False, outside=True),
    Kind("new_matches", _("New in your saved searches"), NEWS, can_wait=True),
)
