from django.urls import path

from nominations.urls import together, triage
from nominations.views import alerts, drafts, nominations, programs, public, self_nominations, setup, worth

urlpatterns = [
    path("programs/", programs.program_list, name="programs"),
    # Before the program's own page: "confirm" is no program's address.
    path("programs/confirm/<str:token>/", self_nominations.confirm, name="confirm-nomination"),
    path("programs/<slug:slug>/", programs.program, name="program"),
    path("programs/<slug:slug>/share.png", public.picture, name="program-picture"),
    path("programs/<slug:slug>/call.pdf", public.paper, name="program-paper"),
    path("programs/<slug:slug>/embed/", public.embed, name="program-embed"),
    path("programs/<slug:slug>/nominate/", drafts.nominate, name="nominate"),
    path("programs/<slug:slug>/nominate-yourself/", self_nominations.nominate_yourself, name="nominate-yourself"),
    path("programs/<slug:slug>/nominate-yourself/sent/", self_nominations.nominate_yourself_sent, name="nominate-yourself-sent"),
    path("nominations/", nominations.nomination_list, name="nominations"),
    path("nominations/worth/", worth.worth, name="worth-nominating"),
    path("nominations/<int:pk>/", nominations.nomination, name="nomination"),
    path("nominations/<int:pk>/edit/", drafts.edit, name="nomination-edit"),
    path("nominations/<int:pk>/autosave/", drafts.autosave, name="nomination-autosave"),
    path("nominations/<int:pk>/discard/", drafts.discard, name="nomination-discard"),
    path("nominations/<int:pk>/reply/", nominations.reply, name="nomination-reply"),
    path("nominations/<int:pk>/alerts/<int:alert_pk>/settle/", alerts.settle, name="nomination-alert-settle"),
    path("nominations/<int:pk>/reading/", nominations.reading, name="nomination-reading"),
    path("admin/programs/new/", setup.new, name="program-new"),
    path("admin/programs/name-advice/", setup.name_advice, name="program-name-advice"),
    path("admin/programs/<slug:slug>/setup/", setup.overview, name="program-setup"),
    path("admin/programs/<slug:slug>/setup/calendar/shift/", setup.shift, name="program-setup-shift"),
    path("admin/programs/<slug:slug>/setup/calendar/check/", setup.check_dates, name="program-setup-check-dates"),
    path("admin/programs/<slug:slug>/setup/categories/<int:pk>/move/", setup.move, name="program-setup-category-move"),
    path("admin/programs/<slug:slug>/setup/<slug:step>/", setup.step, name="program-setup-step"),
    path("admin/programs/<slug:slug>/setup/<slug:step>/<int:pk>/", setup.row, name="program-setup-row"),
    path("admin/programs/<slug:slug>/setup/<slug:step>/<int:pk>/remove/", setup.remove, name="program-setup-row-remove"),
    *together.urlpatterns,
    *triage.urlpatterns,
]
