"""The pages around one advocate."""

from django.urls import path

from references.views import profiles, stories

urlpatterns = [
    path("advocates/<int:pk>/", profiles.advocate, name="advocate"),
    path("advocates/<int:pk>/timeline/", profiles.timeline, name="advocate-timeline"),
    path("advocates/<int:pk>/edit/", profiles.edit, name="advocate-edit"),
    path("advocates/<int:pk>/still-right/", profiles.still_right, name="advocate-still-right"),
    path("advocates/<int:pk>/status/", profiles.status, name="advocate-status"),
    path("advocates/<int:pk>/consent/", profiles.consent, name="advocate-consent"),
    path("advocates/<int:pk>/thanks/", profiles.thanks, name="advocate-thanks"),
    path("recognition/<int:pk>/given/", profiles.given, name="recognition-given"),
    path("advocates/<int:pk>/stories/new/", stories.new, name="story-new"),
    path("stories/<int:pk>/edit/", stories.edit, name="story-edit"),
    path("stories/<int:pk>/case-study/", stories.case_study, name="case-study"),
    path("stories/<int:pk>/case-study.<slug:extension>", stories.case_study_file, name="case-study-file"),
    path("advocates/<int:pk>/content/new/", stories.content_new, name="content-new"),
    path("content/<int:pk>/edit/", stories.content_edit, name="content-edit"),
    path("content/<int:pk>/remove/", stories.content_remove, name="content-remove"),
    path("content/<int:pk>/file/", stories.content_file, name="content-file"),
]
