"""Forms of a report: what is said, and papers that are no files."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.evidence import Paper, faults
from avgust.domain.evidence.papers import PAPERS
from avgust.web.control.models import Evidence
from avgust.web.control.reporting import LONGEST_TEXT
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import language

_KINDS: Final = [(kind, Evidence.Kind(kind).label) for kind in PAPERS]


class TextForm(forms.Form):
    """What was done, in words: optional, the evidence speaks."""

    text = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PaperForm(forms.Form):
    """A local act, minutes, an event or a link. Left blank it says nothing and is no mistake."""

    kind = forms.ChoiceField(label=_("What it is"), choices=_KINDS, required=False)
    title = forms.CharField(label=_("Name"), required=False, max_length=300)
    number = forms.CharField(label=_("Number"), required=False, max_length=60)
    dated = DayField(label=_("Date"), required=False)
    url = forms.CharField(label=_("Address of the page"), required=False, max_length=1000)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["url"].widget.attrs |= {"inputmode": "url", "placeholder": "https://"}

    @property
    def paper(self) -> Paper:
        """Return what was said, as the rule of papers takes it."""
        said = self.cleaned_data
        return Paper(
            said.get("kind") or PAPERS[0],
            " ".join(said.get("title", "").split()),
            " ".join(said.get("number", "").split()),
            said.get("dated"),
            said.get("url", "").strip(),
        )

    def clean(self) -> dict[str, Any]:
        """Say beside each field what is wrong with it."""
        if not self.paper.blank:
            for field, fault in faults(self.paper, timezone.localdate()).items():
                if field not in self.errors:
                    self.add_error(field, fault.render(language()))
        return self.cleaned_data
