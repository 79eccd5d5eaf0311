"""The projects application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.ui.large_files import Kind


class ProjectsConfig(AppConfig):
    """What changed in a programme since a day; measures that are projects; plans from files."""

    name = "avgust.web.projects"
    verbose_name = _("Projects and plans")
    default_auto_field = "django.db.models.BigAutoField"
    prepares = {
        "projects.changes": Kind(
            "avgust.web.projects.changes_file.write_changes", "avgust.web.projects.changes_file.may_take"
        ),
    }
    sections = {
        "programme": "avgust.web.projects.changes.programme_section",
        "measure": "avgust.web.projects.pages.measure_section",
    }
    waits = "avgust.web.projects.home.section"
    reminders = "avgust.web.projects.notices.deadlines"
    calendar = "avgust.web.projects.notices.events"
    plan_days = "avgust.web.projects.notices.stretches"
    keeps_files = (("MilestoneReport", "sha256"),)

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.projects import codes, telling  # noqa: F401, PLC0415
