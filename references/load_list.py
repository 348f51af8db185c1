"""A list of the load report as a file."""

from advocacy.models import User
from references.load import Carried

COLUMNS = ["advocate_id", "name", "account", "asks_90_days", "limit_90_days", "asks_year", "done_year", "given_year", "promised"]
AT_ONCE = 2_000  # rows sent while their reader waits; a longer list is long work


def may_read(user: User) -> bool:
    return user.runs_program or user.has_perm("advocacy.view_reports")


def row(line: Carried) -> list:
    return [line.pk, line.name, line.account, line.quarter, line.limit, line.year, line.done, line.given, line.promised]
