"""What is said with an uploaded file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from avgust.web.ui.fields import DayField
from avgust.web.ui.tables import TableForm


class UploadForm(TableForm):
    """The file, the day to compare on, and what a changed name means."""

    hint = _("XLSX, ODS, XLS or CSV with the heads of the template; or OneRoster: orgs.csv, also in a ZIP.")
    endings = ".xlsx,.ods,.xls,.csv,.zip"

    day = DayField(
        label=_("Compare with the register on"),
        widget=forms.DateInput(format="%d.%m.%Y"),
        error_messages={"invalid": _("There is no such date. An example of a right one: 01.09.2025.")},
        help_text=_("Moves, closings and new organisations without a date of their own get this one."),
    )
    renaming = forms.BooleanField(
        label=_("Other names in the file are renamings from this date, not corrections"), required=False
    )
