"""The rows of the guided path, program by program, for whoever looks for one over all seasons."""

from django.contrib import admin

from nominations.models import Prize, Question, TeamMember, TouchPoint


class PlanningAdmin(admin.ModelAdmin):
    list_filter = ["program"]
    list_select_related = ["program"]


@admin.register(Prize)
class PrizeAdmin(PlanningAdmin):
    list_display = ["what", "kind", "program", "category", "planned_cost", "currency"]
    list_filter = ["program", "kind"]
    list_select_related = ["program", "category"]
    search_fields = ["what", "program__name"]


@admin.register(TeamMember)
class TeamMemberAdmin(PlanningAdmin):
    list_display = ["__str__", "role", "program"]
    list_filter = ["program", "role"]
    list_select_related = ["program", "user"]
    search_fields = ["name", "user__name", "program__name"]


@admin.register(TouchPoint)
class TouchPointAdmin(PlanningAdmin):
    list_display = ["name", "kind", "on", "program"]
    list_filter = ["program", "kind"]
    date_hierarchy = "on"
    search_fields = ["name", "program__name"]


@admin.register(Question)
class QuestionAdmin(PlanningAdmin):
    list_display = ["question", "program", "position"]
    search_fields = ["question", "answer", "program__name"]
