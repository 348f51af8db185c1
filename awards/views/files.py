from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from advocacy.serving import served
from awards import services
from awards.files import files_for
from awards.permissions import get_assignment_at
from awards.views.entrances import for_guests, for_staff


def _file(request, seat, pk, file_pk):
    """A file of an own assignment, as a download; a tie found by now keeps it back as it keeps back the story."""
    assignment, now = get_assignment_at(seat, pk), timezone.now()
    if assignment.judge.program.in_judging(now):
        services.keep_conflict_out(assignment=assignment, now=now)
    return served(get_object_or_404(files_for(assignment), pk=file_pk))


file = require_safe(for_staff(_file))
guest_file = require_safe(for_guests(_file))
