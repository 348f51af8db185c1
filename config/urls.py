from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

# The admin's own sign-in page would be a way around the second factor.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.index_title = _("What Laurel keeps")

urlpatterns = [
    # First: it shuts some of the pages that allauth offers below.
    path("", include("portal.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("nominations.urls")),
    path("", include("awards.urls")),
    path("", include("references.urls")),
    path("", include("advocacy.urls")),
    path("", include("outbox.urls")),
    # Last: the admin answers everything below /admin/ that the judging pages above did not.
    path("admin/", admin.site.urls),
]
