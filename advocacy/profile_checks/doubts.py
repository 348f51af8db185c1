"""Doubts that no single change of a profile raises: mail that came back, silence, somebody found elsewhere.

One statement finds and writes them all; those of a changed title, employer, CSM or domain come from triggers in the
database (migration 0012).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from advocacy.freshness import CONTACT, ROLE
from advocacy.models import Advocate, Ask, ProfileDoubt
from advocacy.services import look_for_person

Reason = ProfileDoubt.Reason
SECTIONS_OF = {Reason.TITLE: [ROLE], Reason.EMPLOYER: [CONTACT, ROLE]}
LOOK_BACK = timedelta(days=180)
MOST_LOOKED_FOR = 50  # people a run whose name is looked for at other companies
MAY_BE_ELSEWHERE = (Reason.BOUNCED, Reason.MAIL_DOMAIN, Reason.EMPLOYER)

# Each row: advocate, sections, reason, before, after, key.
FOUND = """
    -- The address does not take mail.
    SELECT a.id, '{contact}'::text[], 'bounced', a.email, '', 'bounced:' || r.bounced_at::date || ':' || md5(r.address)
    FROM outbox_recipient r JOIN advocacy_advocate a ON lower(a.email) = r.address AND a.email <> ''
    WHERE r.bounced_at IS NOT NULL AND a.status IN ('active', 'paused')
UNION ALL
    -- The last two times we asked, nobody answered.
    SELECT a.id, '{contact,willingness}', 'no_answer', '', '', 'asks:' || last.newest
    FROM (
        SELECT advocate_id, max(id) AS newest FROM (
            SELECT k.*, row_number() OVER (PARTITION BY k.advocate_id ORDER BY k.ended_at DESC NULLS FIRST, k.id DESC) AS place
            FROM advocacy_ask k
            WHERE k.advocate_id IN (SELECT advocate_id FROM advocacy_ask WHERE state = 'expired' AND ended_at >= %(since)s)
                AND EXISTS (
                    SELECT FROM advocacy_statuschange c
                    WHERE c.content_type_id = %(ask)s AND c.object_id = k.id AND c.to_status = 'asked'
                )
        ) asked WHERE place <= 2
        GROUP BY advocate_id HAVING count(*) = 2 AND bool_and(state = 'expired')
    ) last JOIN advocacy_advocate a ON a.id = last.advocate_id WHERE a.status IN ('active', 'paused')
UNION ALL
    -- The address is one of another company we know.
    SELECT DISTINCT ON (a.id) a.id, '{contact,role}', 'mail_domain', own.domain, other.name, 'domain:' || other.id
    FROM advocacy_account other
    JOIN advocacy_advocate a ON split_part(lower(a.email), '@', 2) = other.domain AND a.account_id <> other.id
    JOIN advocacy_account own ON own.id = a.account_id
    WHERE other.domain <> '' AND own.domain <> '' AND a.email <> '' AND a.status IN ('active', 'paused')
        AND NOT advocacy_mail_is_of(a.email, own.domain)
        AND own.parent_id IS DISTINCT FROM other.id AND other.parent_id IS DISTINCT FROM own.id
        AND (own.parent_id IS NULL OR own.parent_id IS DISTINCT FROM other.parent_id)
UNION ALL
    -- Somebody of that name is known at another company.
    SELECT one.id, '{role}', 'known_twice', there.name, here.name, 'pair:' || m.id
    FROM advocacy_personmatch m
    JOIN LATERAL (VALUES (m.advocate_id, m.other_id), (m.other_id, m.advocate_id)) AS side (mine, theirs) ON true
    JOIN advocacy_advocate one ON one.id = side.mine JOIN advocacy_advocate two ON two.id = side.theirs
    JOIN advocacy_account there ON there.id = one.account_id JOIN advocacy_account here ON here.id = two.account_id
    WHERE m.decision = 'open' AND one.account_id <> two.account_id AND one.status IN ('active', 'paused')
        AND one.created_at < two.created_at
"""
RAISE = f"""
INSERT INTO advocacy_profiledoubt (advocate_id, section, reason, "before", "after", key, raised_at)
SELECT f.id, part.section, f.reason, left(f.was, 320), left(f.is_now, 320), f.key, %(now)s
FROM ({FOUND}) AS f (id, sections, reason, was, is_now, key) CROSS JOIN unnest(f.sections) AS part (section)
WHERE NOT EXISTS (
    SELECT FROM advocacy_profiledoubt d
    WHERE d.advocate_id = f.id AND d.section = part.section AND d.reason = f.reason AND d.key = f.key
)
ON CONFLICT DO NOTHING RETURNING advocate_id, reason
"""  # noqa: S608 - no input


def raise_doubts(now: datetime) -> int:
    """Write what is new; returns how many people it is about. Those who may work elsewhere are looked for by name."""
    from_asks = {"since": now - LOOK_BACK, "ask": _kind_of_asks(), "now": now}
    with connection.cursor() as cursor:
        cursor.execute(RAISE, from_asks)
        raised = cursor.fetchall()
    look_elsewhere({pk for pk, reason in raised if reason in MAY_BE_ELSEWHERE}, now)
    return len({pk for pk, _reason in raised})


def look_elsewhere(pks: Iterable[int], now: datetime) -> None:
    """Propose namesakes at other companies as the same person: joining the two keeps the history."""
    for advocate in Advocate.objects.filter(pk__in=sorted(pks)[:MOST_LOOKED_FOR]):
        look_for_person(advocate=advocate, now=now)


def doubt_imported(rows: Iterable[tuple[Advocate, str, str, str]], now: datetime) -> int:
    """What an import says otherwise: (advocate, reason, before, after). The same file again raises nothing."""
    kept = {Advocate.Status.ACTIVE, Advocate.Status.PAUSED}
    doubts = [
        doubt for advocate, reason, before, after in rows if advocate.status in kept
        for doubt in _doubts(advocate, reason, before, after, key=f"import:{after.lower()}", now=now)
    ]  # fmt: skip
    return len(ProfileDoubt.objects.bulk_create(doubts, ignore_conflicts=True))


def doubt_employer(advocate: Advocate, employer: str, now: datetime) -> None:
    """The customer says that they work somewhere else; namesakes there are proposed as the same person."""
    before = advocate.account.name if advocate.account else ""
    doubts = _doubts(advocate, Reason.EMPLOYER, before, employer, key=f"customer:{now:%Y%m%d}:{employer.lower()}", now=now)
    ProfileDoubt.objects.bulk_create(doubts, ignore_conflicts=True)
    look_elsewhere([advocate.pk], now)


def _doubts(advocate, reason, before, after, *, key, now):
    words = {"reason": reason, "before": before[:320], "after": after[:320], "key": key[:100], "raised_at": now}
    return [ProfileDoubt(advocate=advocate, section=section, **words) for section in SECTIONS_OF[reason]]


def _kind_of_asks():
    return ContentType.objects.get_for_model(Ask).pk
