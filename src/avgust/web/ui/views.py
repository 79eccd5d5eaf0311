"""Home and the two preferences."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from avgust.web.ui.preferences import THEME_COOKIE, THEMES
from avgust.web.ui.stations import home_sections


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what is going on, section by section in the order of the data's way."""
    sections = home_sections(request)
    lede = " ".join(section.sentence for section in sections if section.sentence)
    return render(
        request,
        "ui/home.html",
        {
            "sections": sections,
            "lede": lede,
            "today": timezone.localdate(),
            "alone": next((section for section in sections if section.alone), None),
        },
    )


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Return to the page the choice was made on."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else reverse("home"))


def _keep(request: HttpRequest, field: str, value: str | bool) -> None:
    """Keep the choice with the account."""
    if request.user.is_authenticated:
        setattr(request.user, field, value)
        request.user.save(update_fields=[field])


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language of the reader."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise BadRequest("language")
    _keep(request, "language", language)
    response = _back(request)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme of the reader."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        raise BadRequest("theme")
    _keep(request, "theme", theme)
    response = _back(request)
    response.set_cookie(
        THEME_COOKIE,
        theme,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
def choose_keys(request: HttpRequest) -> HttpResponse:
    """Remember with the account whether single letters act; who is signed out meets none."""
    chosen = request.POST.get("keys", "")
    if chosen not in {"on", "off"}:
        raise BadRequest("keys")
    _keep(request, "single_keys", chosen == "on")
    return _back(request)
