"""Which measures of the region have an answer in a municipality, and which have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from avgust.domain.messages import Message, mark
from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.programmes import actions
from avgust.web.programmes.choosing import number
from avgust.web.programmes.coverage import Coverage, standing_answers
from avgust.web.programmes.models import Answer, Measure, Programme
from avgust.web.programmes.views import visible_programme
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

PAGE: Final = 50
LINES: Final = 25  # measures with their answers, each with its forms
FOUND: Final = 12
NO_MEASURE: Final = Message(mark("Choose a measure of the municipality first."))


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of the region with the answers to it that the reader may see."""

    measure: Measure
    state: str
    answers: Sequence[Answer] = ()
    found: Sequence[Measure] = ()  # own measures that a search for an answer found


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A measure of the region across municipalities."""

    measure: Measure
    done: int
    whole: int
    cells: SafeString


@dataclass(frozen=True, slots=True)
class Column:
    """A municipality with how many measures that fall on it have an answer."""

    place: Unit
    done: int
    whole: int


def places_in_scope(user: User) -> QuerySet[Unit]:
    """Return the municipalities whose programmes the reader may see."""
    scope = Unit.objects.in_scope_of(user, Action.SEE_PROGRAMMES) | Unit.objects.above_posts_of(
        user, Action.SEE_PROGRAMMES
    )
    return scope.filter(kind=Unit.Kind.MUNICIPALITY)


def programme_of_region(request: SignedInRequest, pk: int) -> Programme:
    """Return a programme that municipalities answer: the region's. 404 for one of a municipality."""
    programme = visible_programme(request, pk)
    if programme.unit.kind != Unit.Kind.REGION:
        raise Http404
    return programme


@login_required
@require_safe
def matrix(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the measures of a region's programme across the municipalities that the reader may see."""
    programme = programme_of_region(request, pk)
    coverage = Coverage(programme)
    places = coverage.places(places_in_scope(request.user))
    if len(places) == 1:
        return redirect("programmes:answers_of_place", programme.pk, places[0].pk)
    keys = [place.pk for place in places]
    gaps = request.GET.get("gaps", "")
    every = coverage.counted(keys)
    shown = [row for row in every if _GAPS.get(gaps, _any)(row)]
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    measures = Measure.objects.in_bulk([pk for pk, _done, _whole in page.object_list])
    said = coverage.said(list(measures))
    rows = [
        MatrixRow(measures[pk], done, whole, _cells(coverage, pk, places, said))
        for pk, done, whole in page.object_list
    ]
    by_place = coverage.by_place(keys)
    context: dict[str, Any] = {
        "programme": programme,
        "columns": [Column(place, *by_place[place.pk]) for place in places],
        "rows": rows,
        "page": page,
        "gaps": gaps,
        "total": len(every),
        "whole": sum(done == whole for _pk, done, whole in every),
        "none": sum(not done for _pk, done, _whole in every),
        "open_gaps": sum(done < whole for _pk, done, whole in every),
    }
    return render(request, "programmes/matrix.html", context)


def _any(_row: tuple[int, int, int]) -> bool:
    return True


_GAPS: Final[dict[str, Callable[[tuple[int, int, int]], bool]]] = {
    "1": lambda row: row[1] < row[2],
    "all": lambda row: not row[1],
}


def _cells(
    coverage: Coverage, measure: int, places: Iterable[Unit], said: Mapping[tuple[int, int], str]
) -> SafeString:
    """Return the cells of a row, printed: thousands of them would keep a template busy for longer."""
    falls = coverage.falls.get(measure, frozenset())
    printed = _printed_cells()
    states = (said.get((measure, place.pk), "none") if place.pk in falls else "" for place in places)
    return mark_safe("".join(printed[state] for state in states))  # noqa: S308 - of `_printed_cells` only


def _printed_cells() -> dict[str, str]:
    """Return the cell of each state in the language of the reader."""
    marks = (
        ("confirmed", "yes", "+", _("answer confirmed")),
        ("suggested", "may", "?", _("answer suggested")),
        ("none", "no", "–", _("no answer")),
    )
    sign = '<b class="x-{}" aria-hidden="true">{}</b><span class="visually-hidden">{}</span>'
    found = {state: format_html(sign, *values) for state, *values in marks}
    return {state: f'<td class="x-c">{inner}</td>' for state, inner in {"": "", **found}.items()}


class PlaceDesk:
    """The measures of a region's programme that fall on one municipality, with what answers them there."""

    def __init__(self, request: SignedInRequest, programme: Programme, place: Unit) -> None:
        self._request = request
        self.programme = programme
        self.place = place
        self.states = Coverage(programme, place).of_place(place.pk)
        self._own = Unit.objects.under(place, timezone.localdate())
        self.may_edit = request.user.may(Action.EDIT_PROGRAMME, place)

    @property
    def counts(self) -> dict[str, Any]:
        """Return the numbers of the head sentence and of the views."""
        said = list(self.states.values())
        return {
            "programme": self.programme,
            "place": self.place,
            "may_edit": self.may_edit,
            "total": len(said),
            "none": said.count(""),
            "suggested": said.count(Answer.Status.SUGGESTED.value),
            "confirmed": said.count(Answer.Status.CONFIRMED.value),
        }

    def measures(self, asked: str) -> QuerySet[Measure]:
        """Return the measures in the state that the address asks for: all, "none", or one of an answer."""
        wanted = {"none": "", **{state.value: state.value for state in _ASKED}}
        keys = [key for key, state in self.states.items() if wanted.get(asked, state) == state]
        return self.programme.measures.filter(pk__in=keys).order_by("order")

    def lines(self, measures: Sequence[Measure], asked: int = 0, words: str = "") -> list[Line]:
        """Return measures with their answers here; for the one `asked` about, own measures that fit too."""
        answers: defaultdict[int, list[Answer]] = defaultdict(list)
        rows = Answer.objects.filter(answered__in=measures, place=self.place)
        rows = rows.exclude(measure__status=Measure.Status.CANCELLED).order_by("-likeness", "pk")
        for answer in rows.select_related("measure__programme", "decided_by"):
            answers[answer.answered_id].append(answer)
        found = self._found(words) if asked and words else []
        return [
            Line(one, self.states.get(one.pk, ""), answers[one.pk], found if one.pk == asked else ())
            for one in measures
        ]

    def _found(self, words: str) -> list[Measure]:
        """Return the municipality's own measures that hold the words."""
        rows = Measure.objects.visible_to(self._request.user).in_force()
        rows = rows.filter(programme__unit__in=self._own).search(words)
        return list(rows.select_related("programme").order_by("programme", "order")[:FOUND])


_ASKED: Final = (Answer.Status.SUGGESTED, Answer.Status.CONFIRMED)


@login_required
@require_safe
def of_place(request: SignedInRequest, pk: int, place: int) -> HttpResponse:
    """Show the measures of a region's programme that fall on a municipality, with their answers there."""
    programme = programme_of_region(request, pk)
    desk = PlaceDesk(request, programme, get_object_or_404(places_in_scope(request.user), pk=place))
    asked = request.GET.get("state", "")
    page = Paginator(desk.measures(asked), LINES).get_page(request.GET.get("page"))
    words, key = request.GET.get("q", "").strip()[:200], number(request.GET.get("for", ""))
    context: dict[str, Any] = {
        **desk.counts,
        "page": page,
        "lines": desk.lines(list(page.object_list), key, words),
        "state": asked,
        "asked": key,
        "words": words,
    }
    return render(request, "programmes/answers.html", context)


@login_required
@require_POST
def decide(request: SignedInRequest, pk: int, place: int) -> HttpResponse:
    """Take what a person says about an answer: confirmed, rejected, taken back, or found by hand."""
    programme = programme_of_region(request, pk)
    municipality = get_object_or_404(places_in_scope(request.user), pk=place)
    if not request.user.may(Action.EDIT_PROGRAMME, municipality):
        raise PermissionDenied
    answered = get_object_or_404(programme.measures.in_force(), pk=number(request.POST.get("answered", "")))
    try:
        said = _decided(request, answered, municipality)
        if not is_fragment(request):
            messages.success(request, said)
    except Refused as refused:
        said = refused.reason.render(language())
        if not is_fragment(request):
            messages.error(request, said)
    if is_fragment(request):
        desk = PlaceDesk(request, programme, municipality)
        (line,) = desk.lines([answered])
        answer = render(request, "programmes/_answered.html", {**desk.counts, "line": line})
        return trigger_client_event(answer, "avgust:say", {"value": said})
    back = reverse("programmes:answers_of_place", args=[programme.pk, municipality.pk])
    state = request.POST.get("state", "")
    return redirect(f"{back}{f'?state={state}' if state in _STATES else ''}#m{answered.pk}")


_STATES: Final = frozenset({"none", *(state.value for state in _ASKED)})


def _decided(request: SignedInRequest, answered: Measure, place: Unit) -> str:
    """Do what the form asks for; return it in words."""
    act, key = request.POST.get("act", ""), number(request.POST.get("key", ""))
    own = Unit.objects.under(place, timezone.localdate())
    if act == "make":
        visible = Measure.objects.visible_to(request.user).filter(programme__unit__in=own)
        measure = visible.select_related("programme__unit").filter(pk=key).first()
        if measure is None:
            raise Refused(NO_MEASURE)
        actions.make_answer(measure, answered, actor=request.user)
        return _("The answer is confirmed.")
    rows = Answer.objects.filter(answered=answered, place=place)
    found = rows.select_related("measure__programme__unit", "answered").filter(pk=key).first()
    if found is None:
        raise Refused(actions.NO_ANSWER)
    if act == "undo":
        actions.undo_answer(found, actor=request.user)
        return _("Taken back.")
    actions.decide_answer(found, actor=request.user, confirmed=act == "confirm")
    return _("The answer is confirmed.") if act == "confirm" else _("The suggestion is rejected.")


@login_required
@require_safe
def of_measure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what answers a measure of the region, municipality by municipality."""
    measure = visible_measure(request, pk)
    if measure.programme.unit.kind != Unit.Kind.REGION:
        raise Http404
    coverage = Coverage(measure.programme)
    places = [
        place
        for place in coverage.places(places_in_scope(request.user))
        if place.pk in coverage.falls.get(measure.pk, ())
    ]
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    rows = standing_answers(measure.programme).filter(answered=measure)
    for answer in rows.select_related("measure__programme").order_by("-likeness", "pk"):
        answers[answer.place_id].append(answer)
    said = [{answer.status for answer in answers[place.pk]} for place in places]
    context = {
        "measure": measure,
        "programme": measure.programme,
        "rows": [(place, answers[place.pk]) for place in places],
        "done": sum(Answer.Status.CONFIRMED in statuses for statuses in said),
        "whole": len(places),
    }
    return render(request, "programmes/answers_of_measure.html", context)


def visible_measure(request: SignedInRequest, pk: int) -> Measure:
    """Return the measure; 403 for who may see no programmes at all, 404 for a foreign one."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    return get_object_or_404(
        Measure.objects.visible_to(request.user).select_related("programme__unit"), pk=pk
    )


def answers_of(shown: Measure, reader: User) -> list[Answer]:
    """Return what a measure answers, of what the reader may see; suggestions after what is confirmed."""
    rows = shown.answers.exclude(status=Answer.Status.REJECTED)
    rows = rows.filter(answered__programme__in=Programme.objects.visible_to(reader))
    return list(rows.select_related("answered__programme__unit").order_by("status", "-likeness")[:FOUND])
