"""Forms of projects; sums are typed as words and read by the rule of money."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avgust.domain.planning.money import written
from avgust.domain.planning.risks import SCALE
from avgust.web.projects.actions import LineWords, MilestoneWords, RiskWords, Wait
from avgust.web.projects.actions.milestones import LONGEST_LAG
from avgust.web.projects.actions.projects import LONGEST
from avgust.web.projects.models import SOURCES, BudgetLine, Milestone, Risk
from avgust.web.ui.fields import DayField

NO_SUCH_DAY: Final = {"invalid": _("There is no such date. An example of a right one: 01.09.2025.")}
WRITTEN: Final = "%d.%m.%Y"
_LAG: Final = "lag-"


def day_field(label: Any, *, required: bool = True) -> DayField:
    """Return a day as an office types it."""
    widget = forms.DateInput(attrs={"autocomplete": "off"}, format=WRITTEN)
    return DayField(label=label, required=required, widget=widget, error_messages=NO_SUCH_DAY)


class PartForm(forms.Form):
    """What every row of a project has: the version that the person saw, and the ground of the act."""

    version = forms.IntegerField(min_value=0, initial=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Ground"),
        max_length=500,
        help_text=_("A letter, an order, a decision: who reads the history will see it."),
        widget=forms.TextInput(attrs={"lang": "ru"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


class MilestoneForm(PartForm):
    """A milestone and its days; what it waits for are fields made for each of the others."""

    title = forms.CharField(
        label=_("What will be ready"), max_length=300, widget=forms.TextInput(attrs={"lang": "ru"})
    )
    start = day_field(_("First day"))
    due = day_field(_("Last day"))

    def __init__(
        self, *args: Any, others: list[Milestone], row: Milestone | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.others = others
        known = {one.before_id: one.lag for one in row.waits.all()} if row else {}
        if row:
            self.initial.update(
                {"title": row.title, "start": row.start, "due": row.due, "version": row.version}
            )
        for other in others:
            self.fields[f"wait-{other.pk}"] = forms.BooleanField(
                label=other.title, required=False, initial=other.pk in known
            )
            self.fields[f"{_LAG}{other.pk}"] = forms.IntegerField(
                label=_("days after"),
                required=False,
                min_value=0,
                max_value=LONGEST_LAG,
                initial=known.get(other.pk, 0),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def waits(self) -> list[tuple[Any, Any]]:
        """Return the pairs of fields: whether it waits, and how many days."""
        return [(self[f"wait-{one.pk}"], self[f"{_LAG}{one.pk}"]) for one in self.others]

    @property
    def words(self) -> MilestoneWords:
        """Return what was said."""
        said = self.cleaned_data
        waits = [
            Wait(one.pk, said.get(f"{_LAG}{one.pk}") or 0)
            for one in self.others
            if said.get(f"wait-{one.pk}")
        ]
        return MilestoneWords(said["title"], said["start"], said["due"], tuple(waits))


def _sum_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )


class LineForm(PartForm):
    """A line of the budget."""

    source = forms.ChoiceField(label=_("Source of the money"), choices=SOURCES)
    title = forms.CharField(
        label=_("What it is for"), max_length=300, widget=forms.TextInput(attrs={"lang": "ru"})
    )
    planned = _sum_field(pgettext_lazy("sum", "Planned, roubles"))
    allotted = _sum_field(pgettext_lazy("sum", "Allotted, roubles"))
    spent = _sum_field(pgettext_lazy("sum", "Spent, roubles"))

    def __init__(self, *args: Any, row: BudgetLine | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if row:
            sums = {name: written(getattr(row, name)) for name in ("planned", "allotted", "spent")}
            self.initial.update({"source": row.source, "title": row.title, "version": row.version, **sums})

    @property
    def words(self) -> LineWords:
        """Return what was said."""
        said = self.cleaned_data
        return LineWords(said["source"], said["title"], said["planned"], said["allotted"], said["spent"])


_WORDS: Final = (
    pgettext_lazy("scale of a risk", "1, very low"),
    pgettext_lazy("scale of a risk", "2, low"),
    pgettext_lazy("scale of a risk", "3, middling"),
    pgettext_lazy("scale of a risk", "4, high"),
    pgettext_lazy("scale of a risk", "5, very high"),
)
_STEPS: Final = list(zip(SCALE, _WORDS, strict=True))


class RiskForm(PartForm):
    """A risk."""

    title = forms.CharField(
        label=_("What may go wrong"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "lang": "ru"})
    )
    probability = forms.TypedChoiceField(label=_("Probability"), choices=_STEPS, coerce=int, initial=3)
    impact = forms.TypedChoiceField(label=_("Impact"), choices=_STEPS, coerce=int, initial=3)
    owner = forms.CharField(
        label=_("Who watches it"),
        max_length=300,
        help_text=_("A post or an organisation, for example: the deputy head for the teaching work."),
        widget=forms.TextInput(attrs={"lang": "ru"}),
    )
    response = forms.CharField(
        label=_("What is done about it"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "ru"}),
    )
    state = forms.ChoiceField(label=_("What became of it"), choices=Risk.State.choices)

    def __init__(self, *args: Any, row: Risk | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if row:
            names = ("title", "probability", "impact", "owner", "response", "state", "version")
            self.initial.update({name: getattr(row, name) for name in names})

    @property
    def words(self) -> RiskWords:
        """Return what was said."""
        said = self.cleaned_data
        return RiskWords(
            said["title"], said["probability"], said["impact"], said["owner"], said["response"], said["state"]
        )


class DoneForm(forms.Form):
    """That a milestone is done; the paper that shows it is the form of evidence of control."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    done_on = day_field(_("On which day it was done"))
    text = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "ru"}),
    )
