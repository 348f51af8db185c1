"""Saving a form of a program or of one of its rows, one person after the other."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from nominations.models import Program


@transaction.atomic
def save_program(request, program, form_class, prefix=None):
    """The form, saved when it is in order."""
    form = form_class(request.POST, instance=_locked(program), user=request.user, prefix=prefix)
    return _save(request, form)


@transaction.atomic
def save_row(request, program, form_class, row=None):
    """The same for a row; without `row` a new one."""
    locked = _locked(program)
    if row:
        row = get_object_or_404(type(row), pk=row.pk)
    return _save(request, form_class(request.POST, instance=row, program=locked))


def _locked(program):
    return Program.objects.select_for_update(of=("self",)).get(pk=program.pk)


def _save(request, form):
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        if form.words_on_what_others_changed:
            messages.info(request, form.words_on_what_others_changed)
    return form
