from django.urls import path

from awards import views

urlpatterns = [
    path("admin/judging/", views.queue, name="judging-queue"),
    path("admin/judging/<int:pk>/", views.assignment, name="judging-assignment"),
    path("admin/judging/<int:pk>/recuse/", views.recuse, name="judging-recuse"),
    path("admin/judging/<int:pk>/abstain/", views.abstain, name="judging-abstain"),
    path("admin/judging/<int:pk>/reopen/", views.reopen, name="judging-reopen"),
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
