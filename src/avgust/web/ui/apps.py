"""The shared look."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Layout, components, preferences."""

    name = "avgust.web.ui"
    verbose_name = _("Interface")

    def ready(self) -> None:
        """Teach SQLite the letters of Russian on each connection."""
        from avgust.web.ui.sqlite import teach_letters  # noqa: PLC0415 - needs the registry of apps

        connection_created.connect(teach_letters, dispatch_uid="avgust.sqlite.letters")
