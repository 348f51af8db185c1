from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext_lazy as _

from outbox.kinds import all_kinds, groups


class GroupFilter(SimpleListFilter):
    """Mails that a person switches together."""

    title = _("group")
    parameter_name = "group"

    def lookups(self, request, model_admin):
        return [(group.code, group.label) for group in groups()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(kind__in=[kind.code for kind in all_kinds() if kind.group.code == self.value()])


class KindFilter(SimpleListFilter):
    """The kinds of the group that is chosen; all of them, too many to read at once, stand folded."""

    title = _("kind")
    parameter_name = "kind"
    template = "admin/outbox/message/kind_filter.html"

    def lookups(self, request, model_admin):
        group = request.GET.get("group")
        self.is_open = bool(group or self.value())
        kinds = [kind for kind in all_kinds() if not group or kind.group.code == group]
        return sorted(((kind.code, kind.label) for kind in kinds), key=lambda choice: str(choice[1]))

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset
