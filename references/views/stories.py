"""Stories and what can be shown of a customer: written and kept by their CSM and the team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from advocacy.case_study import as_docx, as_markdown, draft_of, file_name
from advocacy.exceptions import FileRefused
from advocacy.models import Content, Story
from advocacy.services.consent import last_words, uses_from
from advocacy.services.stories import remove_content, stored_file
from advocacy.serving import served
from advocacy.working_time import day_of
from references.forms.stories import SPARE_ROWS, ContentForm, StoryForm, result_forms
from references.profile import reader_of
from references.profile.permissions import (
    get_content_to_change,
    get_content_to_see,
    get_profile_to_change,
    get_story_to_change,
)
from references.profile.stories import may_open_file

DOCUMENTS = {
    "md": ("text/markdown; charset=utf-8", as_markdown),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
}


@login_required
def new(request, pk):
    advocate = get_profile_to_change(request.user, pk)
    return _story_page(request, Story(advocate=advocate))


@login_required
def edit(request, pk):
    story = get_story_to_change(request.user, pk)
    if request.method != "POST":
        return _story_page(request, story)
    with transaction.atomic():
        locked = Story.objects.select_for_update(of=("self",)).select_related("advocate__account").get(pk=story.pk)
        return _story_page(request, locked)


def _story_page(request, story):
    if "more" in request.POST:
        return _with_more_rows(request, story)
    form = StoryForm(request.POST or None, instance=story)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user, now=timezone.now())
        messages.success(request, _("The story is kept."))
        if words := form.words_on_what_others_changed:
            messages.info(request, words)
        return redirect("advocate", story.advocate_id)
    return _render_story(request, story, form)


def _with_more_rows(request, story):
    """Everything typed stays; nothing is saved yet."""
    form = StoryForm(request.POST, instance=story)
    typed = [row for row in (result.as_typed() for result in form.results.forms) if any(row.values())]
    form.results = result_forms(rows=typed, extra=2 * SPARE_ROWS)
    return _render_story(request, story, form)


def _render_story(request, story, form):
    return render(request, "references/story_edit.html", {"form": form, "story": story, "advocate": story.advocate})


@login_required
@require_GET
def case_study(request, pk):
    """The draft as it would leave the house, to read before it is taken along."""
    story = get_story_to_change(request.user, pk)
    draft = _draft(story)
    return render(request, "references/case_study.html", {"draft": draft, "story": story, "advocate": story.advocate})


@login_required
@require_GET
def case_study_file(request, pk, extension):
    if extension not in DOCUMENTS:
        raise Http404
    story = get_story_to_change(request.user, pk)
    draft = _draft(story)
    content_type, make = DOCUMENTS[extension]
    response = HttpResponse(make(draft), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name(draft, story, extension))
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def _draft(story):
    on = day_of(timezone.now())
    account = story.account or story.advocate.account
    words = last_words(advocate=story.advocate, accounts=[account.pk] if account else [])
    return draft_of(story, uses_from(words=words, account=account, on=on), on)


@login_required
def content_new(request, pk):
    advocate = get_profile_to_change(request.user, pk)
    return _content_page(request, Content(advocate=advocate))


@login_required
def content_edit(request, pk):
    content = get_content_to_change(request.user, pk)
    if request.method != "POST":
        return _content_page(request, content)
    with transaction.atomic():
        locked = Content.objects.select_for_update(of=("self",)).select_related("advocate__account").get(pk=content.pk)
        return _content_page(request, locked)


def _content_page(request, content):
    form = ContentForm(request.POST or None, request.FILES or None, instance=content)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except FileRefused as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("It is kept. The consents decide who sees it."))
            return redirect("advocate", content.advocate_id)
    return render(request, "references/content_edit.html", {"form": form, "content": content, "advocate": content.advocate})


@login_required
@require_POST
def content_remove(request, pk):
    content = get_content_to_change(request.user, pk)
    remove_content(content=content)
    messages.success(request, _("It is removed. The history keeps what it said."))
    return redirect("advocate", content.advocate_id)


@login_required
@require_GET
def content_file(request, pk):
    """A file says whose it is, so the consents decide who may have it."""
    content = get_content_to_see(request.user, pk)
    now = timezone.now()
    reader = reader_of(request.user, content.advocate, now)
    account = content.advocate.account
    words = last_words(advocate=content.advocate, accounts=[account.pk] if account else [])
    if not may_open_file(content, reader, uses_from(words=words, account=account, on=day_of(now)), day_of(now)):
        raise Http404
    return served(stored_file(content))
