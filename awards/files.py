"""The files of a nomination on a judge's desk."""

from awards.models import Assignment
from nominations.models import Attachment


def files_for(assignment: Assignment):
    """What this judge may download: nothing where names are hidden, because a file cannot be read without them."""
    if assignment.judge.reads_without_names or assignment.status == Assignment.Status.RECUSED:
        return Attachment.objects.none()
    return assignment.nomination.attachments.all()
