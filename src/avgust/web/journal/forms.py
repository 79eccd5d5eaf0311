"""What a reader may ask of the journal."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.apps import apps
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action, roles_that_may
from avgust.web.audit import codes
from avgust.web.territory.models import Unit
from avgust.web.ui.fields import DayField

_PLACES: Final = (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)
_PEOPLE: Final = 300  # more are reached from their entries


def _kinds() -> list[tuple[str, Any]]:
    """Return the kinds of acts by station: the whole station, then each kind."""
    names = {config.label: str(config.verbose_name) for config in apps.get_app_configs()}
    grouped: dict[str, list[tuple[str, str]]] = {}
    for code in codes.known().values():
        grouped.setdefault(code.code.split(".", 1)[0], []).append((code.code, code.name))
    groups = [
        (
            names.get(app, app),
            [(app, _("all: %(station)s") % {"station": names.get(app, app)}), *sorted(kinds)],
        )
        for app, kinds in grouped.items()
    ]
    return [("", _("All acts")), *sorted(groups)]


def _places(user: User, chosen: Unit | None) -> list[tuple[Any, str]]:
    """Return the parts of the territory in scope, and the organisation that is chosen."""
    units = Unit.objects.in_scope_of(user, Action.SEE_JOURNAL)
    found = {unit.pk: str(unit) for unit in units.filter(kind__in=_PLACES)}
    if chosen is not None:
        found[chosen.pk] = str(chosen)
    return [("", gettext("Everywhere")), *found.items()]


def _people(user: User, chosen: User | None) -> list[tuple[Any, str]]:
    """Return who runs the offices in scope, and the person who is chosen."""
    roles = roles_that_may(Action.ADOPT_PROGRAMME) | roles_that_may(Action.MANAGE_ACCOUNTS)
    posts = {"posts__unit__in": Unit.objects.in_scope_of(user, Action.SEE_JOURNAL), "posts__role__in": roles}
    people = User.objects.filter(posts__since__lte=timezone.localdate(), **posts).distinct()[:_PEOPLE]
    found = {person.pk: str(person) for person in people}
    if chosen is not None:
        found[chosen.pk] = str(chosen)
    return [("", gettext("Anybody")), ("0", gettext("The system")), *found.items()]


class Select(forms.Select):
    """A list of some hundred choices: Django renders a template for each, a third of this page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Write the options at once."""
        del renderer
        inside = format_html_join("", "{}", ((self._group(one, str(value or "")),) for one in self.choices))
        given = {"name": name, **self.attrs, **(attrs or {})}
        return format_html("<select{}>{}</select>", flatatt(given), inside)

    def _group(self, choice: Any, value: str) -> SafeString:
        key, label = choice
        if isinstance(label, (list, tuple)):
            inside = format_html_join("", "{}", ((self._group(one, value),) for one in label))
            return format_html('<optgroup label="{}">{}</optgroup>', key, inside)
        chosen = " selected" if str(key) == value else ""
        return format_html('<option value="{}"{}>{}</option>', key, chosen, label)


class JournalFilter(forms.Form):
    """The question in the address of the journal: no name of a person stands in it, only numbers."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind of act"), required=False, widget=Select)
    who = forms.ChoiceField(label=_("Who"), required=False, widget=Select)
    unit = forms.ChoiceField(label=_("Where"), required=False, widget=Select)
    since = DayField(label=_("From the day"), required=False)
    until = DayField(label=_("To the day"), required=False)

    def __init__(self, *args: Any, user: User, who: User | None, unit: Unit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind", _kinds()), ("who", _people(user, who)), ("unit", _places(user, unit))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"inputmode": "numeric"}, format="%d.%m.%Y")
            self.fields[name].error_messages["invalid"] = str(
                _("There is no such date. An example of a right one: 01.09.2025.")
            )

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        asked: dict[str, Any] = super().clean() or {}
        since, until = asked.get("since"), asked.get("until")
        if since and until and until < since:
            self.add_error("until", str(_("The last day comes before the first one.")))
        return asked
