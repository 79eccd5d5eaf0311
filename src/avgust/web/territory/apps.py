"""The territory application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.ui.stations import NavItem


class TerritoryConfig(AppConfig):
    """Units and memberships."""

    name = "avgust.web.territory"
    verbose_name = _("Territory")
    default_auto_field = "django.db.models.BigAutoField"
    nav = NavItem(_("Territory"), "territory:list", order=30)
