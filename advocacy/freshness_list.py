"""The work list of the freshness report as a file."""

from advocacy.models import User
from advocacy.profile_checks.queue import Line

COLUMNS = ["advocate_id", "name", "account", "csm", "sections", "due_on", "leaves_search_on", "why"]
AT_ONCE = 2_000  # rows sent while their reader waits; a longer list is long work


def may_read(user: User) -> bool:
    return user.has_perm("advocacy.keep_profiles") or user.has_perm("advocacy.view_reports")


def row(line: Line) -> list:
    account = line.advocate.account
    found = line.waiting
    return [
        line.advocate.pk,
        line.advocate.name,
        account.name if account else "",
        account.csm.name if account and account.csm else "",
        " ".join(found.sections),
        found.due_on.isoformat(),
        found.leaves_on.isoformat(),
        " ".join(line.doubts),
    ]
