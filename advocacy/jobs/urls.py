from django.urls import path

from advocacy.jobs import views

urlpatterns = [
    path("work/", views.jobs, name="jobs"),
    path("work/start/<slug:code>/", views.start_job, name="job-start"),
    path("work/<int:pk>/", views.job, name="job"),
    path("work/<int:pk>/<slug:step>/", views.job_step, name="job-step"),
    path("work/<int:pk>/file.csv", views.job_file, name="job-file"),
]
