"""The request that an act came from: a number that the journal and the log of the server share."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

from django.http import HttpRequest, HttpResponse

HEADER: Final = "X-Request-ID"
_current: ContextVar[str] = ContextVar("request_id", default="")
_program: ContextVar[str] = ContextVar("program", default="")


def current_request() -> str:
    """Return the number of the request that is being answered; empty on the command line.

    Behind a stroke stands by which key a program asked, where a program did.
    """
    number, program = _current.get(), _program.get()
    return f"{number}/{program}" if program else number


def say_program(key: str) -> None:
    """Say by which key a program asks; `key` are its first letters, by which its owner knows it."""
    _program.set(key)


class RequestNumberMiddleware:
    """Gives each request a number and says it in the answer, where the log of the server takes it from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Number the request; what a browser sends as a number is not trusted."""
        token, program = _current.set(secrets.token_hex(8)), _program.set("")
        try:
            response = self.get_response(request)
            response.headers[HEADER] = _current.get()
        finally:
            _current.reset(token)
            _program.reset(program)
        return response
