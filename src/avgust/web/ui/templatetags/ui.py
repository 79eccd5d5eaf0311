"""Tags and filters that every template has (they are builtins: no `load`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide as draw

from avgust.web.ui import addresses, dates, typography
from avgust.web.ui.printing import printed, printed_each
from avgust.web.ui.stations import (
    AccountLink,
    HomeSection,
    NavItem,
    TableColumn,
    entrance_links,
    page_sections,
    table_columns,
)

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", **attributes: Any) -> SafeString:
    """Draw a Lucide icon of 16 px; with a `label` it is read aloud, without one it is decoration."""
    said = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    css = f"i lc {attributes.pop('class', '')}".strip()
    return mark_safe(draw(name, size=16, **{"class": css, **said, **attributes}))  # noqa: S308 - the wheel's drawing


@register.simple_tag
def mark(name: str) -> SafeString:
    """Draw a mark of the sheet: a finding ("severe", "warn", "hint") or a state of proof ("data", "doc"…)."""
    symbol = f"n-{name}" if name in {"severe", "warn", "hint"} else f"s-{name}"
    return format_html('<svg class="mk" aria-hidden="true"><use href="#{}"/></svg>', symbol)


@register.filter
def bind(value: Any) -> SafeString:
    """Bind prepositions, №, initials and numbers with their units by U+00A0; escapes what is not safe."""
    return mark_safe(typography.bind(conditional_escape(value)))  # noqa: S308 - escaped, then only spaces change


@register.filter
def heading(words: str | None) -> str:
    """Return a section of a document as a heading: without the colon that led to its clauses."""
    return (words or "").rstrip().removesuffix(":")


@register.filter
def day(value: date | None) -> str:
    """Return a date for running text: «1 октября 2025 г.», "1 October 2025"."""
    return dates.long(value) if value else ""


@register.filter
def day_short(value: date | None) -> str:
    """Return a date for a table: «1 окт 2025», "1 Oct 2025"."""
    return dates.short(value) if value else ""


@register.filter
def named(value: date, form: str) -> str:
    """Return names of a date as its language writes them: `{{ day|named:"M" }}` is «ноя», "Nov"."""
    return dates.named(value, form)


@register.filter
def distance(value: date | None) -> str:
    """Return how far a date is from today in words: «через 3 дня», «162 дня назад»."""
    return dates.distance(value) if value else ""


@register.filter
def may(user: Any, action: str) -> bool:
    """Return whether the reader may do `action` anywhere: `{% if user|may:"documents.upload" %}`."""
    return bool(user.is_authenticated and user.may(action))


@register.simple_tag
def allowed(user: Any, action: str, unit: Any) -> bool:
    """Return whether the reader may do `action` at `unit`: `{% allowed user "…" unit as ok %}`."""
    return bool(user.is_authenticated and user.may(action, unit))


class KnownUrl(URLNode):
    """`{% url %}` of a page or of one of many, put together from what is kept.

    Asking the router anew for each link of a page took a tenth of its time.
    """

    def render(self, context: Context) -> str:
        """Return the address, or set the variable that it is asked for."""
        numbers = [argument.resolve(context) for argument in self.args]
        if self.kwargs or len(numbers) > 1 or any(type(number) is not int for number in numbers):
            return super().render(context)
        name = self.view_name.resolve(context)
        try:
            found = addresses.of(name, numbers[0]) if numbers else addresses.page(name)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """Return the address of a page: Django's tag, quicker."""
    read = defaulttags.url(parser, token)
    return KnownUrl(read.view_name, read.args, read.kwargs, read.asvar)


@register.simple_tag
def address(name: str, number: int) -> str:
    """Return the address of one of many: `{% address "territory:card" unit.pk %}`, `url` ten times faster."""
    return addresses.of(name, number)


def _same_station(addresses: list[str], path: str) -> str:
    """Return the first section of the station that `path` belongs to: a card stands beside its list."""
    station = path.split("/")[1:2]
    return next((one for one in addresses if one.split("/")[1:2] == station), "")


@dataclass(frozen=True, slots=True)
class NavFacts:
    """A section of the header as it is printed."""

    address: str
    label: str
    current: bool


@register.simple_tag(takes_context=True)
def nav_links(context: Context, items: Iterable[NavItem]) -> SafeString:
    """Write the sections of the header; the one that the page belongs to is marked."""
    request = context.get("request")
    path = request.path if request else ""
    fitting = {addresses.page(item.url_name): str(item.label) for item in items}
    here = max((one for one in fitting if path.startswith(one)), key=len, default="")
    here = here or _same_station(list(fitting), path)
    return printed("ui/_nav.html", tuple(NavFacts(one, label, one == here) for one, label in fitting.items()))


@register.simple_tag(takes_context=True)
def sections_of(context: Context, page: str, subject: Any) -> list[HomeSection]:
    """Return what stations above add to this page: `{% sections_of "measure" measure as sections %}`."""
    return page_sections(page, context["request"], subject)


@register.simple_tag(takes_context=True)
def columns_of(context: Context, table: str, rows: Any) -> list[TableColumn]:
    """Return the columns that stations above add: `{% columns_of "measures" page as beside %}`."""
    return table_columns(table, context["request"], rows)


@register.simple_tag(name="printed")
def printed_piece(template: str, facts: Any) -> SafeString:
    """Print a piece of its facts alone: `{% printed "ui/_nav.html" facts %}`."""
    return printed(template, facts)


@register.simple_tag(name="printed_each")
def printed_pieces(template: str, many: Iterable[Any]) -> SafeString:
    """Print a piece of each facts, one after the other: `{% printed_each "programmes/_line.html" all %}`."""
    return mark_safe("".join(printed_each(template, many)))  # noqa: S308 - of templates


@register.simple_tag
def printed_rows(template: str, rows: Iterable[Any], columns: Sequence[TableColumn] = ()) -> SafeString:
    """Print rows of a table: the cells of `template` of each row's facts, then those of other stations.

    `{% printed_rows "programmes/_row.html" group.rows beside %}`; each row has `facts` and `subject`.
    """
    rows = list(rows)
    printed = printed_each(template, (row.facts for row in rows))
    cells = (
        "".join(
            f'<td role="cell" class="c-p">{conditional_escape(column.cell(row.subject))}</td>'
            for column in columns
        )
        for row in rows
    )
    lines = (f'<tr role="row">{own}{others}</tr>' for own, others in zip(printed, cells, strict=True))
    return mark_safe("".join(lines))  # noqa: S308 - of templates


@register.simple_tag
def entrances() -> list[AccountLink]:
    """Return what can be read without signing in."""
    return entrance_links()


@register.simple_tag
def theme_choices() -> list[tuple[str, str]]:
    """Return the themes with their names."""
    return [("system", _("as on the device")), ("light", _("light")), ("dark", _("dark"))]


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Return the page's query string with `changes`; None takes a key away, any change the page number."""
    kept = context["request"].GET.copy()
    if "page" not in changes:
        kept.pop("page", None)
    for key, value in changes.items():
        if value is None or value == "":
            kept.pop(key, None)
        else:
            kept[key] = str(value)
    return f"?{kept.urlencode()}" if kept else "?"


@register.inclusion_tag("ui/_sort.html", takes_context=True)
def sort_head(context: Context, key: str, label: str, default: str = "", css: str = "") -> dict[str, Any]:
    """Write the head of a column that sorts its table: `?sort=key`, again `?sort=-key`."""
    now = context["request"].GET.get("sort", default)
    order = {"": "", key: "ascending", f"-{key}": "descending"}.get(now, "") if now.lstrip("-") == key else ""
    target = f"-{key}" if order == "ascending" else key
    return {"label": label, "order": order, "href": query(context, sort=target), "css": css}


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: Context, page: Any) -> dict[str, Any]:
    """Write the links to the other pages of a Django `Page`; nothing for a single one."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(number, None if number == "…" else query(context, page=number)) for number in numbers]
    return {"page": page, "links": links if page.paginator.num_pages > 1 else []}


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """Write a field of a form: label, hint, control, errors tied together for screen readers.

    A field that a draft may leave empty and a sent form may not has `due_later`: it is not called optional.
    """
    errors = list(bound.errors)
    described = [f"{bound.id_for_label}-hint"] if bound.help_text else []
    if errors:
        described.append(f"{bound.id_for_label}-error")
    css = {"Select": "form-select", "CheckboxInput": "form-check-input"}.get(
        type(bound.field.widget).__name__, "form-control"
    )
    attributes = {"class": f"{css} is-invalid" if errors else css, **options}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),
        "errors": errors,
        "check": css == "form-check-input",
        "optional": not (bound.field.required or getattr(bound.field, "due_later", False)),
    }


@register.inclusion_tag("ui/_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """Write what is wrong with a form on top of it, with a link to each field."""
    return {"form": form, "fields": [bound for bound in form if bound.errors] if form.is_bound else []}
