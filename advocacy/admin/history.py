"""A page beside every tracked object: what changed, when, and who did it."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from advocacy import audit


class AuditedAdmin(admin.ModelAdmin):
    """Adds `<pk>/audit/`; `audit_with` names the relations whose changes stand on the same page."""

    change_form_template = "admin/audited_change_form.html"
    audit_with = ()

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_audit"
        return [path("<path:object_id>/audit/", self.admin_site.admin_view(self.audit_view), name=name), *super().get_urls()]

    def audit_view(self, request, object_id):
        instance = self.get_object(request, unquote(object_id))
        if instance is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, instance):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Audit: %(object)s") % {"object": instance},
            "opts": self.opts,
            "original": instance,
            "entries": audit.trail(instance, self.audit_with),
            "limit": audit.LIMIT,
            "steps": audit.steps(instance),
            "back": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[instance.pk]),
        }
        return TemplateResponse(request, "admin/audit.html", context)
