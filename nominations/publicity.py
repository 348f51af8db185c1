"""The narrow recognition a locked-down account is asked to approve."""

from django.utils.translation import gettext as _

from nominations.emails import company_of
from nominations.models import Nomination


def source_key(nomination: Nomination) -> str:
    """Ties an approval to this recognition: it opens nothing else."""
    return f"nomination:{nomination.pk}"


def narrow_recognition(nomination: Nomination) -> str:
    """What exactly would be approved, in the fewest words that still honour somebody."""
    facts = {"program": nomination.program, "company": company_of(nomination), "who": _who(nomination)}
    return (
        _(
            "In the case of a win: the words “%(who)s, %(company)s, winner of %(program)s”, once, on our page of winners. "
            "No logo, no quote, no story and no figures."
        )
        % facts
    )


def narrow_ask(nomination: Nomination, *, approver: str, sender: str) -> str:
    """The prepared mail: it asks for a recognition and says in plain words what it does not ask for."""
    facts = {"program": nomination.program, "company": company_of(nomination), "who": _who(nomination)}
    facts |= {"approver": approver, "sender": sender, "what": narrow_recognition(nomination)}
    return (
        _(
            "Hello %(approver)s,\n\n"
            "we want to honour your results. %(who)s was nominated for %(program)s for what your people got done, "
            "and we know that %(company)s does not lend its name to publicity.\n\n"
            "This is not a request for a case study, a quote or a logo. All we ask is this:\n\n"
            "%(what)s\n\n"
            "You choose the exact wording. If that is too much, the recognition can stay private: "
            "a letter and a dinner, and nobody outside hears of it.\n\n"
            "May we? A yes or no in answer to this mail is enough.\n\n"
            "%(sender)s"
        )
        % facts
    )


def _who(nomination):
    return nomination.nominee.name if nomination.nominee else _("One of your people")
