"""What a person may say about a document as a whole."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from avgust.web.ui.fields import DayField


class DescriptionForm(forms.Form):
    """The title and the day of adoption. Whether a title may be left out is for the act to say."""

    title = forms.CharField(required=False, max_length=500)
    adopted_on = DayField(
        required=False,
        error_messages={"invalid": _("The date was not understood. Write it as 27.08.2025.")},
    )
