"""What a person chooses about reminders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.reminders import ever_sends, rules_on
from avgust.web.notices.models import Choice, QuietHours
from avgust.web.ui.fields import DayField

LONGEST = timedelta(days=92)  # a pause longer than the summer is a letter that should be switched off


class ChoiceForm(forms.ModelForm[Choice]):
    """The own reminders."""

    hour = forms.TypedChoiceField(label=_("Not before"), coerce=int, empty_value=None, required=False)
    paused_until = DayField(
        label=_("No letters until"),
        required=False,
        widget=forms.DateInput(format="%d.%m.%Y"),
        help_text=_("For a holiday: the day before you are back."),
        error_messages={"invalid": _("There is no such date. An example of a right one: 01.09.2025.")},
    )

    class Meta:
        model = Choice
        fields = ("mail", "own", "control", "hour", "quiet_starts", "quiet_ends", "paused_until")
        labels = {
            "mail": _("One letter on a working day, when there is something to say"),
            "own": _("Deadlines of my organisation"),
            "control": _("What is late at organisations that I control"),
            "quiet_starts": _("Quiet from"),
            "quiet_ends": _("until"),
        }
        widgets = {
            name: forms.TimeInput(attrs={"placeholder": placeholder, "inputmode": "numeric"}, format="%H:%M")
            for name, placeholder in (("quiet_starts", "20:00"), ("quiet_ends", "8:00"))
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = rules_on(timezone.localdate())
        usual = _("as usual, %(hour)d:00") % {"hour": rules.hour}
        hour = self.fields["hour"]
        assert isinstance(hour, forms.TypedChoiceField)
        hour.choices = [("", str(usual)), *((n, f"{n}:00") for n in Choice.DEFAULT_HOURS)]
        for name in ("quiet_starts", "quiet_ends"):
            self.fields[name].error_messages["invalid"] = str(_("Write the time like this: 20:00."))

    def clean_paused_until(self) -> Any:
        """Refuse a pause that is over, or that has no end worth the name."""
        until, today = self.cleaned_data["paused_until"], timezone.localdate()
        if until is not None and until < today and "paused_until" in self.changed_data:
            raise forms.ValidationError(_("The day has passed already."))
        if until is not None and until > today + LONGEST:
            said = _("A pause is three months at most. Switch the letters off instead.")
            raise forms.ValidationError(said)
        return until

    def clean(self) -> dict[str, Any]:
        """Refuse hours that leave no minute for a letter."""
        kept: dict[str, Any] = super().clean() or {}
        if (kept.get("quiet_starts") is None) != (kept.get("quiet_ends") is None):
            self.add_error("quiet_ends", str(_("Give both hours, or none.")))
        elif not self.errors and kept.get("mail"):
            today = timezone.localdate()
            choice = Choice(**{name: kept.get(name) for name in ("hour", "quiet_starts", "quiet_ends")})
            if not ever_sends(choice.hour_on(today), [choice.quiet_on(today)]):
                self.add_error("quiet_starts", str(_("With these hours no letter would ever leave.")))
        return kept


class QuietForm(forms.ModelForm[QuietHours]):
    """Quiet hours of an organisation; both empty take them back."""

    class Meta:
        model = QuietHours
        fields = ("starts", "ends")
        labels = {"starts": _("Quiet from"), "ends": _("until")}
        widgets = {
            name: forms.TimeInput(attrs={"inputmode": "numeric"}, format="%H:%M")
            for name in ("starts", "ends")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.error_messages["invalid"] = str(_("Write the time like this: 20:00."))

    def clean(self) -> dict[str, Any]:
        """Refuse one hour without the other, and hours that silence the whole day."""
        kept: dict[str, Any] = super().clean() or {}
        starts, ends = kept.get("starts"), kept.get("ends")
        if (starts is None) != (ends is None):
            self.add_error("ends", str(_("Give both hours, or none.")))
        elif starts is not None and ends is not None:
            usual = Choice()
            today = timezone.localdate()
            hours = QuietHours(starts=starts, ends=ends)
            if not ever_sends(usual.hour_on(today), [usual.quiet_on(today), hours.quiet]):
                self.add_error("starts", str(_("With these hours no letter would ever leave.")))
        return kept
