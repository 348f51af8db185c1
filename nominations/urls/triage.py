"""The nominee's yes and the triage of nominations."""

from django.urls import path

from nominations.views import clarifications, nominee_reply, publicity, questions, triage

urlpatterns = [
    path("reply/<str:token>/", nominee_reply.nominee_reply, name="nominee-reply"),
    path("nominations/<int:pk>/question/", questions.question, name="nomination-question"),
    path("nominations/<int:pk>/question/send/", questions.send, name="nomination-question-send"),
    path("nominations/<int:pk>/question/hold/", questions.hold, name="nomination-question-hold"),
    path("nominations/<int:pk>/missing/", clarifications.missing, name="nomination-missing"),
    path("nominations/<int:pk>/publicity/", publicity.publicity, name="nomination-publicity"),
    path("nominations/<int:pk>/publicity/<int:approval_pk>/answer/", publicity.answer, name="nomination-publicity-answer"),
    path("admin/triage/", triage.programs, name="triage-programs"),
    path("admin/triage/<slug:slug>/", triage.board, name="triage"),
    path("admin/triage/<slug:slug>/duplicates/", triage.duplicates, name="triage-duplicates"),
    path("admin/triage/<slug:slug>/duplicates/<int:pk>/undo/", triage.undo, name="triage-undo"),
    path("admin/triage/<slug:slug>/<int:pk>/", triage.nomination, name="triage-nomination"),
    path("admin/triage/<slug:slug>/<int:pk>/category/", triage.category, name="triage-category"),
    path("admin/triage/<slug:slug>/<int:pk>/ask/", triage.ask, name="triage-ask"),
    path("admin/triage/<slug:slug>/<int:pk>/stop-waiting/", triage.stop, name="triage-stop"),
]
