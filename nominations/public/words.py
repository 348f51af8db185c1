"""What a program says of itself in public, in plain words."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nominations.models import Program

DATES = ["opens_at", "closes_at", "judging_opens_at", "judging_closes_at", "announces_at"]
TIES = {
    Program.TieRule.STORY: gettext_lazy("When two are equal, the one with the stronger story goes first."),
    Program.TieRule.PARTNERSHIP: gettext_lazy("When two are equal, the one with the stronger partnership goes first."),
    Program.TieRule.MORE_JUDGES: gettext_lazy("When two are equal, the one that more judges have scored goes first."),
    Program.TieRule.CHAIR: gettext_lazy("When two are equal, the chair of the judges decides."),
    Program.TieRule.SHARED: gettext_lazy("When two are equal, both win."),
}


def dates(program: Program) -> list[tuple]:
    """The name of each date and the moment; the grace after the close is told to nobody."""
    return [(capfirst(program._meta.get_field(name).verbose_name), getattr(program, name)) for name in DATES]


def method(program: Program) -> list[str]:
    """How winners are chosen, sentence by sentence."""
    story, partnership = program.story_weight, program.partnership_weight
    sentences = [
        _("Judges read every nomination and score two things apart: the story and the partnership."),
        _("The story counts %(story)s of 100, the partnership %(partnership)s of 100.")
        % {"story": story, "partnership": partnership},
        _("A specific result counts before a large one."),
        _enough_judges(program),
        str(TIES[program.tie_rule]),
    ]
    if program.selection_factors:
        sentences.append(_("Judges are also asked to look at: %(factors)s.") % {"factors": factors(program)})
    return [*sentences, _winners(program)]


def factors(program: Program) -> str:
    chosen = [Program.Factor(factor).label for factor in program.selection_factors if factor in Program.Factor.values]
    return ", ".join(label.lower() for label in chosen)


def _enough_judges(program):
    """The story and the partnership may need a different number of judges."""
    story, partnership = program.minimum_story_judges, program.minimum_partnership_judges
    if story == partnership:
        text = ngettext(
            "A nomination needs the scores of %(n)s judge for each of the two.",
            "A nomination needs the scores of %(n)s judges or more for each of the two.",
            story,
        )
        return text % {"n": story}
    text = _("A nomination needs the scores of %(story)s or more judges for the story and %(partnership)s for the partnership.")
    return text % {"story": story, "partnership": partnership}


def _winners(program):
    number = program.winners_per_category
    text = ngettext("There is %(n)s winner in each category.", "There are up to %(n)s winners in each category.", number)
    return text % {"n": number}
