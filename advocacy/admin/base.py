from django.contrib import admin


class ReadOnly:
    """People read these rows; services write them. For admins and inlines."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True

    def get_readonly_fields(self, request, obj=None):
        return self.fields


class KeptAdmin(admin.ModelAdmin):
    """Rows that other rows tell of: changed by hand, never deleted by hand."""

    def has_delete_permission(self, request, obj=None):
        return False


class OneRowAdmin(KeptAdmin):
    """Settings in a single row: added once, then changed. Other pages of the admin do not ask whether it is there."""

    def has_add_permission(self, request):
        page = getattr(request.resolver_match, "url_name", "")
        shows_it = page in ("index", "app_list") or page.startswith(f"{self.opts.app_label}_{self.opts.model_name}_")
        return super().has_add_permission(request) and not (shows_it and self.model.objects.exists())
