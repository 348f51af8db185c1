from django.urls import path

from portal import monitors, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", monitors.healthz, name="healthz"),
    path("readyz", monitors.readyz, name="readyz"),
    path("reports/", views.reports, name="reports"),
    path("standings/", views.nominator_standings, name="standings"),
    path("standings/visibility/", views.standings_visibility, name="standings-visibility"),
    path("demo/sign-in/", views.demo_sign_in, name="demo-sign-in"),
    # The advocacy team changes addresses in the admin; allauth's page for it stays shut.
    path("accounts/email/", views.not_here, name="no-own-email"),
]
