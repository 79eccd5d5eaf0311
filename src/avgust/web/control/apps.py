"""The control application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.background.schedule import Daily, Job
from avgust.web.ui.stations import NavItem


class ControlConfig(AppConfig):
    """Assignments of measures to organisations, and what becomes of them."""

    name = "avgust.web.control"
    verbose_name = _("Control of execution")
    default_auto_field = "django.db.models.BigAutoField"
    nav = (
        NavItem(_("Control"), "control:board", order=30, action=Action.CONTROL_ASSIGNMENTS),
        NavItem(_("Assignments"), "control:mine", order=31, action=Action.REPORT_ASSIGNMENT),
    )
    home = ("avgust.web.control.owing.section", "avgust.web.control.desk.section")
    sections = {
        "measure": (
            "avgust.web.control.covering.measure_section",
            "avgust.web.control.requiring.measure_section",
        ),
        "programme": "avgust.web.control.covering.programme_section",
        "unit": "avgust.web.control.covering.unit_section",
    }
    columns = {"measures": "avgust.web.control.covering.measures_column"}
    reminders = "avgust.web.control.notices.deadlines"
    calendar = "avgust.web.control.notices.events"
    jobs = (
        Job("control.register", "avgust.web.control.assigning.follow_register", Daily(hour=2)),
        Job("files.sweep", "avgust.web.files.sweep_daily", Daily(hour=3)),
    )
    keeps_files = (("Evidence", "sha256"),)
    follows = {"programmes.changed": "avgust.web.control.assigning.follow_programme"}

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.control import codes, telling  # noqa: F401, PLC0415
