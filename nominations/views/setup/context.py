"""What every page of the guided path shows around its own matter."""

from django.urls import reverse
from django.utils import timezone

from nominations.setup.checklist import launch_checklist, open_items
from nominations.setup.facts import facts_of
from nominations.setup.steps import BY_SLUG, STEPS, after


def path_context(program, slug=""):
    items = launch_checklist(facts_of(program), timezone.now())
    steps = [
        {
            "step": step,
            "url": step_url(program, step.slug),
            "is_current": step.slug == slug,
            "open": len([item for item in items if item.step == step.slug and not item.done]),
        }
        for step in STEPS
    ]
    return {
        "program": program,
        "steps": steps,
        "step": BY_SLUG.get(slug),
        "next_step": after(slug) if slug else None,
        "items": [(item, item_url(program, item)) for item in items],
        "done": len(items) - len(open_items(items)),
        "total": len(items),
        "continue_with": next((entry for entry in steps if entry["open"]), None),
    }


def step_url(program, slug):
    return reverse("program-setup-step", args=[program.slug, slug])


def item_url(program, item):
    if item.step in BY_SLUG:
        return step_url(program, item.step)
    return reverse("admin:awards_judge_changelist", query={"program__id__exact": program.pk})
