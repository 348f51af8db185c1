"""Addresses of what happens around a conversation."""

from django.urls import path

from references.views import asked, briefs, debriefs, outcomes, slots

urlpatterns = [
    path("speak/<str:token>/", asked.speak, name="speak"),
    path("speak/<str:token>/brief/", briefs.advocates_brief, name="speak-brief"),
    path("meet/<str:token>/", slots.meet, name="meet"),
    path("meet/<str:token>/brief/", briefs.prospects_brief, name="meet-brief"),
    path("after/<str:token>/", debriefs.after_call, name="after-call"),
    path("requests/<int:pk>/ask/", asked.ask, name="request-ask"),
    path("requests/<int:pk>/answer/", asked.answer, name="request-answer"),
    path("requests/<int:pk>/times/", slots.request_times, name="request-times"),
    path("requests/<int:pk>/brief/<slug:side>/", briefs.request_brief, name="request-brief"),
    path("requests/<int:pk>/after/", debriefs.request_after, name="request-after"),
    path("references/outcomes/", outcomes.outcomes, name="outcomes"),
    path("references/outcomes.csv", outcomes.outcomes_csv, name="outcomes-csv"),
]
