"""The application of the interface for programs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.background.schedule import Daily, Job
from avgust.web.ui.stations import AccountLink


class ApiConfig(AppConfig):
    """OpenAPI and the tokens by which it is entered."""

    name = "avgust.web.api"
    verbose_name = _("Interface for programs")
    default_auto_field = "django.db.models.BigAutoField"
    account = AccountLink(_("Tokens for programs"), _("Access to the API with your rights"), "api_tokens")
    jobs = (Job("api.rate", "avgust.web.api.rate.sweep", Daily(hour=3)),)
    follows = {"accounts.erased": "avgust.web.api.actions.forget_person"}

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.api import codes  # noqa: F401, PLC0415
