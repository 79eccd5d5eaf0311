"""The warehouse application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.background.schedule import Daily, Job


class WarehouseConfig(AppConfig):
    """Which version of each set of rows is the live one."""

    name = "avgust.web.warehouse"
    verbose_name = _("Warehouse")
    default_auto_field = "django.db.models.BigAutoField"
    jobs = (Job("warehouse.sweep", "avgust.web.warehouse.sweeping.sweep_daily", Daily(hour=3)),)
