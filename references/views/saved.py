from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from advocacy.exceptions import RuleBroken
from references.forms.saving import SaveSearchForm, name_for
from references.models import SavedSearch
from references.permissions import searchers_only
from references.search import Search
from references.search.words import in_words
from references.services.saved import MAILS_UP_TO, forget_search, search_from, switch_all_mails_off, switch_mails


@login_required
@searchers_only
@require_GET
def saved_searches(request):
    """One's own, and nobody else's; their words are read from the taxonomy of today."""
    mine = list(SavedSearch.objects.visible_to(request.user))
    searches = [search_from(saved.query) for saved in mine]
    rows = [
        {"saved": saved, "words": words, "query": search.as_query_string()}
        for saved, search, words in zip(mine, searches, in_words(searches), strict=True)
    ]
    context = {"rows": rows, "any_mails": any(saved.mails for saved in mine), "at_most": MAILS_UP_TO, "now": timezone.now()}
    return render(request, "references/saved_searches.html", context)


@login_required
@searchers_only
def save(request):
    """A name for the search in the address; the address of a search is all there is to keep."""
    search = Search.from_query(request.GET).by_itself()
    form = SaveSearchForm(request.POST or None, initial={"query": search.as_query_string(), "name": name_for(search)})
    if request.method == "POST" and form.is_valid() and (saved := form.save(user=request.user, now=timezone.now())):
        if form.cleaned_data["mails"] and not saved.mails:
            sentence = _("Saved, without mails: it finds more than %(number)s. Narrow it down to be told of new ones.")
            messages.warning(request, sentence % {"number": MAILS_UP_TO})
        else:
            messages.success(request, _("Saved."))
        return redirect("saved-searches")
    kept = search_from(form["query"].value() or "")
    context = {"form": form, "words": in_words([kept])[0], "query": kept.as_query_string()}
    return render(request, "references/saved_search_new.html", context)


@login_required
@searchers_only
@require_POST
def mails(request, pk):
    saved = _own(request, pk)
    try:
        switch_mails(saved=saved, on=request.POST.get("on") == "1", now=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Mails are on for “%s”.") % saved if saved.mails else _("No more mails for “%s”.") % saved)
    return redirect("saved-searches")


@login_required
@searchers_only
@require_POST
def no_mails(request):
    """For every search at once."""
    switched = switch_all_mails_off(user=request.user)
    words = ngettext("No more mails: one search was switched off.", "No more mails: %(n)s searches were switched off.", switched)
    messages.success(request, words % {"n": switched} if switched else _("You get no mails about searches."))
    return redirect("saved-searches")


@login_required
@searchers_only
@require_POST
def delete(request, pk):
    saved = _own(request, pk)
    forget_search(saved=saved)
    messages.success(request, _("“%s” is deleted.") % saved)
    return redirect("saved-searches")


def _own(request, pk):
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
