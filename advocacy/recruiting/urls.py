from django.urls import path

from advocacy.recruiting.views import interviews, pipeline, public, steps

urlpatterns = [
    path("become-an-advocate/", public.become_an_advocate, name="become-an-advocate"),
    path("become-an-advocate/sent/", public.sent, name="become-an-advocate-sent"),
    path("become-an-advocate/confirm/<str:token>/", public.confirm, name="confirm-introduction"),
    path("recruiting/", pipeline.recruiting, name="recruiting"),
    path("recruiting/nominate/", pipeline.put_forward, name="put-forward"),
    path("recruiting/accounts/", pipeline.accounts, name="recruit-accounts"),
    path("recruiting/<int:pk>/", steps.recruitment, name="recruitment"),
    path("recruiting/<int:pk>/<slug:step>/", steps.step, name="recruitment-step"),
    path("interviews/<int:pk>/", interviews.interview, name="interview"),
    path("interviews/<int:pk>/draft/", interviews.draft, name="interview-draft"),
    path("interviews/<int:pk>/missed/", interviews.missed, name="interview-missed"),
    path("interviews/<int:pk>/calendar/", interviews.calendar, name="interview-calendar"),
]
