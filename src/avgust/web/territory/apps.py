"""The territory application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.ui.large_files import Kind
from avgust.web.ui.stations import NavItem


class TerritoryConfig(AppConfig):
    """Units and their places."""

    name = "avgust.web.territory"
    verbose_name = _("Territory")
    default_auto_field = "django.db.models.BigAutoField"
    nav = NavItem(_("Territory"), "territory:list", order=30)
    prepares = {
        "territory.tree": Kind(
            "avgust.web.territory.imports.exports.write_tree",
            "avgust.web.territory.imports.exports.may_take_tree",
        ),
    }
    home = "avgust.web.territory.home.section"

    def ready(self) -> None:
        """Declare the acts on the territory in the journal."""
        from avgust.web.territory import codes  # noqa: F401, PLC0415 - needs the translations to be ready
