"""Long work around a program: its figures as files, and the mails of its announcement."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.jobs.files import export_kind
from advocacy.jobs.registry import JobKind, register
from awards import exports
from awards.permissions import is_sealed
from awards.services.announcement_work import stop_announcement, write_announcement
from nominations.models import Program


def _program(params):
    return Program.objects.filter(pk=params["program"]).first()


def _may_see_results(user, params):
    program = _program(params)
    return bool(program and user.runs_program and not is_sealed(user, program, timezone.now()))


def _rows_of(make):
    def rows(user, params, now, seen):
        found = list(make(_program(params)))
        return len(found), iter(found)

    return rows


def _page(name):
    return lambda job: reverse(name, args=[_program(job.params).slug]) if _program(job.params) else ""


def _file(code, label, columns, rows, key):
    return export_kind(
        code=f"program_{code}",
        label=label,
        columns=columns,
        rows=_rows_of(rows),
        key=key,
        may=_may_see_results,
        name=lambda job: f"{job.params['slug']}-{code}.csv",
        page=_page("results"),
        page_label=_("Back to the results"),
    )


register(
    _file("scores", _("Scores of a program"), exports.SCORE_COLUMNS, exports.score_rows, key=(0, 2, 9, 10)),
    _file("results", _("Results of a program"), exports.RESULT_COLUMNS, exports.result_rows, key=(1, 3)),
    JobKind(
        code="announcement_mails",
        label=_("Mails of an announcement"),
        work=write_announcement,
        may=_may_see_results,
        undo=stop_announcement,
        page=_page("results-announcement"),
        page_label=_("Look at the mails"),
    ),
)
