"""A table that a person sends: one field and one way to read it, for every page that takes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from avgust.domain.tables import MAX_TABLE_BYTES, TableError
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from django.http import HttpRequest

    from avgust.domain.messages import Message


class TableForm(forms.Form):
    """The file of a table. A page says how it is called, what it may be, and which endings are offered."""

    label: ClassVar[Any] = _("File")
    hint: ClassVar[Any] = ""
    endings: ClassVar[str] = ".xlsx,.ods,.xls,.csv"

    file = forms.FileField(
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")}
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        field = self.fields["file"]
        field.label, field.help_text = self.label, self.hint
        field.widget = forms.ClearableFileInput(attrs={"accept": self.endings})
        field.widget.is_required = field.required

    @classmethod
    def asked(cls, request: HttpRequest, **values: Any) -> Self:
        """Return the form as it was sent, or empty where the page is only opened."""
        posted = request.method == "POST"
        return cls(request.POST if posted else None, request.FILES if posted else None, **values)

    @property
    def is_sent(self) -> bool:
        """True when a file was sent with everything else in order."""
        return self.is_bound and self.is_valid()

    @property
    def name(self) -> str:
        """The name that the sender gave to the file."""
        return self.cleaned_data["file"].name or ""

    def read(self) -> bytes:
        """Return the file; of a larger one only so much that its reader can say that it is too large."""
        return bytes(self.cleaned_data["file"].read(MAX_TABLE_BYTES + 1))

    def refuse(self, reason: Message | TableError) -> None:
        """Say at the field why the file is not taken."""
        message = reason.message if isinstance(reason, TableError) else reason
        self.add_error("file", message.render(language()))
