"""The application of readings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.background.schedule import Daily, Every, Job


class ReadingsConfig(AppConfig):
    """Passports of works, reports of schools and territories, requests for professional development."""

    name = "avgust.web.readings"
    verbose_name = _("Reports on results")
    default_auto_field = "django.db.models.BigAutoField"
    jobs = (
        Job("readings.ahead", "avgust.web.readings.ahead.make_ahead", Every(minutes=5)),
        Job("readings.expire", "avgust.web.readings.batches.expire", Daily(hour=3)),
    )
    sections = {"work": "avgust.web.readings.views.work_section"}
