"""The nominee's yes and the triage of nominations."""

from django.urls import path

from nominations.views import nominee_reply, questions

urlpatterns = [
    path("reply/<str:token>/", nominee_reply.nominee_reply, name="nominee-reply"),
    path("nominations/<int:pk>/question/", questions.question, name="nomination-question"),
    path("nominations/<int:pk>/question/send/", questions.send, name="nomination-question-send"),
    path("nominations/<int:pk>/question/hold/", questions.hold, name="nomination-question-hold"),
]
