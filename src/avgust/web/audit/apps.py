"""The audit application."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The journal of acts."""

    name = "avgust.web.audit"
    verbose_name = _("Journal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Teach SQLite the chain on each connection, and lay the triggers down after each `migrate`."""
        from avgust.web.audit.triggers import install, teach_chain  # noqa: PLC0415 - needs the apps

        connection_created.connect(teach_chain, dispatch_uid="avgust.audit.chain")
        post_migrate.connect(install, sender=self, dispatch_uid="avgust.audit.triggers")
