from django.db import migrations
from django.db.models import Q

ANNOUNCED = ["award_won", "award_won_colleague", "award_not_selected", "award_not_selected_colleague"]
# After which mailings the next one begins: `mailing_of` and `mailing_to_correct` number them so.
OVER = {"award_announcement": ["cancelled"], "award_corrections": ["cancelled", "released"]}
TITLES = {"award_announcement": "Announcement: %s", "award_corrections": "Corrections: %s"}


def gather(apps, schema_editor):
    """What was held before there were mailings: nobody could release it any more."""
    Message, Mailing = apps.get_model("outbox", "Message"), apps.get_model("outbox", "Mailing")
    held = Message.objects.filter(state="held", mailing=None).select_related("content_type")
    for message in held.filter(Q(kind__in=ANNOUNCED) | Q(kind="award_taken_back")).order_by("pk"):
        if program := _program_of(apps, message):
            group = "award_announcement" if message.kind in ANNOUNCED else "award_corrections"
            of_program = Mailing.objects.filter(key__startswith=f"{group}:{program.pk}:")
            key = f"{group}:{program.pk}:{of_program.filter(state__in=OVER[group]).count() + 1}"
            title = (TITLES[group] % program.name)[:200]
            message.mailing = Mailing.objects.get_or_create(key=key, defaults={"title": title})[0]
            message.save(update_fields=["mailing"])


def _program_of(apps, message):
    Program = apps.get_model("nominations", "Program")
    about = {
        "winner": {"categories__winners": message.object_id},
        "nomination": {"nominations": message.object_id},
        "program": {"pk": message.object_id},
    }
    where = about.get(message.content_type.model if message.content_type else "")
    return Program.objects.filter(**where).first() if where else None


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0006_logo_of_a_winner"),
        ("nominations", "0001_initial"),
        ("outbox", "0010_mails_of_occurrences"),
    ]

    operations = [migrations.RunPython(gather, migrations.RunPython.noop)]
