"""The programmes application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.ui.large_files import Kind
from avgust.web.ui.stations import NavItem


class ProgrammesConfig(AppConfig):
    """Programmes, their measures and who executes them."""

    name = "avgust.web.programmes"
    verbose_name = _("Programmes")
    default_auto_field = "django.db.models.BigAutoField"
    nav = NavItem(_("Programmes"), "programmes:list", order=20, action=Action.SEE_PROGRAMMES)
    home = "avgust.web.programmes.home.section"
    prepares = {
        "programmes.plan": Kind(
            "avgust.web.programmes.exports.write_plan", "avgust.web.programmes.exports.may_take"
        ),
    }

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.programmes import codes  # noqa: F401, PLC0415
