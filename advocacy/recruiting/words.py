"""What stands in the interview: the questions to ask, the anchors of the scales, the sentences of consent."""

from django.utils.translation import gettext_lazy as _

from advocacy.models import Consent, Recruitment

Status = Recruitment.Status
Purpose = Consent.Purpose

NEXT_STEPS = {
    Status.SUGGESTED: _("Do you know them? Nominate them, or say not now."),
    Status.NOMINATED: _("Plan the interview."),
    Status.INTERVIEW_PLANNED: _("Hold the interview and fill in the form."),
    Status.INTERVIEWED: _("Make them an active advocate."),
    Status.ACTIVE: _("Nothing: they are an advocate."),
    Status.NOT_NOW: _("Nothing until the day."),
}

PASSION = [
    _("1: Answers what is asked, no more"),
    _("2: Content with the product, speaks of it soberly"),
    _("3: Speaks well of it when asked"),
    _("4: Brings it up unasked, with examples"),
    _("5: Lights up telling it and wins others over"),
]
SELF_PROMOTION = [
    _("1: Avoids attention, wants their name nowhere"),
    _("2: Prefers a small circle to a stage"),
    _("3: Speaks when invited"),
    _("4: Likes a stage and shares what they did"),
    _("5: Builds a name: talks, writes and posts often"),
]

QUESTIONS = {
    "person": [
        _("Since when have you worked with us, and what do you use it for?"),
        _("Who else uses it: your team, your department, the whole company?"),
    ],
    "story": [
        _("How was it before? What did a bad week look like?"),
        _("What did you change, and what was hard about it?"),
        _("What is measured, before and after? Since when?"),
        _("Whose day is different now?"),
    ],
    "willing": [
        _("What would you like to do: talk to a peer, be quoted, stand on a stage? What never?"),
        _("How often is fine for you? When in the year is it bad?"),
        _("With whom would you rather not speak, such as competitors?"),
    ],
    "agreed": [
        _("Read the sentence out and wait for the yes. Nothing is published on the strength of a talk."),
    ],
}

# Said in a conversation, the first is enough to be asked; what is published needs a yes that can be read.
CONSENTS = {
    Purpose.REFERENCE_CONTACT: _("I may be asked to speak with other companies about my experience."),
    Purpose.USE_NAME_TITLE: _("My name and job title may be shown with my story."),
    Purpose.USE_COMPANY_NAME: _("My company's name may be shown with my story."),
    Purpose.USE_LOGO: _("My company's logo may be shown with my story."),
    Purpose.USE_QUOTE: _("My quote may be used as approved by me."),
    Purpose.USE_VIDEO: _("Video recordings of me about this story may be used."),
}
SPOKEN_IS_ENOUGH = {Purpose.REFERENCE_CONTACT}

# Beside the box of the public page, and kept exactly as it was shown.
INTRODUCTION = _(
    "You may keep what I wrote here and contact me about it. Nothing is published and nobody else gets my address "
    "unless I say yes to that, each time. I can take this back whenever I like."
)
