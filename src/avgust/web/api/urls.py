"""Addresses for programs, and the page of tokens."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import Any

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from avgust.web.api import acting, papers, reading, tokens
from avgust.web.api.auth import TokenAuth
from avgust.web.api.problems import KIND, speak_of_problems, without_pages


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter without the possibility of null."""
    some = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if len(some) != 1:
        return schema
    return {key: value for key, value in schema.items() if key not in ("anyOf", "default")} | some[0]


class PlainRenderer(JSONRenderer):
    """Writes Cyrillic as it is, a sixth of the length of its escapes."""

    json_dumps_params = {"ensure_ascii": False}


class Interface(NinjaAPI):
    """The interface, whose description says in which form problems come."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """Return the description, mended where ninja is not exact.

        It calls every answer `application/json`, and says that a filter may be null, which no address can be.
        """
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for parameter in operation.get("parameters", ()):
                    parameter["schema"] = _never_null(parameter["schema"])
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"] = {KIND: answer["content"]["application/json"]}
        return schema

    @cached_property
    def filters(self) -> dict[str, dict[str, frozenset[str]]]:
        """What may stand behind the `?` of each address, by method: read from the description once."""
        paths = self.get_openapi_schema(path_prefix="")["paths"]
        return {
            path: {
                method.upper(): frozenset(
                    one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
                )
                for method, operation in methods.items()
            }
            for path, methods in paths.items()
        }


api = Interface(
    title="Avgust",
    version="1",
    description="Programmes, measures, assignments, reports, with the rights of the person of the token.",
    auth=TokenAuth(),
    renderer=PlainRenderer(),
    urls_namespace="api",
    docs_url=None,
)
speak_of_problems(api)
api.add_router("", reading.router)
api.add_router("", papers.router)
api.add_router("", acting.router)


def _filters(path: str) -> dict[str, frozenset[str]]:
    return api.filters.get(path, {})


def _patterns() -> tuple[list[URLResolver | URLPattern], str, str]:
    """Return ninja's addresses: each knows its filters, and answers a wrong method as a problem."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
            pattern.callback = without_pages(pattern.callback, partial(_filters, path))
    return patterns, app, namespace


urlpatterns = [
    path("api/v1/", _patterns()),
    path("accounts/tokens/", tokens.tokens, name="api_tokens"),
    path("accounts/tokens/<int:pk>/revoke/", tokens.revoke, name="api_revoke"),
]
