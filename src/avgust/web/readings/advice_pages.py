"""Recommendations of a territory: the list, the words of one with preview and history, packages."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from avgust.domain.assessment.interpretation.advice_package import to_package
from avgust.domain.assessment.interpretation.editing import (
    LONGEST,
    STANDARDS,
    Standard,
    faults_of,
    filled,
)
from avgust.domain.messages import Message
from avgust.web.accounts.rights import Action
from avgust.web.readings import advising
from avgust.web.readings.models import AdviceEdit
from avgust.web.territory.models import Unit
from avgust.web.ui.attachments import attached
from avgust.web.ui.requests import SignedInRequest, language

LARGEST: Final = 256 * 1024  # bytes of a package
HISTORY: Final = 50


class WordsForm(forms.Form):
    """The words of one rule."""

    text = forms.CharField(
        label=gettext_lazy("Words of a recommendation"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
    )
    dropped = forms.BooleanField(label=gettext_lazy("Do not print it in reports"), required=False)


class PackageForm(forms.Form):
    """A package of recommendations."""

    file = forms.FileField(
        label=gettext_lazy("Package, JSON"),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".json", "class": "form-control"}),
    )

    def clean_file(self) -> Any:
        """Refuse what no package is as large as, before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("A package of recommendations has at most 256 KB."))
        return file


@login_required
@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Lead to the recommendations of the widest territory that the reader edits."""
    if not request.user.may(Action.EDIT_ADVICE):
        raise PermissionDenied
    posts = [post.unit_id for post in request.user.posts_allowing(Action.EDIT_ADVICE)]
    units = Unit.objects.in_scope_of(request.user, Action.EDIT_ADVICE).filter(pk__in=posts)
    first = units.order_by("kind", "pk").first()
    if first is None:
        raise Http404
    return redirect("readings:advice", first.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: SignedInRequest, unit: int) -> HttpResponse:
    """Show every rule with the words that hold here; take a package."""
    place = _territory(request, unit)
    posted = request.method == "POST"
    form = PackageForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            count = advising.take_package(place, form.cleaned_data["file"].read(), actor=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("Recommendations taken from the package: %(n)d.") % {"n": count})
            return redirect("readings:advice", place.pk)
    held = _held(place)
    rows = [_row(standard, held, place) for standard in STANDARDS.values()]
    context = {"unit": place, "rows": rows, "form": form, "own": any(row["own"] for row in rows)}
    return render(request, "readings/advice.html", context, status=422 if posted else 200)


def _territory(request: SignedInRequest, pk: int) -> Unit:
    if not request.user.may(Action.EDIT_ADVICE):
        raise PermissionDenied
    return get_object_or_404(Unit.objects.in_scope_of(request.user, Action.EDIT_ADVICE), pk=pk)


def _held(unit: Unit) -> dict[str, AdviceEdit]:
    """Return the edit of each rule that holds in a unit: its own, else that of the nearest above."""
    line = [one.pk for one in reversed(unit.line_on(timezone.localdate()))]
    order = {pk: at for at, pk in enumerate([unit.pk, *line])}
    rows = AdviceEdit.objects.in_force().filter(unit__in=order).select_related("unit", "made_by")
    found: dict[str, AdviceEdit] = {}
    for row in sorted(rows, key=lambda row: order[row.unit_id]):
        found.setdefault(row.code, row)
    return found


def _row(standard: Standard, held: dict[str, AdviceEdit], unit: Unit) -> dict[str, Any]:
    said, edit = language(), held.get(standard.code)
    return {
        "code": standard.code,
        "standard": standard.shown(said),
        "chosen": standard.chosen.render(said),
        "edit": edit,
        "own": edit is not None and edit.unit_id == unit.pk,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: SignedInRequest, unit: int, code: str) -> HttpResponse:
    """Change the words of a rule: look at them first, then keep them; or take the edit back."""
    place, standard = _territory(request, unit), STANDARDS.get(code)
    if standard is None:
        raise Http404
    held = _held(place)
    edit = held.get(code)
    if request.method == "POST" and "return" in request.POST:
        advising.return_advice(place, code, actor=request.user)
        messages.success(request, _("The edit is taken back."))
        return redirect("readings:advice", place.pk)
    posted = request.method == "POST"
    text = standard.shown(language()) if edit is None else edit.text
    dropped = edit is not None and not edit.text
    form = WordsForm(request.POST if posted else None, initial={"text": text, "dropped": dropped})
    shown = ""
    if posted and form.is_valid():
        shown = _kept_or_shown(request, form, place, standard)
        if not shown and not form.errors:
            return redirect("readings:advice", place.pk)
    history = AdviceEdit.objects.filter(unit=place, code=code).select_related("made_by", "ended_by")
    context = {
        "unit": place,
        "row": _row(standard, held, place),
        "words": [(f"{{{word}}}", _said(sample)) for word, sample in standard.sample.items()],
        "form": form,
        "shown": shown,
        "history": history[:HISTORY],
    }
    return render(request, "readings/words.html", context, status=422 if form.errors else 200)


def _kept_or_shown(request: SignedInRequest, form: WordsForm, unit: Unit, standard: Standard) -> str:
    """Keep the words, or return how they will read; faults go to the form."""
    text = None if form.cleaned_data["dropped"] else form.cleaned_data["text"]
    if "preview" in request.POST:
        faults = [] if text is None else faults_of(standard.code, text)
        for fault in faults:
            form.add_error("text", fault.render(language()))
        return "" if faults else _("It is not printed.") if text is None else _sample(standard, text)
    try:
        advising.edit_advice(unit, standard.code, text, actor=request.user)
    except ValidationError as error:
        form.add_error("text", error)
    else:
        messages.success(request, _("The recommendation is kept."))
    return ""


def _sample(standard: Standard, text: str) -> str:
    made = filled(text, standard.sample)
    return made.render(language()) if isinstance(made, Message) else made


def _said(sample: Message | str) -> str:
    return sample.render(language()) if isinstance(sample, Message) else sample


@login_required
@require_safe
def package(request: SignedInRequest, unit: int) -> HttpResponse:
    """Return the edits that hold in a territory, its own and inherited, as a package."""
    place = _territory(request, unit)
    edits = {code: edit.text or None for code, edit in _held(place).items()}
    return attached(to_package(edits), f"recommendations-{place.pk}.json")
