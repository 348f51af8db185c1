"""Who may open which long work: here a list that the CSM began."""

from advocacy.jobs import files
from advocacy.jobs.starting import start
from tests.access import Row, only, signed_in

MINE = only("csm", "team", otherwise=404)
STEPPED = only("csm", "team", status=302, otherwise=404)


def job(world):
    found = start(kind="freshness_list", params={"query": ""}, title="List of profiles", by=world.csm, now=world.now)
    files.folder().joinpath("0-access.csv").touch()
    found.file, found.file_name = "0-access.csv", "freshness.csv"
    found.save()
    return found


ROWS = [
    Row("jobs", signed_in(200)),
    Row("job-start", only("team", status=302), args=lambda world: ["search_rebuild"], method="post"),
    Row("job-start", signed_in(404), args=lambda world: ["freshness_list"], method="post", note="not offered"),
    Row("job", MINE, args=lambda world: [job(world).pk]),
    Row("job-step", STEPPED, args=lambda world: [job(world).pk, "cancel"], method="post"),
    Row("job-step", signed_in(404), args=lambda world: [job(world).pk, "explode"], method="post"),
    Row("job-file", MINE, args=lambda world: [job(world).pk]),
]
