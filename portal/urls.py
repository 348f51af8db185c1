from django.urls import path

from portal import matches, metrics, monitors, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", monitors.healthz, name="healthz"),
    path("readyz", monitors.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("reports/", views.reports, name="reports"),
    path("standings/", views.nominator_standings, name="standings"),
    path("standings/visibility/", views.standings_visibility, name="standings-visibility"),
    path("recruiting/known-twice/", matches.person_matches, name="person-matches"),
    path("recruiting/known-twice/<int:pk>/", matches.person_match, name="person-match"),
    path("recruiting/known-twice/<int:pk>/same/", matches.same_person, name="person-match-same"),
    path("recruiting/known-twice/<int:pk>/different/", matches.different_people, name="person-match-different"),
    path("nominations/<int:pk>/mails/", views.nomination_mails, name="nomination-mails"),
    path("requests/<int:pk>/mails/", views.request_mails, name="request-mails"),
    path("demo/sign-in/", views.demo_sign_in, name="demo-sign-in"),
    # The advocacy team changes addresses in the admin; allauth's page for it stays shut.
    path("accounts/email/", views.not_here, name="no-own-email"),
]
