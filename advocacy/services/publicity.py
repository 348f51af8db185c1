"""What a locked-down account is asked to approve. An approval opens one recognition; the account stays locked down."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import emails
from advocacy.exceptions import PublicityNotAsked
from advocacy.models import Account, Ask, PublicityApproval, User
from advocacy.working_time import day_of

Answer = PublicityApproval.Answer
# Asks whose outcome is something we publish: a no to one of them was a no to content, not to being honoured.
CONTENT = ("case-study", "testimonial-quote", "content-co-creation", "video", "press", "review", "speaking")


def is_cleared(source_key: str) -> bool:
    """Whether the company approved exactly this; the last answer counts."""
    answered = PublicityApproval.objects.filter(source_key=source_key).exclude(answer="").order_by("-answered_at", "-pk")
    return answered.values_list("answer", flat=True).first() == Answer.APPROVED


def earlier_refusals(account: Account) -> tuple[list[PublicityApproval], list[Ask]]:
    """Noes to content: of the company, and of its people in the ledger. Newest first."""
    refused = account.publicity_approvals.filter(answer=Answer.REFUSED, is_content=True).order_by("-answered_at", "-pk")
    declined = Ask.objects.filter(account=account, state=Ask.State.DECLINED, activity_type__code__in=CONTENT)
    return list(refused), list(declined.select_related("activity_type", "advocate").order_by("-ended_at", "-pk"))


@transaction.atomic
def ask_for_publicity(
    *,
    account: Account,
    what: str,
    approver: str,
    source_key: str,
    by: User,
    now: datetime,
    approver_email: str = "",
    is_content: bool = False,
    subject: str = "",
    text: str = "",
) -> PublicityApproval:
    """Write down what exactly is asked of whom, and with a `text` mail it to them; answers go to `by`.

    Raises PublicityNotAsked while an earlier question for the same thing is open, or where there is no address.
    """
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if PublicityApproval.objects.filter(source_key=source_key, answer="", asked_at__isnull=False).exists():
        raise PublicityNotAsked(_("This was asked already, and the answer is not in yet. Record it first."))
    if text and not approver_email:
        raise PublicityNotAsked(_("Give the address of the person who approves, or ask in person."))
    approval = PublicityApproval.objects.create(
        account=account,
        what=what,
        approver=approver,
        approver_email=approver_email,
        is_content=is_content,
        source_key=source_key,
        asked_at=now,
        asked_by=by,
    )
    if text:
        emails.publicity_ask(approval, subject=subject, text=text, sender=by)
    return approval


@transaction.atomic
def record_publicity_answer(*, approval: PublicityApproval, answer: str, evidence: str, by: User, now: datetime) -> None:
    """Write the company's answer, and a dated line to the account. The account's own status stays as it is.

    Raises PublicityNotAsked when it was answered before, or without the place where the answer can be read.
    """
    Account.objects.select_for_update(of=("self",)).get(pk=approval.account_id)
    approval = PublicityApproval.objects.select_related("account").get(pk=approval.pk)
    if approval.answer:
        raise PublicityNotAsked(_("The answer is recorded already. Ask anew if it changed."))
    if answer not in Answer.values or not evidence.strip():
        raise PublicityNotAsked(_("Choose the answer and say where it can be read."))
    approval.answer, approval.answered_at, approval.evidence = answer, now, evidence.strip()
    approval.save(update_fields=["answer", "answered_at", "evidence"])
    _note(approval, by=by, now=now)


def _note(approval, *, by, now):
    account = approval.account
    facts = {
        "day": day_of(now).isoformat(),
        "who": approval.approver,
        "answer": approval.get_answer_display().lower(),
        "what": approval.what,
        "by": by,
    }
    line = _("%(day)s: %(who)s %(answer)s this and nothing else: %(what)s (recorded by %(by)s)") % facts
    account.publicity_note = f"{account.publicity_note}\n{line}".strip()
    account.save(update_fields=["publicity_note"])
