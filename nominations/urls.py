from django.urls import path

from nominations.views import drafts, nominations, programs, self_nominations

urlpatterns = [
    path("programs/", programs.program_list, name="programs"),
    # Before the program's own page: "confirm" is no program's address.
    path("programs/confirm/<str:token>/", self_nominations.confirm, name="confirm-nomination"),
    path("programs/<slug:slug>/", programs.program, name="program"),
    path("programs/<slug:slug>/nominate/", drafts.nominate, name="nominate"),
    path("programs/<slug:slug>/nominate-yourself/", self_nominations.nominate_yourself, name="nominate-yourself"),
    path("programs/<slug:slug>/nominate-yourself/sent/", self_nominations.nominate_yourself_sent, name="nominate-yourself-sent"),
    path("nominations/", nominations.nomination_list, name="nominations"),
    path("nominations/<int:pk>/", nominations.nomination, name="nomination"),
    path("nominations/<int:pk>/edit/", drafts.edit, name="nomination-edit"),
    path("nominations/<int:pk>/autosave/", drafts.autosave, name="nomination-autosave"),
    path("nominations/<int:pk>/discard/", drafts.discard, name="nomination-discard"),
    path("nominations/<int:pk>/reply/", nominations.reply, name="nomination-reply"),
    path("nominations/<int:pk>/reading/", nominations.reading, name="nomination-reading"),
]
