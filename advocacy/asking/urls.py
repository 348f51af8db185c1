from django.urls import path

from advocacy.asking import views

urlpatterns = [
    path("asks/", views.asks, name="asks"),
    path("asks/new/", views.ask_new, name="ask-new"),
    path("asks/people/", views.ask_people, name="ask-people"),
    path("asks/<int:pk>/", views.ask, name="ask"),
    path("asks/<int:pk>/<slug:step>/", views.ask_step, name="ask-step"),
]
