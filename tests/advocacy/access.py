from datetime import timedelta

from advocacy.links import issue_link
from advocacy.models import SecretLink
from tests.access import Row, everyone, only


def link(world):
    purpose, expires_at = SecretLink.Purpose.VERIFY_PROFILE, world.now + timedelta(days=1)
    return [issue_link(purpose=purpose, about=world.advocate, expires_at=expires_at, detail="contact")]


def advocate(world):
    return [world.advocate.pk]


LOOKS_AFTER = only("csm", "team") | {"colleague": 404, "judge": 404}

ROWS = [
    Row("verify", everyone(200), args=link),
    Row("verify", everyone(200), args=link, method="post", data=lambda world: {"answer": "right"}),
    Row("verify", everyone(404), args=lambda world: ["nonsense"], note="unknown"),
    Row("check-profile", LOOKS_AFTER, args=advocate),
    Row(
        "check-profile",
        LOOKS_AFTER | {"csm": 302, "team": 302},
        args=advocate,
        method="post",
        data=lambda world: {"sections": ["contact"]},
    ),
]
