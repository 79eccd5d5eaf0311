"""What is asked about a work and about files of results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avgust.domain.periods import Period
from avgust.domain.tables import TableError
from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action
from avgust.web.assessments.actions import MOST_FILES
from avgust.web.assessments.models import MappingPackage, Work
from avgust.web.assessments.subjects import ProcedureName, Subject
from avgust.web.assessments.tables import unpacked
from avgust.web.territory.models import Unit
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import language

_CHOOSE_FILE = gettext_lazy("Choose a file first.")
_CHOOSE_FILES = gettext_lazy("Choose files first.")
_NO_DATE = gettext_lazy("There is no such date. An example of a right one: 01.09.2025.")


class ManyFiles(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, a ZIP unpacked: pairs of name and content."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", ManyFiles(attrs={"multiple": True, "accept": ".xlsx,.xls,.ods,.csv,.zip"})
        )
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        """Return the tables; what cannot be opened as a ZIP is a sentence."""
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if not sent:
            raise ValidationError(_("Choose files first."))
        if len(sent) > MOST_FILES:
            said = _("More than %(limit)s files were sent at once. Divide them.")
            raise ValidationError(said % {"limit": MOST_FILES})
        found: list[tuple[str, bytes]] = []
        for one in sent:
            super().clean(one, initial)
            try:
                found += unpacked(one.name or "", one.read())
            except TableError as error:
                raise ValidationError(f"{one.name}: {error.message.render(language())}") from error
        return found


class UploadForm(forms.Form):
    """Files of results."""

    files = FilesField(  # type: ignore[assignment]
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("XLSX, XLS, ODS, CSV; several at once, or one ZIP of them."),
        error_messages={
            "empty": gettext_lazy("The file is empty."),
            "required": gettext_lazy("Choose files first."),
        },
    )
    mapping = forms.ModelChoiceField(
        MappingPackage.objects.none(),
        required=False,
        label=gettext_lazy("Mapping"),
        empty_label=gettext_lazy("Tell the form by its heads"),
        help_text=gettext_lazy(
            "Only for your own tables: forms of the federal system are told by themselves."
        ),
    )

    def __init__(self, actor: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = MappingPackage.objects.visible_to(actor).last_editions()
        self.fields["mapping"].queryset = known  # type: ignore[attr-defined]
        if not known.exists():
            del self.fields["mapping"]


class WorkForm(forms.ModelForm[Work]):
    """A work."""

    held_on = DayField(
        label=gettext_lazy("Held on"),
        widget=forms.DateInput(attrs={"autocomplete": "off"}, format="%d.%m.%Y"),
        error_messages={
            "invalid": gettext_lazy("There is no such date. An example of a right one: 01.09.2025.")
        },
    )

    class Meta:
        model = Work
        fields = ("title", "procedure", "subject", "grade", "held_on", "unit")

    def __init__(self, actor: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = [post.unit_id for post in actor.posts_allowing(Action.IMPORT_RESULTS)]
        units = Unit.objects.filter(pk__in=posts)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = None  # type: ignore[attr-defined]
        self.fields["unit"].initial = posts[0] if posts else None
        self.fields["procedure"].choices = ProcedureName.choices  # type: ignore[attr-defined]
        self.fields["subject"].choices = Subject.choices  # type: ignore[attr-defined]
        self.fields["grade"].widget.attrs = {"min": 1, "max": 11, "inputmode": "numeric"}

    @property
    def values(self) -> dict[str, Any]:
        """Return what `actions.add_work` takes."""
        said = dict(self.cleaned_data)
        return {**said, "school_year": Period.school_year_of(said["held_on"]).start.year}


class TableForm(forms.Form):
    """One workbook or package."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
