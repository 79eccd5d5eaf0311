"""The application of people: pages over `accounts`, which has the models and the acts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.ui.large_files import Kind
from avgust.web.ui.stations import NavItem


class PeopleConfig(AppConfig):
    """Who has a post where."""

    name = "avgust.web.people"
    verbose_name = _("People")
    prepares = {
        "people.list": Kind("avgust.web.people.files.write_people", "avgust.web.people.files.may_take"),
    }
    nav = NavItem(_("People"), "people:list", order=40, action=Action.INVITE_PEOPLE)
