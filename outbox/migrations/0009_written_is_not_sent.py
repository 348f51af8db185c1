from django.db import migrations, models


def write(apps, schema_editor):
    apps.get_model("outbox", "Occurrence").objects.filter(state="sent").update(state="written")


def send(apps, schema_editor):
    apps.get_model("outbox", "Occurrence").objects.filter(state="written").update(state="sent")


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0008_rules_named"),
    ]

    operations = [
        migrations.RenameField(model_name="rulerun", old_name="sent", new_name="written"),
        migrations.AlterField(
            model_name="rulerun",
            name="written",
            field=models.PositiveIntegerField(default=0, verbose_name="written"),
        ),
        migrations.RunPython(write, send),
        migrations.AlterField(
            model_name="occurrence",
            name="state",
            field=models.CharField(
                choices=[("written", "Written"), ("skipped", "Skipped: too late to be of use")],
                max_length=20,
                verbose_name="state",
            ),
        ),
    ]
