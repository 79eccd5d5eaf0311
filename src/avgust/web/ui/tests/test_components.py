"""Tags, filters and components as templates use them."""

from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler


def rendered(source: str, address: str = "/list/", **context) -> str:
    template = engines["django"].from_string(source)
    return template.render(context, RequestFactory().get(address))


def cotton(source: str) -> str:
    return rendered(CottonCompiler().process(source))


class Sample(forms.Form):
    name = forms.CharField(label="Название", help_text="Полное")
    agreed = forms.BooleanField(label="Согласовано", required=False)


def test_icon_is_decoration_unless_labelled() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "check" %}')
    labelled = rendered('{% icon "check" label="Готово" %}')
    assert 'aria-label="Готово"' in labelled
    assert "aria-hidden" not in labelled


def test_bind_escapes_what_is_not_safe() -> None:
    assert rendered("{{ text|bind }}", text="<b> в школе") == "&lt;b&gt; в\u00a0школе"


def test_field_ties_its_words_together() -> None:
    page = rendered("{% field form.name %}", form=Sample({}))
    assert 'aria-describedby="id_name-hint id_name-error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name-error"' in page


def test_checkbox_stands_before_its_label() -> None:
    page = rendered("{% field form.agreed %}", form=Sample())
    assert page.index('type="checkbox"') < page.index("Согласовано")


def test_summary_links_to_the_field() -> None:
    page = rendered("{% error_summary form %}", form=Sample({}))
    assert '<a href="#id_name">Название</a>' in page
    assert 'role="alert"' in page
    assert rendered("{% error_summary form %}", form=Sample()).strip() == ""


def test_query_keeps_the_rest_and_leaves_the_page() -> None:
    assert rendered('{% query sort="name" %}', "/list/?q=a&page=3") == "?q=a&amp;sort=name"
    assert rendered("{% query q=None %}", "/list/?q=a") == "?"


def test_sort_head_turns_the_order() -> None:
    first = rendered('{% sort_head "due" "Срок" %}', "/list/?sort=due")
    assert 'aria-sort="ascending"' in first
    assert "sort=-due" in first
    assert "aria-sort" not in rendered('{% sort_head "due" "Срок" %}', "/list/?sort=name")


def test_pages_only_when_there_are_several() -> None:
    many = Paginator(range(100), 10).get_page(2)
    assert 'aria-current="page">2<' in rendered("{% pages page %}", page=many)
    assert rendered("{% pages page %}", page=Paginator(range(3), 10).get_page(1)).strip() == ""


def test_components_take_their_slots() -> None:
    note = cotton(
        '<c-note severity="severe" title="Нет срока">Укажите дату.<c-slot name="acts">кнопка</c-slot></c-note>'
    )
    assert "av-note is-severe" in note
    assert "#n-severe" in note
    assert "кнопка" in note
    assert "av-empty" in cotton('<c-empty title="Пусто">Загрузите файл.</c-empty>')
    assert "#s-data" in cotton('<c-state kind="data">Доказано</c-state>')
