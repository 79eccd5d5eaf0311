"""The portal application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Public pages of programmes, and the choice of what is on them."""

    name = "avgust.web.portal"
    verbose_name = _("Public pages")
    default_auto_field = "django.db.models.BigAutoField"
    entrance = "avgust.web.portal.choosing.entrance"
    sections = {
        "programme": "avgust.web.portal.choosing.programme_section",
        "execution": "avgust.web.portal.choosing.programme_section",
    }

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.portal import codes  # noqa: F401, PLC0415
