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
