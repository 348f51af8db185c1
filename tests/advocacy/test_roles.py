import pytest
from django.contrib.auth.models import Group, Permission

from advocacy.roles import PERMISSIONS, sync_roles
from tests.factories import make_user

pytestmark = pytest.mark.django_db

SIGHT = [
    "advocacy.search_advocates",
    "advocacy.view_all_advocates",
    "advocacy.view_contact_data",
    "advocacy.run_program",
    "advocacy.use_admin",
    "references.request_references",
    "awards.judge_nominations",
]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("sales", {"advocacy.search_advocates", "references.request_references"}),
        ("csm", {"advocacy.search_advocates", "references.request_references"}),
        ("colleague", set()),
        ("judge", {"advocacy.use_admin", "awards.judge_nominations"}),
        ("leader", {"advocacy.view_all_advocates"}),
        ("advocacy_team", set(SIGHT)),
    ],
)
def test_a_role_may_do_this_and_no_more(role, may):
    user = make_user(role)

    assert {name for name in SIGHT if user.has_perm(name)} == may


def test_every_permission_of_a_role_exists():
    have = {f"{row.content_type.app_label}.{row.codename}" for row in Permission.objects.select_related("content_type")}
    named = {name for names in PERMISSIONS.values() for name in names if not name.endswith("*")}

    assert named <= have


def test_only_the_team_changes_rows_in_the_admin():
    for role in set(PERMISSIONS) - {"advocacy_team"}:
        codenames = Group.objects.get(name=role).permissions.values_list("codename", flat=True)
        assert not [name for name in codenames if name.startswith(("add_", "change_", "delete_"))]


def test_what_was_taken_from_a_role_by_hand_comes_back():
    sales = Group.objects.get(name="sales")
    before = set(sales.permissions.values_list("codename", flat=True))
    sales.permissions.clear()
    sales.permissions.add(Permission.objects.get(codename="view_contact_data"))

    sync_roles()

    assert set(sales.permissions.values_list("codename", flat=True)) == before
