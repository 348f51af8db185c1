from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from advocacy.exports import csv_lines
from advocacy.jobs.pages import begun
from references.exports import AT_MOST, COLUMNS, result_rows
from references.permissions import searchers_only
from references.search import Search, total_of
from references.search.understand import read
from references.search.whole import activity_of


@login_required
@searchers_only
@require_http_methods(["GET", "POST"])
def export(request):
    """The list of the search in the address as CSV, without contact data; the name of the file says what was left out.

    By POST the whole of it, in the background.
    """
    now = timezone.now()
    search = Search.from_query(request.GET).by_itself()
    if request.method == "POST":
        query = search.as_query_string()
        back = f"{reverse('advocates')}?{query}"
        return begun(request, kind="advocate_list", params={"query": query}, title=_("List of advocates"), back=back)
    total = total_of(read(search).search, request.user, activity_of(search), now)
    name = f"advocates-first-{AT_MOST}-of-{total}" if total > AT_MOST else f"advocates-{total}"
    return StreamingHttpResponse(
        csv_lines(COLUMNS, result_rows(search, request.user, now)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"},
    )
