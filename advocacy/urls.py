from django.urls import include, path

from advocacy import views

urlpatterns = [
    path("", include("advocacy.asking.urls")),
    path("", include("advocacy.recruiting.urls")),
    path("verify/<str:token>/", views.verify, name="verify"),
    path("advocates/<int:pk>/check/", views.check_profile, name="check-profile"),
]
