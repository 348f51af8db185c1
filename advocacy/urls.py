from django.urls import include, path

from advocacy import freshness_views, queue_views, views

urlpatterns = [
    path("", include("advocacy.asking.urls")),
    path("", include("advocacy.jobs.urls")),
    path("", include("advocacy.recruiting.urls")),
    path("verify/<str:token>/", views.verify, name="verify"),
    path("profiles/", queue_views.check_queue, name="check-queue"),
    path("profiles/<int:pk>/", queue_views.check_profile, name="check-profile"),
    path("profiles/<int:pk>/undo/", queue_views.undo_has_left, name="undo-has-left"),
    path("reports/freshness/", freshness_views.freshness_report, name="freshness"),
    path("reports/freshness.csv", freshness_views.freshness_csv, name="freshness-csv"),
]
