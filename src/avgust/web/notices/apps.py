"""The application of notices."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.background.schedule import Daily, Every, Job
from avgust.web.ui.stations import AccountLink


class NoticesConfig(AppConfig):
    """Notices, letters, calendars."""

    name = "avgust.web.notices"
    verbose_name = _("Notices")
    default_auto_field = "django.db.models.BigAutoField"
    bell = "avgust.web.notices.bell.bell"
    account = AccountLink(
        _("Reminders and calendar"), _("Letters, quiet hours, deadlines on the telephone"), "notices:settings"
    )
    follows = {"accounts.erased": "avgust.web.notices.actions.forget_person"}
    jobs = (
        Job("notices.gather", "avgust.web.notices.gathering.gather", Daily(hour=5)),
        Job("notices.letters", "avgust.web.notices.jobs.letters", Every(minutes=10)),
        Job("notices.tidy", "avgust.web.notices.jobs.tidy", Daily(hour=3)),
    )

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.notices import codes  # noqa: F401, PLC0415
