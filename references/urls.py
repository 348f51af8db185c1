from django.urls import path

from references.views import profiles, requests, steps
from references.views.load import load, load_csv
from references.views.needs import need
from references.views.search import advocates

urlpatterns = [
    path("advocates/", advocates, name="advocates"),
    path("advocates/load/", load, name="load"),
    path("advocates/load.csv", load_csv, name="load-csv"),
    path("advocates/needs/<int:pk>/", need, name="need"),
    path("advocates/<int:pk>/", profiles.advocate, name="advocate"),
    path("advocates/<int:pk>/edit/", profiles.edit, name="advocate-edit"),
    path("advocates/<int:pk>/still-right/", profiles.still_right, name="advocate-still-right"),
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", requests.new, name="request-new"),
    path("requests/opportunities/", requests.opportunities, name="request-opportunities"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/propose/", steps.propose, name="request-propose"),
    path("requests/<int:pk>/approve/", steps.approve, name="request-approve"),
    path("requests/<int:pk>/decline/", steps.decline, name="request-decline"),
    path("requests/<int:pk>/schedule/", steps.schedule, name="request-schedule"),
    path("requests/<int:pk>/no-show/", steps.no_show, name="request-no-show"),
    path("requests/<int:pk>/complete/", steps.complete, name="request-complete"),
    path("requests/<int:pk>/cancel/", steps.cancel, name="request-cancel"),
]
