"""The application of local acts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.background.schedule import Daily, Job
from avgust.web.ui.stations import NavItem


class ActsConfig(AppConfig):
    """Local acts that measures require, from a template to the act in force."""

    name = "avgust.web.acts"
    verbose_name = _("Local acts")
    default_auto_field = "django.db.models.BigAutoField"
    nav = NavItem(_("Local acts"), "acts:list", order=33, action=Action.SEE_ACTS)
    waits = "avgust.web.acts.sections.home_section"
    sections = {
        "measure": "avgust.web.acts.sections.measure_section",
        "assignment": "avgust.web.acts.sections.assignment_section",
    }
    jobs = (Job("acts.day", "avgust.web.acts.proving.follow_day", Daily(hour=2)),)
    keeps_files = (("LocalAct", "sha256"),)
    follows = {"control.assigned": "avgust.web.acts.proving.follow_programme"}

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.acts import codes, telling  # noqa: F401, PLC0415
