"""The application of management decisions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.ui.large_files import Kind
from avgust.web.ui.stations import NavItem


class DecisionsConfig(AppConfig):
    """Decisions that follow from an indicator, a finding or a case, and how far their causes are covered."""

    name = "avgust.web.decisions"
    verbose_name = _("Management decisions")
    default_auto_field = "django.db.models.BigAutoField"
    nav = NavItem(_("Decisions"), "decisions:list", order=32, action=Action.SEE_PROGRAMMES)
    sections = {
        "measure": (
            "avgust.web.decisions.sections.measure_section",
            "avgust.web.decisions.sections.taking_section",
        ),
        "assignment": "avgust.web.decisions.sections.assignment_section",
        "programme": "avgust.web.decisions.sections.programme_section",
        "document": "avgust.web.decisions.sections.document_section",
        "reading": "avgust.web.decisions.sections.reading_section",
    }
    prepares = {
        "decisions.list": Kind(
            "avgust.web.decisions.exports.write_decisions", "avgust.web.decisions.exports.may_take"
        ),
    }
    follows = {
        "programmes.adopting": "avgust.web.decisions.following.second_person",
        "programmes.adopted": "avgust.web.decisions.following.carry_causes",
    }

    def ready(self) -> None:
        """Declare the acts of this station in the journal."""
        from avgust.web.decisions import codes  # noqa: F401, PLC0415
