"""Forms of causes and decisions. What is wrong with a field is said by the domain, beside the field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from avgust.domain.decisions import causes as domain
from avgust.domain.decisions.causes import Cause as Said
from avgust.domain.decisions.causes import CauseKind, Fault, number_of
from avgust.domain.decisions.minutes import (
    LONGEST_LINE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Genre,
    TypedClause,
    TypedDecision,
    plain,
)
from avgust.web.control.models import Evidence
from avgust.web.decisions.models import GENRES, KINDS, Cause
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from avgust.web.territory.models import Unit

ALL, NONE = "", "none"  # what a clause follows from, beside the number of a cause
_NO_DAY: Final = _("Say on which day it was decided, for example 14.10.2025: deadlines are counted from it.")
_BAD_DAY: Final = {"invalid": _("The date was not understood. Write it as 27.08.2025.")}


class FaultyForm(forms.Form):
    """A form whose fields the domain judges."""

    def lay(self, faults: Iterable[Fault]) -> None:
        """Say each fault beside its field, those of no field on top."""
        for fault in faults:
            field = fault.field if fault.field in self.fields else None
            if field is None or field not in self.errors:
                self.add_error(field, fault.told.render(language()))


class NumberField(forms.CharField):
    """A number as people type it: «31,5»."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    def clean(self, value: Any) -> Any:
        """Return the number, None where the field is blank."""
        try:
            return number_of(super().clean(value))
        except ValueError as wrong:
            raise forms.ValidationError(_("A number is needed, for example 12 or 3,5.")) from wrong


class CauseForm(FaultyForm):
    """A cause: what was seen, in which numbers, when and where."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=[(kind.value, said) for kind, said in KINDS.items()], initial="finding"
    )
    words = forms.CharField(
        label=_("What was seen"),
        error_messages={"required": _("Say in a sentence what was seen.")},
        max_length=2 * domain.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "ru"}),
        help_text=_("A sentence without names of children and parents: whoever is bound reads it."),
    )
    value = NumberField(label=_("Value"))
    expected = NumberField(label=_("Expected"))
    measured_in = forms.CharField(label=_("Measured in"), required=False, max_length=100)
    observed_on = DayField(
        label=_("Seen on"),
        error_messages=_BAD_DAY | {"required": _("Say on which day it was seen, for example 14.10.2025.")},
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=2 * domain.LONGEST_SOURCE,
        help_text=_("A paper with its number and date: an act of inspection, a reference."),
        widget=forms.TextInput(attrs={"lang": "ru"}),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=2 * domain.LONGEST_ADDRESS)

    @property
    def said(self) -> Said:
        """Return the cause that was typed."""
        data = self.cleaned_data
        return Said(
            kind=CauseKind(data["kind"]),
            words=data["words"],
            observed_on=data["observed_on"],
            source=data["source"],
            address=data["address"].strip(),
            value=data["value"],
            expected=data["expected"],
            measured_in=data["measured_in"],
        )

    @staticmethod
    def initial_of(cause: Cause | Said) -> dict[str, Any]:
        """Return a cause as a person would type it."""
        names = ("kind", "words", "value", "expected", "measured_in", "observed_on", "source", "address")
        found = {name: getattr(cause, name) for name in names}
        for name in ("value", "expected"):
            if found[name] is not None:
                found[name] = format(found[name].normalize(), "f").replace(".", ",")
        if found["observed_on"]:
            found["observed_on"] = found["observed_on"].strftime("%d.%m.%Y")
        return found


class _Offered(forms.Form):
    """A form that offers causes to choose from."""

    def offer(self, name: str, causes: Sequence[Cause]) -> None:
        """Let the field `name` choose among `causes`."""
        field: Any = self.fields[name]
        field.choices = [(str(cause.pk), cause.words) for cause in causes]


class TypedForm(FaultyForm, _Offered):
    """The head of a typed decision."""

    genre = forms.ChoiceField(
        label=_("Kind of paper"), choices=[(g.value, said) for g, said in GENRES.items()]
    )
    number = forms.CharField(label=_("Number"), required=False, max_length=40)
    held_on = DayField(label=_("Decided on"), error_messages=_BAD_DAY | {"required": _NO_DAY})
    title = forms.CharField(
        label=_("Of which meeting, or about what"),
        error_messages={"required": _("Say what the decision is about or whose meeting it was.")},
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"lang": "ru"}),
        help_text=_("As it is printed below the word “minutes”: the meeting of whom, or about what."),
    )
    controller = forms.CharField(
        label=_("Who controls"),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"lang": "ru"}),
        help_text=_("As it is printed after “to lay control upon”."),
    )
    causes = forms.MultipleChoiceField(label=_("Causes"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, causes: Sequence[Cause], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("causes", causes)

    def typed(self, unit: Unit, clauses: Sequence[TypedClause]) -> TypedDecision:
        """Return the decision of `unit` that was typed."""
        data = self.cleaned_data
        return TypedDecision(
            genre=Genre(data["genre"]),
            title=data["title"],
            owner=unit.name,
            held_on=data["held_on"],
            clauses=tuple(clauses),
            number=plain(data["number"]),
            controller=data["controller"],
        )


class ClauseForm(FaultyForm):
    """A clause that is typed."""

    text = forms.CharField(
        label=_("What is to be done"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "ru"}),
    )
    executors = forms.CharField(
        label=_("Who"),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"lang": "ru"}),
    )
    deadline = forms.CharField(
        label=_("By when"),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"lang": "ru"}),
    )
    proof = forms.MultipleChoiceField(
        label=_("What proves it"),
        required=False,
        choices=Evidence.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    cause = forms.ChoiceField(label=_("Follows from"), required=False)

    def __init__(self, *args: Any, causes: Sequence[Cause] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["cause"]
        field.choices = [
            (ALL, _("all causes that are marked above")),
            *((str(cause.pk), cause.words[:80]) for cause in causes),
            (NONE, _("no cause")),
        ]

    @property
    def clause(self) -> TypedClause:
        """Return the clause that was typed."""
        data = self.cleaned_data
        return TypedClause(data.get("text", ""), data.get("executors", ""), data.get("deadline", ""))


class UploadForm(FaultyForm, _Offered):
    """A decision that comes as a file."""

    genre = forms.ChoiceField(
        label=_("Kind of paper"), choices=[(g.value, said) for g, said in GENRES.items()]
    )
    number = forms.CharField(label=_("Number"), required=False, max_length=40)
    file = forms.FileField(
        label=_("The document"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.odt,.pdf,.rtf,.html,.htm,.txt,.doc"}),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
    )
    causes = forms.MultipleChoiceField(label=_("Causes"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, causes: Sequence[Cause], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("causes", causes)
