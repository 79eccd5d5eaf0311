"""The journal application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.ui.large_files import Kind
from avgust.web.ui.stations import NavItem


class JournalConfig(AppConfig):
    """Pages of the journal; its rows belong to `audit`."""

    name = "avgust.web.journal"
    verbose_name = _("Journal")
    prepares = {
        "journal.entries": Kind(
            "avgust.web.journal.exports.write_journal", "avgust.web.journal.exports.may_take"
        ),
    }
    nav = NavItem(_("Journal"), "journal:list", order=90, action=Action.SEE_JOURNAL)
