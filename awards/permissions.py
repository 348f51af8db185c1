"""Fetch and authorise in one step: what may not be seen is 404, what may not be changed is 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from awards.models import Assignment, Judge, Winner
from nominations.models import Entry, Program


def require_desk(user):
    if not user.has_perm("advocacy.use_admin"):
        raise PermissionDenied(_("The judging desk is for judges and the advocacy team."))


def get_assignment_to_judge(user, pk):
    """One of `user`'s own assignments; everybody else's do not exist here, whoever asks."""
    require_desk(user)
    return get_object_or_404(Assignment.objects.for_desk_page(user), pk=pk)


def require_team(user):
    if not user.has_perm("advocacy.run_program"):
        raise PermissionDenied(_("Results are for the advocacy team."))


def get_program_to_run(user, slug):
    """The program of a results page; whether its figures may be shown is `is_sealed`'s answer."""
    require_team(user)
    return get_object_or_404(Program, slug=slug)


def get_program_with_results(user, slug, now):
    """For everything that shows or uses figures."""
    program = get_program_to_run(user, slug)
    if is_sealed(user, program, now):
        raise PermissionDenied(
            _("You judge this program: its results open when your own nominations are done or judging has closed.")
        )
    return program


def is_sealed(user, program, now):
    return Judge.objects.filter(program=program).sealing(user, now).exists()


def get_entry_to_choose(user, slug, pk, now):
    program = get_program_with_results(user, slug, now)
    return get_object_or_404(Entry.objects.filter(category__program=program), pk=pk)


def get_winner_to_change(user, slug, pk, now):
    program = get_program_with_results(user, slug, now)
    return get_object_or_404(
        Winner.objects.filter(category__program=program).select_related(
            "category__program", "entry__category", "entry__nomination__nominee", "entry__nomination__account"
        ),
        pk=pk,
    )
