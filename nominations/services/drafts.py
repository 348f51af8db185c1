from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy import roles
from advocacy.models import Account, Advocate, User
from nominations.exceptions import AlreadySubmitted, DraftChangedElsewhere
from nominations.models import Entry, Nomination, Program
from nominations.sections import with_answers
from nominations.services.attachments import forget_files
from nominations.services.sections import withdraw_sections
from nominations.services.stopping import stop_asking_for_customers, stop_reminding_of_draft

RELATIONS = {"categories", "co_nominees", "supporters"}


def source_of(*, by: User, account: Account | None) -> str:
    """How a nomination by `by` reaches us: from a CSM, from sales or from another colleague."""
    if account and account.csm_id == by.pk:
        return Nomination.Source.CSM
    held = set(by.groups.values_list("name", flat=True))
    for role, source in [(roles.CSM, Nomination.Source.CSM), (roles.SALES, Nomination.Source.SALES)]:
        if role in held:
            return source
    return Nomination.Source.COLLEAGUE


@transaction.atomic
def start_draft(*, program: Program, account: Account, by: User, nominee: Advocate | None = None) -> Nomination:
    """The person's draft for this account in this program: the one they have, or a new one.

    The account's row is locked, so that the same choice sent twice ends in one draft.
    """
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    drafts = Nomination.objects.drafts().filter(program=program, account=account, nominator=by)
    data = {"account": account, "nominee": nominee, "categories": _the_only(program)}
    return drafts.first() or save_draft(program=program, by=by, data=data)


def _the_only(program):
    """Where there is no choice of category, nobody is asked to make it."""
    categories = list(program.categories.all()[:2])
    return categories if len(categories) == 1 else []


@transaction.atomic
def save_draft(
    *,
    program: Program,
    by: User | None,
    data: dict,
    nomination: Nomination | None = None,
    source: str = "",
    page: str = "",
    seen: datetime | None = None,
    knows: set[str] | None = None,
) -> Nomination:
    """Make a draft, or change the fields of one that stand in `data`; other fields stay.

    `data` maps fields of Nomination to clean values; `categories`, `co_nominees` and `supporters` are lists.
    `page` names the browser page that saves and `seen` is the `updated_at` it last saw: when another page
    saved in between, DraftChangedElsewhere is raised and nothing is written. Without `seen` the save wins.
    `knows` are the answers of colleagues (section requests) the page showed; those it did not show are joined.
    Raises AlreadySubmitted where the nomination is no draft any more.
    """
    fields = {name: value for name, value in data.items() if name not in RELATIONS}
    if nomination is None:
        source = source or source_of(by=by, account=fields.get("account"))
        nomination = Nomination.objects.create(program=program, nominator=by, source=source, edited_from=page, **fields)
        stop_asking_for_customers(program, by)
    else:
        _take_lock(nomination, page=page, seen=seen)
        if knows is not None:
            answered = nomination.section_requests.answered().order_by("answered_at", "pk")
            fields = with_answers(fields, [asked.answer for asked in answered if str(asked.pk) not in knows])
        _write_changed(nomination, fields, page=page)
    _write_relations(nomination, data)
    return nomination


def _take_lock(nomination, *, page, seen):
    """Wait for other savers, then read what they left."""
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    nomination.refresh_from_db()
    if nomination.status != Nomination.Status.DRAFT:
        raise AlreadySubmitted(_("This nomination was already submitted."))
    if seen and nomination.updated_at != seen and (not page or nomination.edited_from != page):
        raise DraftChangedElsewhere(
            _("This draft was changed in another window. What you typed here is not saved yet, and nothing is lost.")
        )


def _write_changed(nomination, fields, *, page):
    changed = [name for name, value in fields.items() if getattr(nomination, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(nomination, name, fields[name])
    nomination.edited_from = page
    nomination.save(update_fields=[*changed, "edited_from", "updated_at"])


def _write_relations(nomination, data):
    for name in ("co_nominees", "supporters"):
        if name in data:
            getattr(nomination, name).set(data[name])
    if "categories" in data:
        chosen = data["categories"]
        nomination.entries.exclude(category__in=chosen).delete()
        for category in chosen:
            Entry.objects.get_or_create(nomination=nomination, category=category)


@transaction.atomic
def discard_draft(*, nomination: Nomination) -> None:
    """Remove a draft for good; raises AlreadySubmitted where it is no draft any more."""
    _take_lock(nomination, page="", seen=None)
    withdraw_sections(requests=nomination.section_requests.all(), now=timezone.now())
    stop_reminding_of_draft(nomination)
    forget_files(nomination.attachments.all())
    nomination.delete()
