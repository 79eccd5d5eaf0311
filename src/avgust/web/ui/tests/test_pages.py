"""What every page has: policy, language, theme, errors in the same look."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import path

from avgust.web.config.urls import handler400, handler403, handler404, handler500
from avgust.web.config.urls import urlpatterns as product
from avgust.web.ui import errors
from avgust.web.ui.security import ContentSecurityMiddleware

pytestmark = pytest.mark.django_db


def _broken(_request):
    raise ValueError("a mistake")


def _large(request):
    return errors.content_too_large(request, reason="Файл больше 50 МБ.")


urlpatterns = [*product, path("broken/", _broken), path("large/", _large)]


def test_policy_allows_nothing_inline() -> None:
    policy = Client().get("/accounts/login/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy


def test_nonce_is_named_only_when_taken() -> None:
    def view(request):
        template = engines["django"].from_string('<script nonce="{{ request.csp_nonce }}"></script>')
        return HttpResponse(template.render({"request": request}))

    response = ContentSecurityMiddleware(view)(RequestFactory().get("/"))
    nonce = response.content.decode().split('"')[1]
    assert len(nonce) > 16
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
    plain = ContentSecurityMiddleware(lambda _request: HttpResponse())(RequestFactory().get("/"))
    assert "nonce" not in plain["Content-Security-Policy"]


def test_russian_by_default_whatever_the_browser_says() -> None:
    response = Client(headers={"Accept-Language": "en-US"}).get("/accounts/login/")
    assert 'lang="ru"' in response.content.decode()
    assert response["Content-Language"] == "ru"


def test_language_is_kept_by_a_cookie_and_by_the_account(cast, signed_in) -> None:
    client = Client()
    assert client.post("/language/", {"language": "en", "next": "/accounts/login/"}).url == "/accounts/login/"
    assert 'lang="en"' in client.get("/accounts/login/").content.decode()
    signed_in(cast.head).post("/language/", {"language": "en"})
    cast.head.refresh_from_db()
    assert cast.head.language == "en"
    assert 'lang="en"' in signed_in(cast.head).get("/").content.decode()


def test_theme_is_kept(cast, signed_in) -> None:
    client = signed_in(cast.head)
    client.post("/theme/", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()
    client.post("/theme/", {"theme": "system"})
    assert "data-bs-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_a_choice_never_leads_away(target: str) -> None:
    assert Client().post("/language/", {"language": "en", "next": target}).url == "/"


ERRORS = {400: "/language/", 404: "/nothing-here/", 413: "/large/", 500: "/broken/"}


@pytest.mark.parametrize(("status", "address"), ERRORS.items())
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.urls(__name__)
def test_errors_have_our_look(status: int, address: str, language: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address) if status != 400 else client.post(address, {"language": "xx"})
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in page
    assert '<a class="av-brand"' in page
    assert "<h1>" in page


def test_a_body_larger_than_any_page_takes_is_refused(settings) -> None:
    settings.BODY_LIMIT = 100
    response = Client().post("/language/", {"language": "en", "more": "x" * 200})
    assert response.status_code == 413
    assert "Файл слишком большой" in response.content.decode()
    assert Client().get("/accounts/login/").status_code == 200


def test_a_stale_form_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert response.status_code == 403
    assert "Страница была открыта слишком долго" in response.content.decode()


def test_home_of_a_person_without_a_post(cast, signed_in) -> None:
    page = signed_in(cast.outsider).get("/").content.decode().replace("\u00a0", " ")
    assert "Полномочий у учётной записи пока нет" in page


def test_handlers_are_named() -> None:
    assert handler404 == "avgust.web.api.problems.not_found"  # which shows the page to a person
    assert {handler400, handler403, handler500} == {
        f"avgust.web.ui.errors.{name}" for name in ("bad_request", "permission_denied", "server_error")
    }
