"""Who may work on a draft with others: the guide, colleagues, files."""

from pathlib import Path

from django.conf import settings

from advocacy.links import issue_link
from nominations.models import Attachment, SectionRequest
from nominations.services.sections import LINK_LASTS
from tests.access import Row, everyone, only
from tests.nominations.files import PDF

sees = only("csm", "team", "leader", otherwise=404)
nominator_only = only("csm", "team", otherwise=404) | {"leader": 403}
nominator_posts = nominator_only | {"csm": 302, "team": 302}


def draft(world):
    return (world.draft.pk,)


def asked(world):
    return SectionRequest.objects.create(
        nomination=world.draft, section="human_element", asked_by=world.csm, colleague=world.colleague
    )


def asked_of_draft(world):
    return world.draft.pk, asked(world).pk


def section(world):
    return (issue_link(purpose="fill_section", about=asked(world), expires_at=world.now + LINK_LASTS),)


def file_of(nomination):
    """A row whose content lies under a name of its own: the table of pages leaves one file behind, not many."""
    path = Path(settings.MEDIA_ROOT) / "attachments" / "of-the-access-table.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PDF)
    kept = {"file": f"attachments/{path.name}", "content_type": "application/pdf", "size": len(PDF), "digest": "0" * 64}
    return Attachment.objects.create(nomination=nomination, name="proof.pdf", **kept)


def file(world):
    return world.draft.pk, file_of(world.draft).pk


ROWS = [
    Row("nomination-guide", sees, draft),
    Row("nomination-hand-over", nominator_only, draft),
    Row("nomination-hand-over", nominator_posts, draft, method="post", data=lambda world: {"to": world.sales.email}),
    Row("nomination-ask", nominator_only, draft),
    Row(
        "nomination-ask",
        nominator_posts,
        draft,
        method="post",
        data=lambda world: {"section": "narrative", "colleague": world.colleague.email},
    ),
    Row("nomination-ask-withdraw", nominator_posts, asked_of_draft, method="post"),
    Row("section", everyone(200), section),
    Row("section", everyone(200), section, method="post", data=lambda world: {"human_element": "The night shift."}),
    Row("section", everyone(404), lambda world: ("no-such-link",), note="unknown"),
    Row("nomination-files", nominator_only, draft),
    Row("nomination-files", nominator_posts, draft, method="post"),
    Row("nomination-file", sees, file),
    Row("nomination-file-remove", nominator_posts, file, method="post"),
]
