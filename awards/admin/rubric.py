from django.contrib import admin
from django.utils import timezone

from advocacy.admin.history import AuditedAdmin
from awards import services
from awards.models import RubricComponent
from nominations.models import Program


@admin.register(RubricComponent)
class RubricComponentAdmin(AuditedAdmin):
    """A program's questions, editable until its judging opens."""

    list_display = ["name", "program", "criterion", "weight", "position"]
    list_filter = ["program", "criterion"]
    list_select_related = ["program"]
    search_fields = ["name", "program__name"]

    def has_change_permission(self, request, obj=None):
        return not self._is_fixed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not self._is_fixed(obj) and super().has_delete_permission(request, obj)

    def get_actions(self, request):
        # In bulk the question whether each program's rubric is fixed is not asked.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "program":
            kwargs["queryset"] = Program.objects.filter(judging_opens_at__gt=timezone.now())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        services.save_component(component=obj, now=timezone.now())

    def delete_model(self, request, obj):
        services.remove_component(component=obj, now=timezone.now())

    def _is_fixed(self, obj):
        return obj is not None and services.rubric_is_fixed(obj.program, timezone.now())
