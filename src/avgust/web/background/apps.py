"""The background application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.background.schedule import Daily, Job


class BackgroundConfig(AppConfig):
    """Jobs, their runs, the workers that are alive."""

    name = "avgust.web.background"
    verbose_name = _("Background work")
    default_auto_field = "django.db.models.BigAutoField"
    jobs = (Job("background.tidy", "avgust.web.background.running.tidy", Daily(hour=4)),)
