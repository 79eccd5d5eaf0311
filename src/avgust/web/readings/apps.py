"""The application of readings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadingsConfig(AppConfig):
    """Passports of works, reports of schools and territories, requests for professional development."""

    name = "avgust.web.readings"
    verbose_name = _("Reports on results")
    default_auto_field = "django.db.models.BigAutoField"
    sections = {"work": "avgust.web.readings.views.work_section"}
