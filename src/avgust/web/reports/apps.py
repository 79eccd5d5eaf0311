"""The reports application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.background.schedule import Daily, Job
from avgust.web.ui.large_files import Kind


class ReportsConfig(AppConfig):
    """Execution reports, what is sent back in them, and the draft of the next resolution."""

    name = "avgust.web.reports"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"
    sections = {
        "programme": "avgust.web.reports.views.programme_section",
        "execution": "avgust.web.reports.views.programme_section",
    }
    prepares = {
        "reports.execution": Kind(
            "avgust.web.reports.exports.write_file", "avgust.web.reports.exports.may_take"
        ),
    }
    jobs = (Job("reports.sweep", "avgust.web.reports.sweeping.sweep", Daily(hour=3)),)
    keeps_files = (("ReturnedFile", "sha256"),)

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.reports import codes  # noqa: F401, PLC0415
