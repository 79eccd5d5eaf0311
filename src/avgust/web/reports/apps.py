"""The reports application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Execution reports and the draft of the next resolution."""

    name = "avgust.web.reports"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"
    sections = {
        "programme": "avgust.web.reports.views.programme_section",
        "execution": "avgust.web.reports.views.programme_section",
    }
