from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.text import capfirst


class ReadOnlyAdmin(admin.ModelAdmin):
    """The machinery writes these rows; people read them."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @property
    def name_of_list(self):
        """The page is called what the menu calls it."""
        return capfirst(self.opts.verbose_name_plural)

    class Media:
        css = {"all": ["css/outbox.css"]}

    def page(self, request, name, **context):
        """A page of our own below a model."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return TemplateResponse(request, f"admin/outbox/{self.opts.model_name}/{name}.html", context)


# A mail is shown as it is, inline styles and all, but can run nothing, load nothing and send nothing.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}
