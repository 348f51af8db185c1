"""Roles are groups. This table says what each may do; `sync_roles` makes the database agree."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

CSM = "csm"
SALES = "sales"
COLLEAGUE = "colleague"
JUDGE = "judge"
ADVOCACY_TEAM = "advocacy_team"
LEADER = "leader"

NOMINATES = {"advocacy.nominate", "advocacy.view_account", "advocacy.record_asks"}
FINDS_REFERENCES = {"advocacy.search_advocates", "advocacy.view_opportunity", "references.request_references"}

PERMISSIONS = {
    CSM: NOMINATES | FINDS_REFERENCES | {"advocacy.keep_profiles"},
    SALES: NOMINATES | FINDS_REFERENCES,
    COLLEAGUE: NOMINATES,
    JUDGE: {"advocacy.use_admin", "awards.judge_nominations"},
    LEADER: {
        "advocacy.view_account",
        "advocacy.view_all_advocates",
        "advocacy.view_opportunity",
        "advocacy.view_reports",
        "nominations.view_all_nominations",
    },
    ADVOCACY_TEAM: NOMINATES
    | FINDS_REFERENCES
    | {
        "advocacy.run_program",
        "advocacy.use_admin",
        "advocacy.view_all_advocates",
        "advocacy.view_contact_data",
        "advocacy.view_reports",
        "nominations.view_all_nominations",
        # Whole models in the admin; what must not be written by hand is read-only there.
        "advocacy.*",
        "nominations.*",
        "awards.*",
        "references.*",
        "outbox.*",
    },
}


def sync_roles(**kwargs):
    """Make each group hold exactly the permissions of its role. Safe to run again and again."""
    by_name = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.filter(
            Q(content_type__app_label__in=["advocacy", "nominations", "awards", "references", "outbox"])
        ).select_related("content_type")
    }
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=role)
        wildcards = tuple(name[:-1] for name in names if name.endswith(".*"))
        group.permissions.set(
            permission for name, permission in by_name.items() if name in names or (wildcards and name.startswith(wildcards))
        )
