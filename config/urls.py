from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("portal.urls")),
    path("", include("nominations.urls")),
    path("", include("awards.urls")),
    path("", include("references.urls")),
    path("", include("advocacy.urls")),
    # Last: the admin answers everything below /admin/ that the judging pages above did not.
    path("admin/", admin.site.urls),
]
