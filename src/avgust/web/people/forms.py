"""What is asked about a person: who, which role, where, since when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Role
from avgust.web.people.scope import units_of
from avgust.web.territory.models import Unit
from avgust.web.ui.fields import DayField

MOST_CANDIDATES = 12


def _day(label: Any, **options: Any) -> DayField:
    widget = forms.DateInput(attrs={"autocomplete": "off"}, format="%d.%m.%Y")
    wrong = {"invalid": gettext_lazy("There is no such date. An example of a right one: 01.09.2025.")}
    return DayField(label=label, widget=widget, error_messages=wrong, **options)


class PostForm(forms.Form):
    """A role at an organisation from a day on; the organisation is found by words or chosen among several."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    place = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        help_text=gettext_lazy("Any words of its name, or the tax number."),
        error_messages={"required": gettext_lazy("Say at which organisation.")},
    )
    unit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    since = _day(gettext_lazy("Since"))

    def __init__(self, actor: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.candidates: list[Unit] = []
        given = actor.roles_to_give()
        roles = [(role.value, role.label) for role in Role if role in given]
        self.fields["role"].choices = [("", gettext_lazy("Choose a role")), *roles]  # type: ignore[attr-defined]
        self.fields["place"].required = self.chosen is None
        self.fields["since"].initial = timezone.localdate

    @property
    def chosen(self) -> Unit | None:
        """Return the organisation that is settled already: by the address, or among the candidates."""
        number = str((self.data if self.is_bound else self.initial).get("unit") or "")
        return units_of(self.actor).filter(pk=int(number)).first() if number.isdecimal() else None

    def clean(self) -> dict[str, Any]:
        """Settle the organisation, and whether the reader may give the role there."""
        values = super().clean() or {}
        unit = self._unit(values)
        if unit is None:
            return values
        role = values.get("role")
        if role and Role(role) not in self.actor.roles_to_give(unit):
            self.add_error("role", _("At this organisation your post does not let you give this role."))
        return {**values, "unit": unit}

    def _unit(self, values: dict[str, Any]) -> Unit | None:
        words = (values.get("place") or "").strip()
        named = self.chosen
        if named is not None and (not words or words in self.answers_before):
            return named
        if not words:
            return None
        found = units_of(self.actor).on(values.get("since") or timezone.localdate())
        exact = list(found.filter(name=words)[:2]) or list(found.filter(short_name=words)[:2])
        answers = exact if len(exact) == 1 else list(found.search(words)[: MOST_CANDIDATES + 1])
        return self._settled(words, answers)

    @property
    def answers_before(self) -> set[str]:
        """Return the words that the candidates, one of which is chosen now, were the answer to."""
        return {self.data.get("asked", "")} if self.is_bound else set()

    def _settled(self, words: str, answers: list[Unit]) -> Unit | None:
        if len(answers) == 1:
            return answers[0]
        if not answers:
            self.add_error("place", _("No organisation under your post has such words."))
        elif len(answers) > MOST_CANDIDATES:
            self.add_error("place", _("Too many organisations have these words. Add one more word."))
        else:
            self.candidates = answers
            self.add_error("place", _("Several organisations have these words. Choose one."))
        return None


class InviteForm(PostForm):
    """A new person with the first post; or another post for an account that exists."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    full_name = forms.CharField(
        label=gettext_lazy("Name in full"),
        max_length=200,
        help_text=gettext_lazy("Family name, first name, patronymic."),
    )
    field_order = ("email", "full_name", "role", "place", "unit", "since")


class EndForm(forms.Form):
    """The last day of a post, and who takes it over from the next day."""

    until = _day(gettext_lazy("Last day"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail of the successor"),
        max_length=254,
        required=False,
        help_text=gettext_lazy(
            "The post passes on the next day. Leave it empty if there is no successor yet."
        ),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Full name of the successor"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only for who has no account yet."),
    )

    def __init__(self, *args: Any, since: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"].initial = max(since, timezone.localdate())


class PersonForm(forms.Form):
    """The name and the address of an account."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    full_name = forms.CharField(label=gettext_lazy("Name in full"), max_length=200)


class ReasonForm(forms.Form):
    """Why an act was done: the journal keeps it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
