"""What went wrong, as `application/problem+json` (RFC 9457), in the language of the person of the token."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from avgust.domain.messages import mark
from avgust.web.api.rate import TooOftenError
from avgust.web.documents.actions import Refused
from avgust.web.ui.errors import page_not_found
from avgust.web.ui.requests import language

KIND: Final = "application/problem+json"
TITLES: Final = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("A valid token is needed"),
    403: gettext_lazy("Not permitted"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("This address has no such method"),
    409: gettext_lazy("Refused"),
    422: gettext_lazy("The values are wrong"),
    429: gettext_lazy("Too many requests"),
}


NOT_YOURS: Final = mark("The posts of the person of this token do not allow it.")


class Fault(Schema):
    """A value that is wrong and where it stands."""

    where: list[str | int]
    what: str


class Problem(Schema):
    """Why a request was not carried out; nothing was changed."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[Fault] = []


def problem(status: int, detail: str = "", errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """Return the answer."""
    body: dict[str, Any] = {"type": "about:blank", "title": str(TITLES[status]), "status": status}
    body |= {"detail": detail, "errors": errors or []}
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=KIND)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: a program gets a problem wherever it looks under `api/`, a person a page."""
    if request.path.startswith("/api/"):
        return problem(404, _("There is no such address. The description is at /api/v1/openapi.json."))
    return page_not_found(request, exception)


def speak_of_problems(api: NinjaAPI) -> None:
    """Tell `api` how each refusal is answered."""
    answers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        AuthenticationError: _unknown,
        TooOftenError: _too_often,
        PermissionDenied: lambda _request, error: problem(403, str(error) or _(NOT_YOURS)),
        Http404: lambda _request, _error: problem(404, _("It is not there, or not for you.")),
        Refused: lambda _request, error: problem(409, error.reason.render(language())),
        ValidationError: _wrong,
        HttpError: _unreadable,
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what ninja raises itself: a body that is no JSON."""
    return problem(error.status_code, _("The body of the request is not JSON."))


def _unknown(_request: HttpRequest, _error: Exception) -> HttpResponse:
    said = _("Send “Authorization: Bearer …” with a valid token from the page of your account.")
    answer = problem(401, said)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _too_often(_request: HttpRequest, error: TooOftenError) -> HttpResponse:
    said = ngettext(
        "This token may ask %(most)d times a minute. Ask again in %(after)d second.",
        "This token may ask %(most)d times a minute. Ask again in %(after)d seconds.",
        error.after,
    )
    answer = problem(429, said % {"most": settings.API_PER_MINUTE, "after": error.after})
    answer.headers["Retry-After"] = str(error.after)
    return answer


# What pydantic calls a fault → the sentence for a person; the rest is told in general.
FAULTS: Final = {
    "missing": gettext_lazy("This value is needed."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "int_parsing": gettext_lazy("A whole number is needed."),
    "int_type": gettext_lazy("A whole number is needed."),
    "int_from_float": gettext_lazy("A whole number is needed."),
    "greater_than_equal": gettext_lazy("The number is too small: at least %(ge)s."),
    "less_than_equal": gettext_lazy("The number is too large: at most %(le)s."),
    "string_type": gettext_lazy("A text is needed."),
    "string_too_long": gettext_lazy("The text is too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": gettext_lazy("The text is not of the form that the description asks for."),
    "literal_error": gettext_lazy("One of these is needed: %(expected)s."),
    "too_long": gettext_lazy("There are too many: at most %(max_length)s."),
    "list_type": gettext_lazy("A list is needed."),
    "date_type": gettext_lazy("A date is needed, for example 2026-03-12."),
    "date_parsing": gettext_lazy("A date is needed, for example 2026-03-12."),
    "date_from_datetime_parsing": gettext_lazy("A date is needed, for example 2026-03-12."),
}


def _said(fault: dict[str, Any]) -> str:
    words = FAULTS.get(fault["type"]) or _("The value is not of the form that the description asks for.")
    return str(words) % fault.get("ctx", {})


def _wrong(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [{"where": list(one["loc"]), "what": _said(one)} for one in error.errors]
    return problem(422, _("Nothing was changed. Each value is named below."), found)


def refuse_unknown(request: Any) -> None:
    """Stop a filter that the address does not have: one that is mistyped would show everything.

    `request.filters` is what the address has; where it has no description nothing is asked.
    """
    known = getattr(request, "filters", None)
    unknown = sorted(set(request.GET) - known) if known is not None else ()
    if unknown:
        raise ValidationError([{"type": "extra_forbidden", "loc": ("query", name)} for name in unknown])


def without_pages(
    view: Callable[..., HttpResponse], filters: Callable[[], Mapping[str, frozenset[str]]]
) -> Callable[..., HttpResponse]:
    """Answer a method that the address does not have with a problem, not with a page.

    `filters` gives the names that may stand behind the `?`, by method; they go with the request.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        request.filters = filters().get(request.method or "")  # type: ignore[attr-defined]
        response = view(request, *args, **values)
        if isinstance(response, HttpResponseNotAllowed):
            methods = response.headers["Allow"]
            said = problem(405, _("It takes: %(methods)s.") % {"methods": methods})
            said.headers["Allow"] = methods
            return said
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie lets anybody in
    answer.checks_values = True  # type: ignore[attr-defined]  # by its schema
    return answer
