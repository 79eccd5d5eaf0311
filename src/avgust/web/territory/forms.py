"""What a reader may ask of the list of units."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from avgust.web.territory.models import Unit
from avgust.web.ui.fields import DayField


class UnitFilter(forms.Form):
    """The question in the address of the list."""

    on = DayField(
        label=_("On the date"),
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric"}, format="%d.%m.%Y"),
        error_messages={"invalid": _("There is no such date. An example of a right one: 01.09.2025.")},
    )
    q = forms.CharField(
        label=_("Name or tax number"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Unit.Kind.choices])
