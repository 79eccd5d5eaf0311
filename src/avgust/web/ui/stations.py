"""What a station adds to the shared pages and to the acts of stations below it, said in its own `apps.py`.

Where one thing is named, a tuple of several may stand.

`nav` on an AppConfig puts the station into the header; `home` names a function `request -> HomeSection |
None` whose section stands on the home page, `waits` one that stands also beside a home which is otherwise
alone: what waits for the reader herself; `sections` names, for a page of a station below, a function
`(request, subject) -> HomeSection | None` whose section stands on that page; `columns` names, for a table of
a station below, a function `(request, rows) -> TableColumn | None`; `bell` and `account` are described beside
their types; `follows` names, for an event of a station below, the function that carries it on. Nothing here
is edited when a station is added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class NavItem:
    """A section in the header: its label, the name of its address, its place, who sees it.

    `action` is a right (`avgust.web.accounts.rights.Action`) that a person must hold anywhere; without it
    everybody who is signed in sees the section.
    """

    label: str | Promise
    url_name: str
    order: int
    action: str | None = None


@dataclass(frozen=True, slots=True)
class HomeSection:
    """A section of the home page, or of a page of another station: a template, its values, its order.

    `sentence` is what the section says about today; the home page puts the sentences together as its lede. A
    section that stands `alone` is the whole home of its reader, under its own `title` and the line `above`;
    the sentence of one that is `quiet` says that there is nothing, and is left out when something waits.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 100
    sentence: str = ""
    title: str = ""
    above: str = ""
    alone: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column that a station above adds to a table of another: its head, and the cell of each row."""

    title: str
    cell: Callable[[Any], SafeString]
    order: int = 100


def _all(declared: Any) -> tuple[Any, ...]:
    """Return what a station declares once or several times, as several."""
    return declared if isinstance(declared, tuple) else (declared,)


@dataclass(frozen=True, slots=True)
class Bell:
    """What waits for the reader, beside the name in the header: its page, its label, how many."""

    url_name: str
    label: str | Promise
    count: int
    most: int  # above it "99+" is said

    @property
    def said(self) -> str:
        """Return the number as it is written."""
        return f"{self.most}+" if self.count > self.most else str(self.count)


@dataclass(frozen=True, slots=True)
class AccountLink:
    """A line of the account's page that leads to the settings of a station."""

    label: str | Promise
    hint: str | Promise
    url_name: str


def entrance_links() -> list[AccountLink]:
    """Return what is read without sign-in: `entrance` on an AppConfig names `() -> AccountLink | None`."""
    links = (make() for make in makers("entrance"))
    return [link for link in links if link]


def bells(user: Any) -> list[Bell]:
    """Return what the stations count for the header: `bell` on an AppConfig names `user -> Bell`."""
    paths = (getattr(config, "bell", None) for config in apps.get_app_configs())
    return [import_string(path)(user) for path in paths if path]


def account_links() -> list[AccountLink]:
    """Return the lines that stations add to the page of the account: `account` on an AppConfig."""
    declared = (getattr(config, "account", None) for config in apps.get_app_configs())
    return [link for link in declared if link]


def nav_items(user: Any) -> list[NavItem]:
    """Return the sections of the header that `user` may open."""
    declared = (item for config in apps.get_app_configs() for item in _all(getattr(config, "nav", ())))
    items = [item for item in declared if item.action is None or user.may(item.action)]
    return sorted(items, key=lambda item: item.order)


def home_sections(request: HttpRequest) -> list[HomeSection]:
    """Return the sections of the home page for the person of `request`."""
    waiting = [section for make in makers("waits") if (section := make(request))]
    sections = []
    for make in makers("home"):
        section = make(request)
        if section and section.alone:
            return [replace(section, sentence="") if section.quiet and waiting else section, *waiting]
        sections += [section] if section else []
    return sorted([*sections, *waiting], key=lambda section: section.order)


def makers(name: str) -> list[Callable[..., Any]]:
    """Return the functions that stations declare under `name` of their AppConfig."""
    paths = (path for config in apps.get_app_configs() for path in _all(getattr(config, name, ())))
    return [import_string(path) for path in paths]


def page_sections(page: str, request: HttpRequest, subject: Any) -> list[HomeSection]:
    """Return what stations above add to a page: "measure", "assignment", "unit"…, with its subject."""
    declared = (getattr(config, "sections", {}).get(page, ()) for config in apps.get_app_configs())
    made = (import_string(path)(request, subject) for paths in declared for path in _all(paths))
    return sorted((section for section in made if section), key=lambda section: section.order)


def table_columns(table: str, request: HttpRequest, rows: Any) -> list[TableColumn]:
    """Return the columns that stations above add to a table, for the rows of this page."""
    declared = (getattr(config, "columns", {}).get(table) for config in apps.get_app_configs())
    made = (import_string(path)(request, rows) for path in declared if path)
    return sorted((column for column in made if column), key=lambda column: column.order)


def tell(event: str, **facts: Any) -> None:
    """Call what stations declare to follow `event`, in the transaction of the act that tells it.

    A station below may not import one above, and a programme that is adopted must have its assignments or
    not be adopted: so the follower is named in `follows = {"programmes.changed": "path.to.function"}` of
    its AppConfig and gets the facts by name. An error of a follower undoes the whole act.
    """
    for config in apps.get_app_configs():
        path = getattr(config, "follows", {}).get(event)
        if path:
            import_string(path)(**facts)
