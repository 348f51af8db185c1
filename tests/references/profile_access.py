"""Who may open the pages around one advocate: readers read, the CSM of the account and the team keep them."""

from advocacy.models import Content, Recognition
from tests.access import Row, only

SEARCHERS = ("sales", "csm", "other_csm", "team", "leader")
KEEP = only("csm", "team")
KEPT = only("csm", "team", status=302)


def advocate(world):
    return (world.advocate.pk,)


def story(world):
    return (world.story.pk,)


def content(world):
    return (Content.objects.get_or_create(advocate=world.advocate, kind="quote", title="A quote", text="Yes.")[0].pk,)


def recognition(world):
    given = {"advocate": world.advocate, "kind": "thanks", "what": "A card", "status": "promised"}
    return (Recognition.objects.get_or_create(**given)[0].pk,)


EMPTY = "a form without its fields"
ROWS = [
    Row("advocate", only(*SEARCHERS), args=advocate),
    Row("advocate-timeline", only(*SEARCHERS), args=advocate),
    Row("advocate-edit", KEEP, args=advocate),
    Row("advocate-edit", KEEP, args=advocate, method="post", note=EMPTY),
    Row("advocate-still-right", KEPT, args=advocate, method="post", data=lambda world: {"section": "role"}),
    Row("advocate-status", KEEP, args=advocate),
    Row("advocate-status", KEPT, args=advocate, method="post", data=lambda world: {"to": "retired", "why": "Left"}),
    Row("advocate-consent", KEEP, args=advocate),
    Row("advocate-consent", KEEP, args=advocate, method="post", note=EMPTY),
    Row("advocate-thanks", KEEP, args=advocate),
    Row("advocate-thanks", KEEP, args=advocate, method="post", note=EMPTY),
    Row("recognition-given", KEPT, args=recognition, method="post"),
    Row("story-new", KEEP, args=advocate),
    Row("story-new", KEEP, args=advocate, method="post", note=EMPTY),
    Row("story-edit", KEEP, args=story),
    Row("story-edit", KEPT, args=story, method="post", data=lambda world: {"headline": "Trains on time"}),
    Row("case-study", KEEP, args=story),
    Row("case-study-file", KEEP, args=lambda world: (world.story.pk, "md")),
    Row("case-study-file", KEEP, args=lambda world: (world.story.pk, "docx")),
    Row("content-new", KEEP, args=advocate),
    Row("content-new", KEEP, args=advocate, method="post", note=EMPTY),
    Row("content-edit", KEEP, args=content),
    Row("content-remove", KEPT, args=content, method="post"),
    Row("content-file", only(*SEARCHERS, status=404), args=content, note="without a file"),
]
