"""Forms of local acts: what is filled in, how an act was adopted, what a template says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.acts import text
from avgust.domain.acts.fields import LONGEST, MOST_FIELDS, Field, Kind, checked, printed
from avgust.domain.acts.text import Template
from avgust.web.accounts.models import User
from avgust.web.acts.models import ActTemplate
from avgust.web.acts.wording import KINDS
from avgust.web.control.errands import posts_at
from avgust.web.territory.models import Unit
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from collections.abc import Mapping

NEAR: Final = 300  # organisations offered by name; any other may be typed


class FillForm(forms.Form):
    """The fields of a template. A draft keeps what is wrong, so nothing here holds back saving it."""

    def __init__(self, said: Template, unit: Unit, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.said = said
        self.names: dict[str, list[str]] = {}
        for at, field in enumerate(said.fields):
            self.fields[f"f{at}"] = self._box(at, field, unit)

    def _box(self, at: int, field: Field, unit: Unit) -> forms.CharField:
        widget: forms.Widget = forms.TextInput()
        if field.kind is Kind.TEXT:
            widget = forms.Textarea(attrs={"rows": 2})
        elif field.kind in (Kind.DATE, Kind.NUMBER):
            widget = forms.TextInput(attrs={"inputmode": "numeric" if field.kind is Kind.DATE else "decimal"})
            if field.kind is Kind.DATE:
                widget.attrs["placeholder"] = _("dd.mm.yyyy")
        else:
            self.names[f"f{at}"] = self._known(field.kind, unit)
            widget.attrs["list"] = f"known-f{at}"
        box = forms.CharField(
            label=field.label,
            help_text=field.hint,
            required=False,
            max_length=LONGEST,
            widget=widget,
        )
        box.due_later = field.required  # type: ignore[attr-defined]
        return box

    @staticmethod
    def _known(kind: Kind, unit: Unit) -> list[str]:
        """Return names to choose from: colleagues, or the organisation and those near it."""
        if kind is Kind.PERSON:
            people = User.objects.filter(pk__in=posts_at(unit.pk).values("user"))
            return list(people.order_by("order").values_list("full_name", flat=True)[:NEAR])
        today = timezone.localdate()
        parent = unit.parent_on(today)
        near = Unit.objects.under(parent, today).on(today) if parent else Unit.objects.filter(pk=unit.pk)
        return [unit.name, *near.exclude(pk=unit.pk).values_list("name", flat=True)[:NEAR]]

    def clean(self) -> dict[str, Any]:
        """Say beside each field what is wrong with it; an organisation is one of the register."""
        for at, field in enumerate(self.said.fields):
            value = self.cleaned_data.get(f"f{at}", "")
            if field.kind is Kind.UNIT and value.strip():
                self.cleaned_data[f"f{at}"] = value = self._unit(f"f{at}", value)
            fault = checked(field, value)[1]
            if fault is not None and f"f{at}" not in self.errors:
                self.add_error(f"f{at}", fault.render(language()))
        return self.cleaned_data

    def _unit(self, name: str, value: str) -> str:
        words = " ".join(value.split())
        exact = Unit.objects.on(timezone.localdate()).filter(Q(name=words) | Q(short_name=words))
        found = list(exact.values_list("name", flat=True)[:2])
        if len(found) == 1:
            return found[0]
        several = _("Several organisations are called so: give the full name.")
        self.add_error(name, several if found else _("The register has no such organisation."))
        return ""

    @property
    def filled(self) -> dict[str, str]:
        """Return what was typed by the keys of the fields, right or not."""
        self.is_valid()
        data = self.data
        return {
            field.key: self.cleaned_data.get(
                f"f{at}", data.get(self.add_prefix(f"f{at}"), "").strip()[:LONGEST]
            )
            for at, field in enumerate(self.said.fields)
        }

    @staticmethod
    def initial_of(said: Template, values: Mapping[str, str]) -> dict[str, str]:
        """Return kept values as a person would type them."""
        found = {}
        for at, field in enumerate(said.fields):
            value = values.get(field.key, "")
            if field.kind is Kind.DATE and len(value) == 10 and value[4:5] == "-":
                value = ".".join(reversed(value.split("-")))
            found[f"f{at}"] = printed(field, value) if field.kind is Kind.NUMBER else value
        return found


class AdoptForm(forms.Form):
    """The number, the day and the file of an adopted act."""

    number = forms.CharField(
        label=_("Number of the order"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    adopted_on = DayField(label=_("Day of adoption"))
    since = DayField(
        label=_("In force from"), required=False, help_text=_("Left blank: from the day of adoption.")
    )
    file = forms.FileField(
        label=_("The signed act"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = _("PDF, DOCX or a picture, up to %(limit)s MB.") % {
            "limit": settings.EVIDENCE_LIMIT // 2**20
        }


class TemplateForm(forms.Form):
    """Title, text and what is new. The fields are a list beside it, see `FieldRows`."""

    title = forms.CharField(label=_("Title of the act"), max_length=text.LONGEST_TITLE)
    body = forms.CharField(
        label=_("Text of the act"),
        max_length=text.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 24, "lang": "ru", "class": "la-body"}),
    )
    note = forms.CharField(label=_("What is new in this version"), required=False, max_length=300)


class FieldForm(forms.Form):
    """One field of a template."""

    key = forms.CharField(label=_("Place in the text"), required=False, max_length=40)
    label = forms.CharField(label=_("What is asked"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[(kind.value, label) for kind, label in KINDS.items()]
    )
    required = forms.BooleanField(label=_("needed"), required=False)
    hint = forms.CharField(label=_("Hint"), required=False, max_length=200)

    @property
    def said(self) -> Field | None:
        """Return the field; None for a row that says nothing."""
        data = self.cleaned_data
        key, label = data["key"].strip().strip("{} ").lower(), " ".join(data["label"].split())
        if not key and not label:
            return None
        kind = Kind(data["kind"] or Kind.TEXT)
        return Field(key, label, kind, data["required"], " ".join(data["hint"].split()))


FieldRows = forms.formset_factory(FieldForm, extra=3, max_num=MOST_FIELDS, absolute_max=MOST_FIELDS + 5)


class DemandForm(forms.Form):
    """Which act a measure requires."""

    template = forms.ModelChoiceField(
        label=_("The act"),
        queryset=ActTemplate.objects.none(),
        required=False,
        empty_label=_("no local act is required"),
    )

    def __init__(self, actor: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["template"]
        visible = ActTemplate.objects.visible_to(actor)
        choice.queryset = visible.filter(stage=ActTemplate.Stage.OFFERED)
