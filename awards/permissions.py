"""Fetch and authorise in one step: what may not be seen is 404, what may not be changed is 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from awards.models import Assignment, Judge, Winner
from nominations.models import Entry, Program
from nominations.permissions import stands_for


def require_desk(user):
    if not user.has_perm("advocacy.use_admin"):
        raise PermissionDenied(_("The judging desk is for judges and the advocacy team."))


def get_assignment_at(seat, pk):
    """One of the own assignments of whoever sits there; everybody else's do not exist here, whoever asks."""
    return get_object_or_404(Assignment.objects.for_desk_page(seat.actor), pk=pk)


def get_appointment_at(seat, slug):
    """The own appointment in a program."""
    return get_object_or_404(seat.appointments, program__slug=slug)


def get_guest_to_manage(user, slug, pk):
    """A guest judge of a program; says nothing about scores, so the seal does not matter."""
    program = get_program_to_run(user, slug)
    return get_object_or_404(Judge.objects.guests().select_related("program__contact", "guest_account"), program=program, pk=pk)


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


def get_program_to_decide(user, slug, now):
    """The page of equals: for the chair of the program as well, whoever they are otherwise."""
    program = get_object_or_404(Program.objects.select_related("chair"), slug=slug)
    if program.chair_id != user.pk:
        return get_program_with_results(user, slug, now)
    if is_sealed(user, program, now):
        raise PermissionDenied(_("You judge this program: finish your own nominations first."))
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


def get_nomination_to_assign(user, slug, pk):
    program = get_program_to_run(user, slug)
    return get_object_or_404(program.nominations.submitted().select_related("program"), pk=pk)


def get_assignment_to_take(user, slug, pk):
    program = get_program_to_run(user, slug)
    return get_object_or_404(Assignment.objects.filter(judge__program=program).select_related("judge__program"), pk=pk)


def get_judge_to_change(user, slug, pk):
    program = get_program_to_run(user, slug)
    return get_object_or_404(program.judges.present().select_related("user", "program"), pk=pk)


def get_program_with_gallery(user, slug, now):
    """A program whose winners are announced; before that its gallery does not exist, whoever asks."""
    return get_object_or_404(Program.objects.visible_to(user), slug=slug, announced_at__lte=now)


def get_winner_to_celebrate(user, slug, pk, now):
    """A public winner for everybody; one who has accepted also for those who look after the customer."""
    winner = get_object_or_404(Winner.objects.for_gallery().filter(category__program__slug=slug), pk=pk)
    if is_public(winner, now) or prepares(user, winner, now):
        return winner
    raise Http404


def get_winner_to_prepare(user, slug, pk, now):
    winner = get_winner_to_celebrate(user, slug, pk, now)
    if not prepares(user, winner, now):
        raise PermissionDenied(_("Only the customer's CSM or the advocacy team can do this."))
    return winner


def is_public(winner, now):
    return Winner.objects.public(now).filter(pk=winner.pk).exists()


def prepares(user, winner, now):
    """The customer's CSM, who stands in for them, and the advocacy team, once the winner has accepted."""
    if not user.is_authenticated or winner.status != Winner.Status.ACCEPTED:
        return False
    return stands_for(user, winner.entry.nomination) and not is_sealed(user, winner.category.program, now)


def get_winner_to_look_after(user, pk, now):
    """For whoever looks after the winner's customer, and for the advocacy team."""
    return get_object_or_404(Winner.objects.looked_after_by(user, now).for_list(), pk=pk)


def require_reports(user):
    if not (user.has_perm("advocacy.run_program") or user.has_perm("advocacy.view_reports")):
        raise PermissionDenied(_("Reports are for leaders and the advocacy team."))
