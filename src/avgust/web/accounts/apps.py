"""The accounts application."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and posts."""

    name = "avgust.web.accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the acts on people in the journal; refuse a setting that names no role."""
        from avgust.web.accounts.rights import Role  # noqa: PLC0415 - needs the settings

        if unknown := set(settings.MFA_ROLES) - set(Role.values):
            raise ImproperlyConfigured(
                f"AVGUST_MFA_ROLES names {', '.join(sorted(unknown))}; known are {', '.join(Role.values)}."
            )
        from avgust.web.accounts import codes, journal  # noqa: F401, PLC0415 - need the translations
