from tests.access import Row, everyone, only
from tests.portal.matching_access import ROWS as MATCHING

ROWS = [
    *MATCHING,
    Row("home", everyone(200)),
    Row("healthz", everyone(200)),
    # No worker runs beside the tests.
    Row("readyz", everyone(503)),
    # Whoever administers the system, and a bearer of the token.
    Row("metrics", everyone(404)),
    Row("reports", only("team", "leader")),
    Row("standings", only("csm", "other_csm", "sales", "colleague", "team")),
    Row("standings-visibility", only("csm", "other_csm", "sales", "colleague", "team", status=302), method="post"),
    Row("demo-sign-in", everyone(404), method="post", data=lambda world: {"email": world.csm.email}, note="outside the demo"),
    # Whoever sees the nomination or the request.
    Row("nomination-mails", only("csm", "team", "leader", otherwise=404), args=lambda world: [world.nomination.pk]),
    Row("request-mails", only("sales", "csm", "team", "leader", otherwise=404), args=lambda world: [world.request.pk]),
    Row("no-own-email", everyone(404)),
]
