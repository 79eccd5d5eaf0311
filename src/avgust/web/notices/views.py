"""Pages of notices, their settings, the calendar, the caught mail of the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from avgust.web.accounts.rights import Action
from avgust.web.notices import actions
from avgust.web.notices.feed import calendar_of, person_of
from avgust.web.notices.forms import ChoiceForm, QuietForm
from avgust.web.notices.models import CalendarKey, CaughtLetter, Choice, Notice, QuietHours
from avgust.web.notices.wording import Section, heading_of
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest

PAGE = 50


@login_required
@require_safe
def notice_list(request: SignedInRequest) -> HttpResponse:
    """Show what the reader was told: first what was not read, section by section."""
    own = Notice.objects.visible_to(request.user)
    everything = request.GET.get("all") == "1"
    shown = own if everything else own.unread()
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    by_section: dict[Section, dict[str, list[Notice]]] = {section: {} for section in Section}
    for notice in page.object_list:
        by_section[notice.words.section].setdefault(notice.group, []).append(notice)
    context: dict[str, Any] = {
        "page": page,
        "all": everything,
        "unread": own.unread().count(),
        "sections": [
            (heading_of(section), list(groups.items())) for section, groups in by_section.items() if groups
        ],
    }
    return render(request, "notices/list.html", context)


@login_required
@require_POST
def open_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and lead to what it is about."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(Notice.objects.filter(pk=pk), actor=request.user)
    return redirect(notice.address)


@login_required
@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark everything as read that the reader saw: what came later stays."""
    seen = request.POST.get("until", "")
    if seen.isdecimal() and len(seen) < 19:
        actions.mark_read(Notice.objects.filter(pk__lte=int(seen)), actor=request.user)
    return redirect("notices:list")


@login_required
def choices(request: SignedInRequest) -> HttpResponse:
    """Show and keep what the reader chose."""
    kept = Choice.objects.filter(person=request.user).first() or Choice(person=request.user)
    form = ChoiceForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        actions.choose(form.instance, actor=request.user)
        messages.success(request, _("The reminders are kept as you chose."))
        return redirect("notices:settings")
    return _settings(request, form=form, status=400 if form.errors else 200)


def _settings(
    request: SignedInRequest, *, form: ChoiceForm | None = None, address: str = "", status: int = 200
) -> HttpResponse:
    kept = Choice.objects.filter(person=request.user).first() or Choice(person=request.user)
    key = CalendarKey.objects.filter(person=request.user).first()
    context: dict[str, Any] = {
        "form": form or ChoiceForm(instance=kept),
        "key": key,
        "address": address,
        "units": spoken_for(request.user),
    }
    return render(request, "notices/settings.html", context, status=status)


def spoken_for(user: Any) -> list[Unit]:
    """Return the organisations whose quiet hours the person may set: those of the own posts."""
    posts = user.posts_allowing(Action.REPORT_ASSIGNMENT)
    return list(dict.fromkeys(post.unit for post in posts))


@login_required
@require_POST
def renew_calendar(request: SignedInRequest) -> HttpResponse:
    """Make a new address of the calendar and show it this once."""
    token = actions.renew_calendar(actor=request.user)
    address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    return _settings(request, address=address)


@login_required
@require_POST
def take_back_calendar(request: SignedInRequest) -> HttpResponse:
    """Take the address back."""
    actions.take_back_calendar(actor=request.user)
    messages.success(request, _("The address of the calendar opens nothing any more."))
    return redirect("notices:settings")


@login_required
def quiet_hours(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show and keep the quiet hours of an organisation."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    if not request.user.may(Action.REPORT_ASSIGNMENT, unit):
        raise PermissionDenied
    kept = QuietHours.objects.filter(unit=unit).first()
    form = QuietForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        actions.set_quiet_hours(
            unit, starts=form.cleaned_data["starts"], ends=form.cleaned_data["ends"], actor=request.user
        )
        messages.success(request, _("The quiet hours are kept."))
        return redirect("notices:settings")
    context = {"unit": unit, "form": form, "kept": kept}
    return render(request, "notices/quiet.html", context, status=400 if form.errors else 200)


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the calendar of a secret address, which is all that a telephone can show of its owner."""
    person = person_of(token)
    if person is None:
        raise Http404
    response = HttpResponse(
        calendar_of(person, timezone.localdate()), content_type="text/calendar; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'inline; filename="avgust.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def caught_mail(request: HttpRequest) -> HttpResponse:
    """Show the letters that the demo would have sent; outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    page = Paginator(CaughtLetter.objects.all(), 20).get_page(request.GET.get("page"))
    return render(request, "notices/mail.html", {"page": page})
