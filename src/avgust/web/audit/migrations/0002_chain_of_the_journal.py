"""The journal gets its chain: entries know their unit and request, personal values move apart, all are linked.

Entries that were there are linked in their order. Their personal values are told by the codes declared now;
for people the name and the reason are personal whatever the code says.
"""

import secrets

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import avgust.web.audit.words
from avgust.domain.journal import GENESIS, content_digest, link_hash, private_digest

PERSON = "accounts.user"
BATCH = 1000


def unit_finder(apps):
    """Return a function entry -> id of the organisation of its subject, where that is still there."""
    models_by_type = {
        name: apps.get_model(name)
        for name in ("territory.unit", "documents.document", "programmes.programme", "programmes.measure")
    }
    paths = {"programmes.measure": "programme__unit_id", "territory.unit": "pk"}
    known = {}

    def find(entry):
        key = entry.subject_type, entry.subject_id
        if key not in known:
            model = models_by_type.get(entry.subject_type)
            path = paths.get(entry.subject_type, "unit_id")
            rows = model.objects.filter(pk=entry.subject_id).values_list(path, flat=True) if model else ()
            known[key] = next(iter(rows), None)
        return known[key]

    return find


def parted(values, personal):
    if values is None:
        return None, {}
    own = {key: value for key, value in values.items() if key in personal and value is not None}
    return {key: None if key in personal else value for key, value in values.items()}, own


def set_apart(entry):
    """Take the personal values out of `entry` and return them."""
    from avgust.web.audit import codes

    declared = codes.known().get(entry.code)
    personal = declared.personal if declared else frozenset()
    entry.kept_before, before = parted(entry.kept_before, personal)
    entry.kept_after, after = parted(entry.kept_after, personal)
    apart = {"before": before, "after": after}
    if entry.subject_type == PERSON:
        apart |= {"subject": entry.kept_subject, "reason": entry.kept_reason}
        entry.kept_subject = entry.kept_reason = ""
    return {key: value for key, value in apart.items() if value}


def chain(apps, schema_editor):
    """Link every entry that is there."""
    Entry, Private, Link, Words = (apps.get_model("audit", name) for name in ("Entry", "Private", "Link", "Words"))
    unit_of = unit_finder(apps)
    number, before = 0, GENESIS
    for entry in Entry.objects.order_by("id").iterator(chunk_size=BATCH):
        said = [entry.kept_subject, entry.kept_reason]
        said += [v for side in (entry.kept_before, entry.kept_after) for v in (side or {}).values()]
        values = set_apart(entry)
        if values:
            salt = secrets.token_hex(16)
            entry.private_digest = private_digest(salt, values)
            Private.objects.create(
                entry_id=entry.pk,
                person_type=entry.subject_type,
                person_id=entry.subject_id,
                salt=salt,
                values=values,
            )
        entry.unit_id = unit_of(entry)
        entry.digest = content_digest(
            {
                "at": entry.at.isoformat(),
                "actor": entry.actor_id,
                "code": entry.code,
                "subject": [entry.subject_type, entry.subject_id, entry.kept_subject],
                "before": entry.kept_before,
                "after": entry.kept_after,
                "reason": entry.kept_reason,
                "unit": entry.unit_id,
                "request": entry.request,
                "private": entry.private_digest,
            }
        )
        entry.save()
        number += 1
        before = link_hash(before, number, entry.pk, entry.digest)
        Link.objects.create(number=number, entry_id=entry.pk, hash=before)
        text = avgust.web.audit.words.kept_words(value for value in said if isinstance(value, str))
        Words.objects.create(entry_id=entry.pk, text=text)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_journal"),
        ("territory", "0001_units_and_places"),
        ("documents", "0001_documents_and_their_review"),
        ("programmes", "0001_programmes_and_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex("entry", "audit_entry_of_subject"),
        migrations.RemoveIndex("entry", "audit_entry_of_actor"),
        migrations.AlterModelOptions(
            "entry",
            {"ordering": ("-id",), "verbose_name": "journal entry", "verbose_name_plural": "journal entries"},
        ),
        migrations.AlterField(
            "entry", "subject", models.CharField(db_column="subject", max_length=300, verbose_name="subject")
        ),
        migrations.AlterField("entry", "before", models.JSONField(db_column="before", null=True)),
        migrations.AlterField("entry", "after", models.JSONField(db_column="after", null=True)),
        migrations.AlterField(
            "entry", "reason", models.TextField(blank=True, db_column="reason", verbose_name="reason")
        ),
        migrations.RenameField("entry", "subject", "kept_subject"),
        migrations.RenameField("entry", "before", "kept_before"),
        migrations.RenameField("entry", "after", "kept_after"),
        migrations.RenameField("entry", "reason", "kept_reason"),
        migrations.AlterField("entry", "at", models.DateTimeField(verbose_name="when")),
        migrations.AlterField(
            "entry",
            "actor",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            "entry",
            "unit",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.unit",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            "entry", "request", models.CharField(blank=True, max_length=40, verbose_name="request", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "entry", "private_digest", models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "entry", "digest", models.CharField(max_length=64, default=""), preserve_default=False
        ),
        migrations.CreateModel(
            "Private",
            [
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="private",
                        serialize=False,
                        to="audit.entry",
                    ),
                ),
                ("person_type", models.CharField(max_length=80)),
                ("person_id", models.CharField(max_length=40)),
                ("salt", models.CharField(max_length=32)),
                ("values", models.JSONField()),
            ],
            {
                "verbose_name": "personal values of an entry",
                "verbose_name_plural": "personal values of entries",
                "indexes": [models.Index(fields=["person_type", "person_id"], name="audit_private_of_person")],
            },
        ),
        migrations.CreateModel(
            "Link",
            [
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="link",
                        to="audit.entry",
                        verbose_name="entry",
                    ),
                ),
            ],
            {"verbose_name": "link of the journal", "verbose_name_plural": "links of the journal"},
        ),
        migrations.CreateModel(
            "Words",
            [
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="audit.entry",
                    ),
                ),
                ("text", avgust.web.audit.words.WordsField()),
            ],
            {"verbose_name": "words of an entry", "verbose_name_plural": "words of entries"},
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AddIndex(
            "entry",
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_entries_of_subject"),
        ),
        migrations.AddIndex("entry", models.Index(fields=["actor", "id"], name="audit_entries_of_actor")),
        migrations.AddIndex("entry", models.Index(fields=["unit", "id"], name="audit_entries_of_unit")),
        migrations.AddIndex("entry", models.Index(fields=["code", "id"], name="audit_entries_of_code")),
        migrations.AddIndex("entry", models.Index(fields=["at"], name="audit_entries_by_time")),
    ]
