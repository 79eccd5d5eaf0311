"""What is asked about a codifier: its file, and what a bare table leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from avgust.domain.assessment.codifiers import Fact
from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action
from avgust.web.assessments.codifiers.models import CodifierEdition, KindName
from avgust.web.assessments.subjects import Subject
from avgust.web.territory.models import Unit


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%d.%m.%Y")


class ImportForm(forms.Form):
    """A file of a codifier; the other fields speak for what the file does not say."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A package (JSON), or a table with codes and titles: XLSX, ODS, XLS, CSV."),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.xlsx,.xls,.ods,.csv"}),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Territory"), empty_label=None)
    subject = forms.ChoiceField(label=gettext_lazy("Subject"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    grades = forms.CharField(
        label=gettext_lazy("Grades"), max_length=40, required=False, help_text=gettext_lazy("As in 4 or 5–9.")
    )
    edition = forms.CharField(
        label=gettext_lazy("Edition"), max_length=40, required=False, help_text=gettext_lazy("As in 2026.")
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=500, required=False)
    since = forms.CharField(label=gettext_lazy("In force from"), max_length=20, required=False, widget=_day())
    until = forms.CharField(
        label=gettext_lazy("In force until"), max_length=20, required=False, widget=_day()
    )
    basis = forms.CharField(label=gettext_lazy("By the act"), max_length=500, required=False)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=40, required=False)
    day = forms.CharField(label=gettext_lazy("Date of the act"), max_length=20, required=False, widget=_day())
    name = forms.CharField(
        label=gettext_lazy("Name of the codifier"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("The same in every edition. Empty: made of subject, grades and kind."),
    )

    def __init__(self, actor: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = [post.unit_id for post in actor.posts_allowing(Action.IMPORT_RESULTS)]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=posts)  # type: ignore[attr-defined]
        self.fields["unit"].initial = posts[0] if posts else None
        unsaid = [("", gettext_lazy("as the file says"))]
        self.fields["subject"].choices = [*unsaid, *Subject.choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [*unsaid, *KindName.choices]  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[Fact, str]:
        """Return what is said beside the file."""
        said = {**self.cleaned_data, "date": self.cleaned_data["day"]}
        return {fact: said[fact.value] for fact in Fact if said.get(fact.value)}

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that everybody fills in."""
        return [self["file"], self["unit"]]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that a bare table needs."""
        return [bound for bound in self if bound.name not in ("file", "unit")]


if TYPE_CHECKING:
    _EditionField = forms.ModelChoiceField[CodifierEdition]
else:
    _EditionField = forms.ModelChoiceField


class EditionChoice(_EditionField):
    """An edition by its title and days."""

    def label_from_instance(self, obj: CodifierEdition) -> str:
        """Return how an edition is called in a list."""
        return f"{obj.reference}: {obj.title}"


class ChooseForm(forms.Form):
    """The codifiers of a specification."""

    content = EditionChoice(
        CodifierEdition.objects.none(),
        required=False,
        label=gettext_lazy("Codifier of content"),
        empty_label=gettext_lazy("none: words are not checked"),
    )
    skills = EditionChoice(
        CodifierEdition.objects.none(),
        required=False,
        label=gettext_lazy("Codifier of skills"),
        empty_label=gettext_lazy("none: words are not checked"),
    )

    def __init__(self, content: Any, skills: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["content"].queryset = content  # type: ignore[attr-defined]
        self.fields["skills"].queryset = skills  # type: ignore[attr-defined]
