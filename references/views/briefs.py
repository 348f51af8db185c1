"""One page for each side before a conversation, to read or to print."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from advocacy.models import SecretLink
from advocacy.working_time import day_of
from references import briefs
from references.permissions import get_request_to_work_on, last_candidate
from references.standing import standing_of
from references.views.signed import NOTHING_LEFT, require_in_time, signed_page

WRITERS = {"advocate": briefs.brief_of_advocate, "prospect": briefs.brief_of_prospect}


@signed_page(SecretLink.Purpose.ANSWER_REFERENCE)
def advocates_brief(request, link, candidate, now):
    return _show(request, link, candidate, "advocate", now)


@signed_page(SecretLink.Purpose.PICK_SLOT)
def prospects_brief(request, link, candidate, now):
    return _show(request, link, candidate, "prospect", now)


def _show(request, link, candidate, side, now):
    standing = standing_of(candidate.request, candidate, now)
    require_in_time(link, standing, now, final=NOTHING_LEFT)
    if standing in NOTHING_LEFT:
        return render(request, "references/calls/invalid.html", {"over": True}, status=410)
    brief = WRITERS[side](candidate.request, candidate, now)
    return render(request, "references/calls/brief.html", {"brief": brief, "side": side})


@login_required
@require_safe
def request_brief(request, pk, side):
    """What a side reads, for the requester, the CSM and the team."""
    now = timezone.now()
    reference_request = get_request_to_work_on(request.user, pk, day_of(now))
    candidate = last_candidate(reference_request)
    if candidate is None or side not in WRITERS:
        raise Http404
    candidate.request = reference_request
    brief = WRITERS[side](reference_request, candidate, now)
    return render(request, "references/calls/brief.html", {"brief": brief, "side": side, "reference_request": reference_request})
