"""Who may open the search, the profiles and the requests, and take which step."""

from datetime import timedelta

from references.models import SavedSearch, UnmetNeed
from references.services import record_need
from tests.access import Row, everyone, only, signed_in
from tests.factories import activity, make_opportunity
from tests.references import call_access, profile_access

SEARCHERS = ("sales", "csm", "other_csm", "team", "leader")
# The world's request was made by sales and waits for the CSM; other CSMs, colleagues and judges cannot see it.
SEE = signed_in(404, sales=200, csm=200, team=200, leader=200)
APPROVE = signed_in(404, sales=403, leader=403, csm=302, team=302)
WORK_ON = signed_in(404, leader=403, sales=302, csm=302, team=302)
OWN = signed_in(404, leader=403, csm=403, sales=302, team=302)


# Saved by sales; the judge and the colleague may not search at all.
OWN_SEARCH = signed_in(404, sales=302, colleague=403, judge=403)


def request(world):
    return (world.request.pk,)


def advocate(world):
    return (world.advocate.pk,)


def saved(world):
    return (SavedSearch.objects.get_or_create(user=world.sales, name="Claims", defaults={"query": "q=claims"})[0].pk,)


def need(world):
    """Sales searched in vain."""
    return (record_need(user=world.sales, activity_type=activity(), wanted={"text": "tin"}, query="q=tin", now=world.now).pk,)


def unmet_need(world):
    deal = make_opportunity(is_won=False)
    return UnmetNeed.objects.create(source="search", user=world.sales, opportunity=deal)


ROWS = [
    Row("coverage", only("team", "leader")),
    Row("coverage-csv", only("team", "leader")),
    Row("demand-rules", only("team", status=302), method="post"),
    Row("needs", signed_in(200)),
    Row(
        "need-step",
        only("sales", "team", status=302, otherwise=404) | {"leader": 403},
        args=lambda world: [unmet_need(world).pk, "lost-otherwise"],
        method="post",
    ),
    Row("load", only("team", "leader")),
    Row("load-csv", only("team", "leader")),
    Row("load-csv", only("team", "leader", status=302), method="post"),
    Row("need", signed_in(404, sales=200, team=200, leader=200), args=need),
    Row("advocates-ask-team", only(*SEARCHERS, status=302), method="post", data=lambda world: {"query": "q=tin"}),
    Row("advocates-in-vain", only(*SEARCHERS, status=204), method="post", data=lambda world: {"query": "q=tin"}),
    Row("advocates", only(*SEARCHERS)),
    Row("advocates", only(*SEARCHERS), query=lambda world: {"q": "claims"}, note="a text"),
    Row(
        "advocates",
        signed_in(403, sales=200, csm=200, team=200, other_csm=404, leader=403),
        query=lambda world: {"request": world.request.pk},
        note="for a request",
    ),
    Row("advocates-for-deal", only(*SEARCHERS), query=lambda world: {"opportunity": world.opportunity.external_id}),
    Row("advocates-for-deal", only(*SEARCHERS, status=404), query=lambda world: {"opportunity": "gone"}, note="an unknown deal"),
    Row("advocates", only(*SEARCHERS, status=302), query=lambda world: {"opportunity": "gone"}, note="from the CRM"),
    Row("advocates-compare", only(*SEARCHERS), query=lambda world: {"pk": world.advocate.pk}),
    Row("advocates-export", only(*SEARCHERS)),
    Row("favourites", only(*SEARCHERS)),
    Row("advocate-favourite", only(*SEARCHERS, status=302), args=advocate, method="post", data=lambda world: {"keep": "1"}),
    Row("saved-searches", only(*SEARCHERS)),
    Row("saved-search-new", only(*SEARCHERS), query=lambda world: {"q": "claims"}),
    Row(
        "saved-search-new", only(*SEARCHERS, status=302), method="post", data=lambda world: {"name": "Mine", "query": "q=claims"}
    ),
    Row("saved-searches-no-mails", only(*SEARCHERS, status=302), method="post"),
    Row("saved-search-mails", OWN_SEARCH, args=saved, method="post", data=lambda world: {"on": "0"}),
    Row("saved-search-delete", OWN_SEARCH, args=saved, method="post"),
    *profile_access.ROWS,
    *call_access.ROWS,
    Row("requests", only("sales", "csm", "other_csm", "team", "leader")),
    Row("request-board", only("sales", "csm", "other_csm", "team", "leader")),
    Row("request-new", only("sales", "csm", "other_csm", "team")),
    Row("request-new", only("sales", "csm", "other_csm", "team"), method="post", note="a form without its fields"),
    Row("request-day", only("sales", "csm", "other_csm", "team"), query=lambda world: {"needed_by": "2030-01-01"}),
    Row("request-opportunities", only("sales", "csm", "other_csm", "team"), query=lambda world: {"opportunity": "Deal"}),
    Row("approve-by-link", everyone(404), args=lambda world: ("no-token",)),
    Row("request", SEE, args=request),
    Row("request-approve", APPROVE, args=request, method="post"),
    Row("request-decline", APPROVE, args=request, method="post", data=lambda world: {"note": "On leave."}),
    Row(
        "request-schedule",
        APPROVE,
        args=request,
        method="post",
        data=lambda world: {"at": (world.now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")},
    ),
    Row("request-other", APPROVE, args=request, method="post", note="a form without its fields"),
    Row("request-not-now", APPROVE, args=request, method="post", data=lambda world: {"note": "A hard week."}),
    Row("request-line", OWN, args=request, method="post"),
    Row("request-go-on", WORK_ON, args=request, method="post"),
    Row("request-propose", WORK_ON, args=request, method="post", data=lambda world: {"advocate": world.advocate.pk}),
    Row("request-complete", WORK_ON, args=request, method="post", data=lambda world: {"outcome": "It helped."}),
    Row("request-no-show", WORK_ON, args=request, method="post"),
    Row("request-cancel", OWN, args=request, method="post"),
]
