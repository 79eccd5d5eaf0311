"""The documents application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.ui.stations import NavItem


class DocumentsConfig(AppConfig):
    """Uploads, readings and their review."""

    name = "avgust.web.documents"
    verbose_name = _("Documents")
    default_auto_field = "django.db.models.BigAutoField"
    nav = NavItem(_("Documents"), "documents:list", order=10, action=Action.SEE_DOCUMENTS)
    home = "avgust.web.documents.home.section"
    keeps_files = (("Document", "sha256"),)

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.documents import codes  # noqa: F401, PLC0415
