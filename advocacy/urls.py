from django.urls import path

from advocacy import views

urlpatterns = [
    path("verify/<str:token>/", views.verify, name="verify"),
    path("advocates/<int:pk>/check/", views.check_profile, name="check-profile"),
]
