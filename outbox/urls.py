from django.urls import path

from outbox import views, webhooks

urlpatterns = [
    path("mails/reports/<slug:provider>/", webhooks.reports, name="mail-reports"),
    path("mails/", views.my_mails, name="my-mails"),
    path("mails/stop/<str:token>/", views.stop_mails, name="mails-stop"),
    path("mails/<str:token>/", views.mails_by_link, name="mails-by-link"),
]
