from django.urls import include, path

from references.call_urls import urlpatterns as call_urls
from references.views import asking, favourites, requests, saved, steps
from references.views.approval import approve_by_link
from references.views.compare import compare
from references.views.demand import coverage_csv, coverage_page, demand_rules, need_step, needs
from references.views.export import export
from references.views.load import load, load_csv
from references.views.needs import need
from references.views.opportunity import for_deal
from references.views.search import advocates, ask_team, looked_in_vain

urlpatterns = [
    *call_urls,
    path("reports/coverage/", coverage_page, name="coverage"),
    path("reports/coverage.csv", coverage_csv, name="coverage-csv"),
    path("reports/coverage/inputs/", demand_rules, name="demand-rules"),
    path("reports/needs/", needs, name="needs"),
    path("reports/needs/<int:pk>/<slug:step>/", need_step, name="need-step"),
    path("advocates/", advocates, name="advocates"),
    path("reports/load/", load, name="load"),
    path("reports/load.csv", load_csv, name="load-csv"),
    path("advocates/needs/<int:pk>/", need, name="need"),
    path("advocates/ask-team/", ask_team, name="advocates-ask-team"),
    path("advocates/in-vain/", looked_in_vain, name="advocates-in-vain"),
    path("advocates/for-deal/", for_deal, name="advocates-for-deal"),
    path("advocates/compare/", compare, name="advocates-compare"),
    path("advocates/list.csv", export, name="advocates-export"),
    path("advocates/favourites/", favourites.favourites, name="favourites"),
    path("advocates/<int:pk>/favourite/", favourites.favourite, name="advocate-favourite"),
    path("advocates/saved/", saved.saved_searches, name="saved-searches"),
    path("advocates/saved/new/", saved.save, name="saved-search-new"),
    path("advocates/saved/no-mails/", saved.no_mails, name="saved-searches-no-mails"),
    path("advocates/saved/<int:pk>/mails/", saved.mails, name="saved-search-mails"),
    path("advocates/saved/<int:pk>/delete/", saved.delete, name="saved-search-delete"),
    path("", include("references.profile_urls")),
    path("requests/", requests.requests, name="requests"),
    path("requests/board/", requests.board, name="request-board"),
    path("requests/new/", asking.new, name="request-new"),
    path("requests/opportunities/", asking.opportunities, name="request-opportunities"),
    path("requests/day/", asking.day, name="request-day"),
    path("requests/answer/<str:token>/", approve_by_link, name="approve-by-link"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/propose/", steps.propose, name="request-propose"),
    path("requests/<int:pk>/approve/", steps.approve, name="request-approve"),
    path("requests/<int:pk>/other/", steps.other, name="request-other"),
    path("requests/<int:pk>/not-now/", steps.not_now, name="request-not-now"),
    path("requests/<int:pk>/line/", steps.order, name="request-line"),
    path("requests/<int:pk>/go-on/", steps.go_on, name="request-go-on"),
    path("requests/<int:pk>/decline/", steps.decline, name="request-decline"),
    path("requests/<int:pk>/schedule/", steps.schedule, name="request-schedule"),
    path("requests/<int:pk>/no-show/", steps.no_show, name="request-no-show"),
    path("requests/<int:pk>/complete/", steps.complete, name="request-complete"),
    path("requests/<int:pk>/cancel/", steps.cancel, name="request-cancel"),
]
