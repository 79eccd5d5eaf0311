"""What a reader may ask of the list of units, and what an officer says about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avgust.domain.territory.inn import inn_fault
from avgust.web.territory.actions import DESCRIBING
from avgust.web.territory.models import Unit, UnitQuerySet
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import language

_LISTED: Final = 4  # organisations named where several answer


class UnitFilter(forms.Form):
    """The question in the address of the list."""

    on = DayField(
        label=_("On the date"),
        required=False,
        widget=forms.DateInput(format="%d.%m.%Y"),
        error_messages={"invalid": _("There is no such date. An example of a right one: 01.09.2025.")},
    )
    q = forms.CharField(
        label=_("Name or tax number"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Unit.Kind.choices])


class UnitField(forms.CharField):
    """One organisation by its tax number, number in the register, or words of its name."""

    def __init__(self, **options: Any) -> None:
        self.among: UnitQuerySet = Unit.objects.none()
        options.setdefault("max_length", 500)
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Return the unit, None for nothing; several that answer are a question, not a guess."""
        words = super().clean(value).strip()
        if not words:
            return None
        exact = self.among.filter(Q(name=words) | Q(short_name=words) | (Q(inn=words) & ~Q(inn="")))
        found = list(exact[:_LISTED]) or list(self.among.search(words)[:_LISTED])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("No organisation answers to these words. Try the tax number."))
        names = "; ".join(unit.name for unit in found[: _LISTED - 1])
        raise ValidationError(
            _("Several organisations answer: %(names)s… Give the full name or the tax number.")
            % {"names": names}
        )


if TYPE_CHECKING:
    _UnitForm = forms.ModelForm[Unit]
else:
    _UnitForm = forms.ModelForm


def _day_field(label: Any, **options: Any) -> DayField:
    return DayField(
        label=label,
        widget=forms.DateInput(format="%d.%m.%Y"),
        error_messages={"invalid": _("There is no such date. An example of a right one: 01.09.2025.")},
        **options,
    )


def _basis_field(**options: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Act"),
        max_length=300,
        help_text=_("What ordered it: “Resolution No. 814 of 02.12.2025”."),
        **options,
    )


class DescriptionForm(_UnitForm):
    """What is known about an organisation beside its dates and places."""

    class Meta:
        model = Unit
        fields = DESCRIBING
        widgets = {
            "name": forms.Textarea(attrs={"rows": 2}),
            "inn": forms.TextInput(attrs={"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("choose")), *Unit.Kind.choices]
        settlement: Any = self.fields["settlement"]
        settlement.choices = [("", pgettext_lazy("settlement", "not known")), *Unit.Settlement.choices]

    def clean_inn(self) -> str:
        """Return the number if its control digits fit; one that stood there before is left alone."""
        inn = str(self.cleaned_data["inn"])
        fault = inn_fault(inn) if inn and inn != self.initial.get("inn") else None
        if fault:
            raise ValidationError(fault.render(language()))
        return inn

    def _post_clean(self) -> None:
        """Change no row: the act does, under the eyes of the rules."""


class AddForm(DescriptionForm):
    """A new organisation in its place."""

    parent = forms.ModelChoiceField(
        label=_("Stands under"), queryset=Unit.objects.none(), empty_label=_("choose")
    )
    since = _day_field(_("Opens on"))
    basis = _basis_field(required=False)
    field_order = ("kind", "name", "short_name", "parent", "since", "basis")


class CorrectionForm(DescriptionForm):
    """Mistakes in what is known; the reason is for the journal."""

    reason = forms.CharField(label=_("Reason of the change"), required=False, max_length=300)


class RenameForm(forms.Form):
    """A new name from a day on."""

    name = forms.CharField(
        label=_("New official name"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    short_name = forms.CharField(label=_("New short name"), max_length=200, required=False)
    since = _day_field(_("From"))
    basis = _basis_field()


class MoveForm(forms.Form):
    """Another place from a day on."""

    parent = forms.ModelChoiceField(
        label=_("New place"), queryset=Unit.objects.none(), empty_label=_("choose")
    )
    since = _day_field(_("From"))
    basis = _basis_field()


class CloseForm(forms.Form):
    """The last day, with who takes over."""

    closed = _day_field(_("Last day of work"))
    successor = UnitField(
        label=_("Successor"), required=False, help_text=_("Name or tax number, if it merges into another.")
    )
    basis = _basis_field()


class MergeForm(forms.Form):
    """Which organisations merge into the one whose form it is."""

    units = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.none(),
        error_messages={"required": _("Choose at least one organisation that merges.")},
    )
    closed = _day_field(_("Last day of work of those that merge"))
    basis = _basis_field()


class DateForm(forms.Form):
    """The right day and act of an event."""

    day = _day_field(_("Right date"))
    basis = _basis_field(required=False)
    reason = forms.CharField(
        label=_("Reason of the change"), max_length=300, help_text=_("What the mistake was.")
    )


class UndoForm(forms.Form):
    """Why a record is taken back."""

    reason = forms.CharField(label=_("Reason of the change"), max_length=300)
