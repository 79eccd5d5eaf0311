"""The page where an authority chooses what of its programme everybody may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from avgust.domain.publishing.choice import Choice
from avgust.domain.publishing.personal import personal_words
from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.portal import actions
from avgust.web.portal.answering import root_of
from avgust.web.portal.models import Contact, Publication
from avgust.web.programmes.models import Measure, Programme
from avgust.web.programmes.views import visible_programme
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.stations import AccountLink, HomeSection

if TYPE_CHECKING:
    from django.http import QueryDict

UNPROCESSABLE: Final = 422


class DayForm(forms.Form):
    """The day whose states are shown for good."""

    fixed_on = DayField(
        label=gettext_lazy("States of the day"),
        required=False,
        widget=forms.DateInput(format="%d.%m.%Y"),
        help_text=gettext_lazy("Empty: as they are when the page is opened. For example 01.09.2025."),
        error_messages={
            "invalid": gettext_lazy("There is no such date. An example of a right one: 01.09.2025.")
        },
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """A section with its measures as the page offers them; `place` is what its box says."""

    place: int
    title: str
    chosen: bool
    measures: list[tuple[Measure, bool, list[str]]]  # with whether it is chosen, and whom it names


def publishable(request: SignedInRequest, pk: int) -> Programme:
    """Return the programme; 404 for a foreign one, 403 for who may not publish it."""
    programme = visible_programme(request, pk)
    if not request.user.may(Action.PUBLISH_PROGRAMME, programme.unit):
        raise PermissionDenied(_("A programme is published by the authority that adopted it."))
    return programme


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what can be published; posted, publish it, or show the choice again with the reason against it."""
    programme = publishable(request, pk)
    measures = _measures(programme)
    publication = Publication.objects.filter(programme=programme).first()
    if request.method != "POST":
        choice = publication.choice if publication else Choice(whole=True)
        links = publication.links if publication else True
        day = DayForm(initial={"fixed_on": publication.fixed_on if publication else None})
        return _page(request, programme, publication, measures, choice, links=links, day=day)
    choice, day = _said(request.POST, measures), DayForm(request.POST)
    links = request.POST.get("links") == "1"
    if not day.is_valid():
        return _page(request, programme, publication, measures, choice, links=links, day=day, wrong=True)
    fixed_on = day.cleaned_data["fixed_on"]
    try:
        actions.publish_programme(programme, choice, actor=request.user, links=links, fixed_on=fixed_on)
    except Refused as refused:
        day.add_error(None, refused.reason.render(language()))
        return _page(request, programme, publication, measures, choice, links=links, day=day, wrong=True)
    messages.success(request, _("It is published. What you see on the public page, everybody sees."))
    return redirect("portal:choose", pk)


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraw the programme from the public page."""
    programme = publishable(request, pk)
    actions.withdraw_programme(programme, actor=request.user)
    messages.success(request, _("The programme is withdrawn. Copies that others have kept are theirs."))
    return redirect("portal:choose", pk)


def _measures(programme: Programme) -> list[Measure]:
    rows = programme.measures.exclude(status=Measure.Status.MERGED)
    return list(rows.only("label", "order", "text", "section", "status", "programme").order_by("order"))


def _titles(measures: list[Measure]) -> list[str]:
    """Return the headings in the order of the document, each once; a box names one by its place here."""
    return list(dict.fromkeys(measure.section for measure in measures))


def _said(posted: QueryDict, measures: list[Measure]) -> Choice:
    """Return what the form chooses; numbers that the programme does not have are left out."""
    if posted.get("what") == "whole":
        return Choice(whole=True)
    places, chosen = set(posted.getlist("section")), set(posted.getlist("measure"))
    titles = {title for place, title in enumerate(_titles(measures)) if str(place) in places}
    return Choice(
        sections=frozenset(titles),
        measures=frozenset(row.pk for row in measures if str(row.pk) in chosen and row.section not in titles),
    )


def _page(
    request: SignedInRequest,
    programme: Programme,
    publication: Publication | None,
    measures: list[Measure],
    choice: Choice,
    *,
    links: bool,
    day: DayForm,
    wrong: bool = False,
) -> HttpResponse:
    offered = [
        Offered(
            place,
            title,
            title in choice.sections,
            [
                (row, row.pk in choice.measures, personal_words(f"{row.text}\n{row.section}"))
                for row in measures
                if row.section == title
            ],
        )
        for place, title in enumerate(_titles(measures))
    ]
    context: dict[str, Any] = {
        "programme": programme,
        "publication": publication,
        "choice": choice,
        "offered": offered,
        "held_back": [row for part in offered for row, _chosen, words in part.measures if words],
        "links": links,
        "day": day,
        "contact": Contact.objects.filter(unit=programme.unit_id).first(),
        "root": root_of(programme.pk),
        "frame": f"{root_of(programme.pk).removesuffix(f'public/{programme.pk}/')}embed/{programme.pk}/",
    }
    return render(request, "portal/choose.html", context, status=UNPROCESSABLE if wrong else 200)


def entrance() -> AccountLink | None:
    """Lead from the sign-in page to what everybody may read, where anything is published."""
    if not Publication.objects.open().exists():
        return None
    hint = gettext_lazy("What was promised and what is proven, without signing in")
    return AccountLink(gettext_lazy("Public pages of programmes"), hint, "portal:index")


def programme_section(request: HttpRequest, subject: Programme) -> HomeSection | None:
    """Lead from a programme to its public page, and who may to the choice of what is on it."""
    publication = Publication.objects.open().filter(programme=subject).first()
    may = request.user.may(Action.PUBLISH_PROGRAMME, subject.unit)  # type: ignore[union-attr]
    if publication is None and not may:
        return None
    address = reverse("portal:choose", args=[subject.pk]) if may else ""
    return HomeSection("portal/_programme.html", {"publication": publication, "choose": address}, order=30)
