"""Nothing a reader sees is untranslated, and the tool that says so sees what it should."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from avgust.domain import messages as domain_messages
from dev import extraction, messages

ROOT = Path(__file__).parents[2]
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def test_everything_is_translated() -> None:
    wrong = messages.check()
    assert not wrong, "\n".join(wrong)


PYTHON = {
    "plain": ('_("Due")', [("", "Due", "")]),
    "attribute": ('translation.gettext("Due")', [("", "Due", "")]),
    "lazy": ('x = gettext_lazy("Due")', [("", "Due", "")]),
    "joined literals": ('_("Due " "soon")', [("", "Due soon", "")]),
    "plural": ('ngettext("%(n)d day", "%(n)d days", n)', [("", "%(n)d day", "%(n)d days")]),
    "context": ('pgettext("month", "May")', [("month", "May", "")]),
    "message": ('Message("No date in %(year)s", {"year": 1})', [("", "No date in %(year)s", "")]),
    "mark": ('mark("Due")', [("", "Due", "")]),
    "another function": ('print("Due")', []),
    "a variable": ("_(text)", []),
}


@pytest.mark.parametrize(("source", "expected"), PYTHON.values(), ids=PYTHON.keys())
def test_python(source: str, expected: list) -> None:
    assert [
        (one.context, one.msgid, one.plural) for one in extraction.from_python(source, "x.py")
    ] == expected


@pytest.mark.parametrize("source", ['_(f"Due by {day}")', '_("Due by " + day)', '_("Due by %s" % day)'])
def test_a_sentence_made_at_run_time_is_a_fault(source: str) -> None:
    assert [one.fault for one in extraction.from_python(source, "x.py") if one.fault]


TEMPLATES = {
    "translate": ("{% translate 'Due' %}", [("", "Due", "")]),
    "in an attribute": ("<a title=\"{% translate 'Due' %}\">", [("", "Due", "")]),
    "as a variable": ('{% translate "Due" as due %}', [("", "Due", "")]),
    "context": ('{% translate "May" context "month" %}', [("month", "May", "")]),
    "percent": ('{% translate "100 % done" %}', [("", "100 %% done", "")]),
    "constant": ('{{ _("Due")|upper }}', [("", "Due", "")]),
    "block": ("{% blocktranslate %}Due by {{ day }}{% endblocktranslate %}", [("", "Due by %(day)s", "")]),
    "trimmed": (
        "{% blocktranslate trimmed %}\n  Due\n  soon\n{% endblocktranslate %}",
        [("", "Due soon", "")],
    ),
    "block with plural": (
        "{% blocktranslate count n=n %}One day{% plural %}{{ n }} days{% endblocktranslate %}",
        [("", "One day", "%(n)s days")],
    ),
    "block with context": (
        '{% blocktranslate context "month" %}May{% endblocktranslate %}',
        [("month", "May", "")],
    ),
    "comment": ("{# translate 'Due' #}", []),
}


@pytest.mark.parametrize(("source", "expected"), TEMPLATES.values(), ids=TEMPLATES.keys())
def test_template(source: str, expected: list) -> None:
    assert [
        (one.context, one.msgid, one.plural) for one in extraction.from_template(source, "x.html")
    ] == expected


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PLURAL = 'msgid "%(n)d day"\nmsgid_plural "%(n)d days"\n'
WRONG = {
    "untranslated": 'msgid "Due"\nmsgstr ""\n',
    "fuzzy": '#, fuzzy\nmsgid "Due"\nmsgstr "Срок"\n',
    "placeholders differ": 'msgid "Due by %(day)s"\nmsgstr "Срок %(date)s"\n',
    "placeholders differ: none": 'msgid "Due by %(day)s"\nmsgstr "Срок"\n',
    "untranslated: a form is missing": PLURAL + 'msgstr[0] "%(n)d день"\nmsgstr[1] "%(n)d дня"\n',
    "untranslated: a form is empty": PLURAL + 'msgstr[0] "%(n)d день"\nmsgstr[1] "%(n)d дня"\nmsgstr[2] ""\n',
}


@pytest.mark.parametrize(("said", "entry"), WRONG.items(), ids=WRONG.keys())
def test_faults_of_a_translation(tmp_path: Path, said: str, entry: str) -> None:
    area = tmp_path / "area.po"
    area.write_text(HEAD + entry, encoding="utf-8")
    faults = [
        fault
        for message in messages.read_area(area)
        if message.id
        for fault in messages.faults_of(message, "area")
    ]
    assert faults
    assert said.split(":", maxsplit=1)[0] in faults[0]


def test_areas_that_disagree_are_named(tmp_path: Path) -> None:
    for name, russian in (("a", "Срок"), ("b", "Дата")):
        (tmp_path / f"{name}.po").write_text(f'{HEAD}msgid "Due"\nmsgstr "{russian}"\n', encoding="utf-8")
    _whole, conflicts = messages.merge(sorted(tmp_path.glob("*.po")))
    assert len(conflicts) == 1
    assert "a.po" in conflicts[0]
    assert "b.po" in conflicts[0]


def test_domain_and_web_read_one_catalogue() -> None:
    assert domain_messages.translate("Sign in", "ru") == "Войти"
    with translation.override("ru"):
        assert translation.gettext("Sign in") == "Войти"
        assert translation.ngettext("in %(count)d day", "in %(count)d days", 22) == "через %(count)d дня"
    assert domain_messages.translate("Sign in", "en") == "Sign in"


# What is Russian in both languages on purpose: the name of the language in its own letters.
RUSSIAN_ON_PURPOSE = {"ui/templates/ui/_choices.html": {"Рус", "Русский"}}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src/avgust/web").rglob("*.html")), ids=lambda path: path.stem
)
def test_no_russian_in_templates(path: Path) -> None:
    text = re.sub(
        r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S
    )
    allowed = RUSSIAN_ON_PURPOSE.get(str(path.relative_to(ROOT / "src/avgust/web")), set())
    assert set(re.findall(r"[А-Яа-яЁё]+", text)) <= allowed


# Files whose Russian is grammar, not a sentence for the reader.
GRAMMAR = {"ui/typography.py", "documents/saying.py"}


def test_no_russian_sentence_in_the_code_of_pages() -> None:
    """English pages would show it; sentences live in locale/, docstrings may quote what a function returns."""
    web = ROOT / "src/avgust/web"
    said = []
    for path in sorted(web.rglob("*.py")):
        if {"tests", "migrations"} & set(path.parts) or str(path.relative_to(web)) in GRAMMAR:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documents = {
            ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, DOCUMENTED)
        }
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if text not in documents and re.search(r"[А-Яа-яЁё]{3}", text):
                said.append(f"{path.relative_to(web)}:{node.lineno}: {text!r}")
    assert not said, "\n".join(said)
