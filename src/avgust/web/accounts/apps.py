"""The accounts application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and posts."""

    name = "avgust.web.accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the acts on people in the journal."""
        from avgust.web.accounts import codes  # noqa: F401, PLC0415 - needs the translations to be ready
