"""Search and order read Russian alike on both databases."""

import pytest
from django.db import connection
from django.db.models.functions import Lower, Upper

from avgust.web.territory.models import Unit
from avgust.web.ui.search import normalised, order_key, words_filter
from avgust.web.ui.sqlite import like

NORMALISED = {
    "case": ("Школа", "школа"),
    "yo": ("Ёлочка", "елочка"),
    "quotation marks": ("«Средняя „школа“»", "средняя школа"),
    "no-break space": ("№\u00a03  А", "№ 3 а"),
    "empty": ("", ""),
}
LIKE = {
    "case": ("%ШКОЛА%", "средняя школа", None, True),
    "one letter": ("_ад", "САД", None, True),
    "no match": ("сад%", "детский сад", None, False),
    "escaped percent": (r"100\%", "100%", "\\", True),
    "escaped percent is no wildcard": (r"100\%", "1000", "\\", False),
    "dot is a dot": ("а.б", "авб", None, False),
    "null": ("%", None, None, None),
}


@pytest.mark.parametrize(("text", "expected"), NORMALISED.values(), ids=NORMALISED.keys())
def test_normalised(text: str, expected: str) -> None:
    assert normalised(text) == expected


@pytest.mark.parametrize(("pattern", "text", "escape", "expected"), LIKE.values(), ids=LIKE.keys())
def test_like(pattern: str, text: str | None, escape: str | None, expected: bool | None) -> None:
    assert like(pattern, text, escape) is expected


def test_numbers_are_ordered_by_size() -> None:
    names = ["Школа № 10", "Школа № 2", "ёлочка", "Жаворонок", "детский сад"]
    assert sorted(names, key=order_key) == ["детский сад", "ёлочка", "Жаворонок", "Школа № 2", "Школа № 10"]


@pytest.mark.django_db
def test_the_database_knows_russian_letters() -> None:
    Unit.objects.create(kind="school", name="СРЕДНЯЯ Школа")
    assert Unit.objects.filter(name__icontains="средняя школа").exists(), connection.vendor
    assert Unit.objects.filter(name__iexact="средняя ШКОЛА").exists()
    row = Unit.objects.annotate(low=Lower("name"), up=Upper("name")).values_list("low", "up").get()
    assert row == ("средняя школа", "СРЕДНЯЯ ШКОЛА")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["ЁЛОЧКА", "елочка", "7 сад", "«Ёлочка»", "мбдоу елоч"])
def test_search_ignores_case_yo_and_order_of_words(query: str) -> None:
    found = Unit.objects.create(kind="kindergarten", name="МБДОУ «Детский сад № 7 „Ёлочка“»")
    Unit.objects.create(kind="kindergarten", name="МБДОУ «Детский сад № 8 „Сосенка“»")
    assert list(Unit.objects.search(query)) == [found]


@pytest.mark.django_db
def test_bulk_created_rows_are_searchable_too() -> None:
    Unit.objects.bulk_create([Unit(kind="school", name="Школа № 12")])
    assert Unit.objects.search("школа 12").get().order == "школа № 000012"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("100%", ["Школа 100% грамотности"]),
        ("_", ["Школа под_вопросом"]),
        ("ШКОЛА ёлочка", ["Школа «Елочка»"]),
        ("\\", []),
        ("школа", ["Школа 100% грамотности", "Школа под_вопросом", "Школа «Елочка»"]),
    ],
)
def test_words_are_found_as_they_stand_on_both_databases(words: str, found: list[str]) -> None:
    for name in ("Школа 100% грамотности", "Школа под_вопросом", "Школа «Елочка»"):
        Unit.objects.create(kind="school", name=name)
    names = Unit.objects.filter(words_filter("search", words)).order_by("pk").values_list("name", flat=True)
    assert list(names) == found
