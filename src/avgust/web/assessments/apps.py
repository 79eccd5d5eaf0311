"""The application of assessments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.background.schedule import Daily, Job
from avgust.web.ui.stations import NavItem


class AssessmentsConfig(AppConfig):
    """Works, their specifications, uploads of results."""

    name = "avgust.web.assessments"
    verbose_name = _("Results of assessment")
    default_auto_field = "django.db.models.BigAutoField"
    nav = NavItem(_("Results"), "assessments:list", order=35, action=Action.SEE_RESULTS)
    keeps_files = (("UploadFile", "sha256"), ("TableDraft", "sha256"))
    jobs = (
        Job("assessments.drafts", "avgust.web.assessments.drafts.sweeping.sweep_daily", Daily(hour=3)),
        Job("assessments.codifiers", "avgust.web.assessments.codifiers.sweeping.sweep_daily", Daily(hour=3)),
    )

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.assessments import codes  # noqa: F401, PLC0415
        from avgust.web.assessments.codifiers import codes as _of_codifiers  # noqa: F401, PLC0415
