"""The control application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ControlConfig(AppConfig):
    """Assignments of measures to organisations, and what becomes of them."""

    name = "avgust.web.control"
    verbose_name = _("Control of execution")
    default_auto_field = "django.db.models.BigAutoField"
    follows = {"programmes.changed": "avgust.web.control.assigning.follow_programme"}

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.control import codes  # noqa: F401, PLC0415
