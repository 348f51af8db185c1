from django.utils.translation import gettext_lazy as _

from advocacy.mail_groups import AWARDS, JUDGING
from outbox.kinds import Kind, register

register(
    Kind("judge_invitation", _("An invitation to judge"), JUDGING, must=True),
    Kind("judging_ends_soon", _("Judging closes soon"), JUDGING, can_wait=True, outside=True),
    Kind("judging_behind", _("Judging is behind plan"), JUDGING, can_wait=True),
    Kind("award_offer", _("You are chosen: your answer"), AWARDS, must=True),
    Kind("award_offer_colleague", _("Your customer is offered an award"), AWARDS),
    Kind("award_reminder", _("You are chosen: a reminder"), AWARDS, can_wait=True, inside=False, outside=True),
    Kind("award_reminder_colleague", _("Your customer has not answered an offer"), AWARDS, can_wait=True),
    Kind("award_answered", _("A winner answered"), AWARDS),
    Kind("award_lapsed", _("An offer lapsed"), AWARDS),
    Kind("award_place_free", _("A place among the winners is free"), AWARDS),
    # Whoever was told of an award hears that it is gone.
    Kind("award_taken_back", _("A correction about an award"), AWARDS, must=True),
    Kind("award_won", _("Your award is announced"), AWARDS, must=True),
    Kind("award_won_colleague", _("Your customer's award is announced"), AWARDS),
    Kind("award_not_selected", _("Thank you for your story"), AWARDS, inside=False, outside=True),
    Kind("award_not_selected_colleague", _("What became of your nominations"), AWARDS),
    Kind("announcement_soon", _("The winners are announced soon"), AWARDS, can_wait=True),
    Kind("embargo_lifts", _("An award may be spoken of soon"), AWARDS, can_wait=True),
    Kind("follow_through_due", _("What you ask a winner next"), AWARDS, can_wait=True),
    Kind("follow_through_overdue", _("Nobody asked a winner what was planned"), AWARDS, can_wait=True),
)
