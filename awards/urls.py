from django.urls import path

from awards import views
from awards.views import gallery, progress

urlpatterns = [
    path("programs/<slug:slug>/winners/", gallery.winners, name="winners"),
    path("programs/<slug:slug>/winners/share.png", gallery.winners_picture, name="winners-picture"),
    path("programs/<slug:slug>/winners/<int:pk>/", gallery.winner, name="winner"),
    path("programs/<slug:slug>/winners/<int:pk>/share.png", gallery.picture, name="winner-picture"),
    path("programs/<slug:slug>/winners/<int:pk>/badge.svg", gallery.badge, {"kind": "svg"}, name="winner-badge-svg"),
    path("programs/<slug:slug>/winners/<int:pk>/badge.png", gallery.badge, {"kind": "png"}, name="winner-badge-png"),
    path(
        "programs/<slug:slug>/winners/<int:pk>/certificate.pdf",
        gallery.certificate,
        {"kind": "pdf"},
        name="winner-certificate-pdf",
    ),
    path(
        "programs/<slug:slug>/winners/<int:pk>/certificate.svg",
        gallery.certificate,
        {"kind": "svg"},
        name="winner-certificate-svg",
    ),
    path("admin/judging/", views.queue, name="judging-queue"),
    path("admin/judging/<int:pk>/", views.assignment, name="judging-assignment"),
    path("admin/judging/<int:pk>/recuse/", views.recuse, name="judging-recuse"),
    path("admin/judging/<int:pk>/abstain/", views.abstain, name="judging-abstain"),
    path("admin/judging/<int:pk>/reopen/", views.reopen, name="judging-reopen"),
    path("admin/judging/programs/<slug:slug>/", progress.progress, name="judging-progress"),
    path("admin/judging/programs/<slug:slug>/share-out/", progress.share_out, name="judging-share-out"),
    path("admin/judging/programs/<slug:slug>/assign/<int:pk>/", progress.assign, name="judging-assign"),
    path("admin/judging/programs/<slug:slug>/take/<int:pk>/", progress.take, name="judging-take"),
    path("admin/judging/programs/<slug:slug>/judges/<int:pk>/categories/", progress.categories, name="judging-categories"),
    path("admin/judging/programs/<slug:slug>/judges/<int:pk>/remove/", progress.remove, name="judging-remove"),
    path("admin/judging/programs/<slug:slug>/judges/<int:pk>/nudge/", progress.nudge, name="judging-nudge"),
    path("admin/results/", views.programs, name="results-list"),
    path("admin/results/<slug:slug>/", views.results, name="results"),
    path("admin/results/<slug:slug>/open/", views.open_judging, name="results-open-judging"),
    path("admin/results/<slug:slug>/rubric/", views.copy_rubric, name="results-copy-rubric"),
    path("admin/results/<slug:slug>/close/", views.close, name="results-close-judging"),
    path("admin/results/<slug:slug>/announce/", views.announce, name="results-announce"),
    path("admin/results/<slug:slug>/scores.csv", views.download_scores, name="results-scores-csv"),
    path("admin/results/<slug:slug>/results.csv", views.download_results, name="results-csv"),
    path("admin/results/<slug:slug>/choose/<int:pk>/", views.choose, name="results-choose"),
    path("admin/results/<slug:slug>/winner/<int:pk>/accept/", views.accept, name="results-accept"),
    path("admin/results/<slug:slug>/winner/<int:pk>/decline/", views.decline, name="results-decline"),
    path("admin/results/<slug:slug>/winner/<int:pk>/take-back/", views.take_back, name="results-take-back"),
]
