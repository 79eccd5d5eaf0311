"""The application of prepared files."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.background.schedule import Daily, Job
from avgust.web.ui.stations import AccountLink


class PreparedConfig(AppConfig):
    """Files that the worker prepares, and their way to who asked."""

    name = "avgust.web.prepared"
    verbose_name = _("Prepared files")
    default_auto_field = "django.db.models.BigAutoField"
    account = AccountLink(
        _("Prepared files"), _("Large files that you asked for, kept a week"), "prepared:list"
    )
    follows = {"accounts.erased": "avgust.web.prepared.making.forget_person"}
    jobs = (Job("prepared.expire", "avgust.web.prepared.making.expire", Daily(hour=3)),)
    answers_files = "avgust.web.prepared.answering.answer"
    keeps_files = (("PreparedFile", "sha256"),)

    def ready(self) -> None:
        """Declare the acts and notices of this station."""
        from avgust.web.prepared import codes  # noqa: F401, PLC0415
