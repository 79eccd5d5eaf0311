"""The audit application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The journal of acts."""

    name = "avgust.web.audit"
    verbose_name = _("Journal")
    default_auto_field = "django.db.models.BigAutoField"
