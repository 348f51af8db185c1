"""Saved searches, and the one mail a day that says who is new in them."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError, IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.models import User
from advocacy.working_time import day_of
from outbox.clocks import Due, unspoken
from outbox.faults import without_words
from outbox.services import cancel_messages
from references.exceptions import AlreadySaved, TooBroad, TooLong
from references.glance import glances_of
from references.models import SavedSearch
from references.permissions import may_search
from references.saved_mails import new_matches as mail_matches
from references.search import Search
from references.search.whole import activity_of, ids_of

logger = logging.getLogger(__name__)
NAMED = 5  # in a mail, of each search
MAILS_UP_TO = 2000  # a search that finds more says nothing with one more
QUERY_LENGTH = SavedSearch._meta.get_field("query").max_length


def search_from(query: str) -> Search:
    """What a kept address asks for, from its first page; it belongs to no request and no deal."""
    return Search.from_query(QueryDict(query)).by_itself()


def save_search(*, user: User, name: str, search: Search, mails: bool, now: datetime) -> SavedSearch:
    """Keep a search; those it finds now count as seen.

    Mails stay off for one that finds more than `MAILS_UP_TO`. Raises AlreadySaved for a name used before, and TooLong.
    """
    query = search.by_itself().as_query_string()
    if len(query) > QUERY_LENGTH:
        raise TooLong(_("This search is too long to keep. Take some of its choices out."))
    known = matches_of(user, search, now)
    narrow = known is not None
    saved = SavedSearch(user=user, name=name, query=query, mails=mails and narrow, known=known or [], created_at=now)
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        raise AlreadySaved(_("You have a saved search of this name. Choose another name.")) from error
    return saved


def matches_of(user: User, search: Search, now: datetime) -> list[int] | None:
    """Everybody the search finds for this reader; None when that is more than mails make sense for."""
    found = ids_of(search.by_itself(), user, now, limit=MAILS_UP_TO + 1)
    return found if len(found) <= MAILS_UP_TO else None


def switch_mails(*, saved: SavedSearch, on: bool, now: datetime) -> None:
    """With mails on again, those found meanwhile count as seen; raises TooBroad where there are too many."""
    if on and not saved.mails:
        known = matches_of(saved.user, search_from(saved.query), now)
        if known is None:
            raise TooBroad(
                _("This search finds more than %(number)s. Narrow it down to be told of new ones.") % {"number": MAILS_UP_TO}
            )
        saved.known = sorted({*saved.known, *known})
    saved.mails = on
    saved.save(update_fields=["mails", "known"])
    _stop_mails_about_none(saved.user)


def switch_all_mails_off(*, user: User) -> int:
    switched = SavedSearch.objects.filter(user=user, mails=True).update(mails=False)
    _stop_mails_about_none(user)
    return switched


def forget_search(*, saved: SavedSearch) -> None:
    saved.delete()
    _stop_mails_about_none(saved.user)


def _stop_mails_about_none(user):
    """A mail of the morning about searches of which none wants mails any more stays home."""
    if not SavedSearch.objects.filter(user=user, mails=True).exists():
        cancel_messages(kind="new_matches", about=user)


def people_with_news(now: datetime) -> Iterator[Due]:
    """Whose saved searches find somebody they were not told of, as long as nothing was told today. One mail a person and day."""
    people = User.objects.filter(pk__in=SavedSearch.objects.filter(mails=True).values("user"), is_active=True).order_by("pk")
    for user in unspoken(people, rule="new_matches", mark=day_of(now).isoformat()):
        try:
            with transaction.atomic():
                user.news = news_of(user, now)
        except (RuleBroken, DatabaseError) as error:
            logger.error("The searches of user %s were left as they were.", user.pk, exc_info=without_words(error))
            continue
        if user.news:
            yield Due(about=user, mark=user.mark, due_at=now)


def news_of(user: User, now: datetime) -> dict[SavedSearch, list[int]]:
    wanted = SavedSearch.objects.filter(user=user, mails=True).order_by("name", "pk")
    if not may_search(user) or _told_today(wanted, now):
        return {}
    return {saved: pks for saved in wanted if (pks := new_matches(saved, now))}


def tell_of_news(due: Due, now: datetime) -> None:
    """Searched before and locked now: a search takes its time, and a lock of its own. What was deleted meanwhile is not told."""
    user = due.about
    current = SavedSearch.objects.filter(user=user, mails=True).order_by("name", "pk").select_for_update()
    news = {saved: user.news[saved] for saved in current if saved in user.news}
    if not news or _told_today(news, now):
        return
    mail_matches(user, _told(user, news, now), now=now)
    for saved, pks in news.items():
        saved.known = sorted({*saved.known, *pks})
        saved.mailed_at = now
        saved.save(update_fields=["known", "mailed_at"])


def _told_today(searches, now):
    return any(saved.mailed_at and day_of(saved.mailed_at) >= day_of(now) for saved in searches)


def _told(user, news, now):
    """For each search its name, its address and who is new, in words this reader may know."""
    for saved, pks in news.items():
        search = search_from(saved.query)
        people = glances_of(pks[:NAMED], user, activity_of(search), now)
        yield {
            "name": saved.name,
            "query": search.as_query_string(),
            "number": len(pks),
            "people": people,
            "more": len(pks) - len(people),
        }


def new_matches(saved: SavedSearch, now: datetime) -> list[int]:
    """In the order of the search, those it never told."""
    known = set(saved.known)
    return [pk for pk in matches_of(saved.user, search_from(saved.query), now) or [] if pk not in known]
