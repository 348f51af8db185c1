from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from awards.files import files_for
from awards.permissions import get_assignment_at
from awards.views.entrances import for_guests, for_staff
from nominations.serving import served


def _file(request, seat, pk, file_pk):
    """A file of an own assignment, as a download."""
    return served(get_object_or_404(files_for(get_assignment_at(seat, pk)), pk=file_pk))


file = require_safe(for_staff(_file))
guest_file = require_safe(for_guests(_file))
