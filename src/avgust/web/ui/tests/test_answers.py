"""What every answer has, whichever view made it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

NUL = {
    "search of documents": "/documents/?q=%00",
    "word among others": "/programmes/?q=a%20b%00c",
    "second value of a name": "/documents/?q=a&q=%00",
}


@pytest.mark.parametrize("address", NUL.values(), ids=NUL.keys())
def test_nul_in_an_address_is_refused(cast, signed_in, address) -> None:
    response = signed_in(cast.regional_officer).get(address)
    assert response.status_code == 400
    assert "Запрос" in response.content.decode()


def test_nul_in_a_form_is_refused() -> None:
    response = Client().post("/accounts/login/", {"login": "a\0@avgust.test", "password": "x"})
    assert response.status_code == 400


@pytest.mark.parametrize("address", ["/", "/documents/", "/programmes/", "/territory/", "/nothing-here/"])
def test_pages_of_a_person_are_not_kept(cast, signed_in, address) -> None:
    kept = signed_in(cast.regional_officer).get(address)["Cache-Control"]
    assert {"private", "no-store"} <= set(kept.split(", "))


def test_pages_of_nobody_may_be_kept() -> None:
    assert "Cache-Control" not in Client().get("/nothing-here/").headers


PAGES = {
    "the open page": ("http://testserver/documents/5/?clause=c1#p-c1", "/documents/5/%3Fclause%3Dc1"),
    "a foreign page": ("https://elsewhere.example/documents/5/", "/"),
    "a page of a script": ("javascript:alert(1)", "/"),
    "no page": ("", "/"),
}


@pytest.mark.parametrize(("page", "target"), PAGES.values(), ids=PAGES.keys())
def test_an_ended_session_leads_back_to_the_open_page(page, target) -> None:
    sign_in = f"/accounts/login/?next={target}&ended=1"
    part = Client().get("/documents/5/", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert (part.status_code, part["HX-Redirect"], part.content) == (200, sign_in, b"")
    form = Client().post("/documents/5/correct/", headers={"Referer": page})
    assert (form.status_code, form.url) == (302, sign_in)


def test_an_ended_session_stops_an_upload() -> None:
    assert Client().post("/documents/upload/", headers={"X-Avgust-Upload": "1"}).status_code == 401


def test_a_page_asked_by_its_address_comes_after_sign_in() -> None:
    assert Client().get("/documents/?q=a").url == "/accounts/login/?next=/documents/%3Fq%3Da"


@pytest.mark.parametrize(("language", "words"), [("ru", "только формы"), ("en", "forms only")])
def test_the_address_of_a_form_opened_as_a_page_is_explained(cast, signed_in, language, words) -> None:
    cast.regional_officer.language = language
    cast.regional_officer.save()
    response = signed_in(cast.regional_officer).get("/documents/upload/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert words in response.content.decode()
