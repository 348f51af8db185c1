"""Working on a draft: the guide, colleagues, files."""

from django.urls import path

from nominations.views import attachments, guide, handover, sections

urlpatterns = [
    path("nominations/<int:pk>/guide/", guide.guide, name="nomination-guide"),
    path("nominations/<int:pk>/hand-over/", handover.hand_over, name="nomination-hand-over"),
    path("nominations/<int:pk>/ask/", sections.ask, name="nomination-ask"),
    path("nominations/<int:pk>/ask/<int:request_pk>/withdraw/", sections.withdraw, name="nomination-ask-withdraw"),
    path("section/<str:token>/", sections.section, name="section"),
    path("nominations/<int:pk>/files/", attachments.files, name="nomination-files"),
    path("nominations/<int:pk>/files/<int:file_pk>/", attachments.download, name="nomination-file"),
    path("nominations/<int:pk>/files/<int:file_pk>/remove/", attachments.remove, name="nomination-file-remove"),
]
