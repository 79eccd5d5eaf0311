"""Three years of four check works of the fictional region, with a story to find in them.

- Grade 4, Russian: «Построение высказывания» falls every year and everywhere; the other skills stand.
- Степной округ, whose schools were supported, grows by a third of a standard deviation a year.
- In Заречная СОШ pupils who miss a mark by a point get it; its journal agrees.
- In Хуторская СОШ the marks of the journal stand above those of the work.
- The analyst's last upload, as F1 workbooks, has rows that wait to be mended; a table that a district made
  itself has been sent and checked, and waits to be imported.
- Russian of grade 4 is specified by codifiers (`codifiers`), its first year still in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from avgust.demo.codifiers import coded, load_codifiers
from avgust.demo.own_table import send_own_table
from avgust.domain.assessment.simulation import PROFILES, Plan, Profile, SchoolPlan, simulate

if TYPE_CHECKING:
    from avgust.domain.assessment.works import Line
    from avgust.web.accounts.models import User
    from avgust.web.assessments.codifiers.models import CodifierEdition
    from avgust.web.assessments.models import Upload, Work
    from avgust.web.territory.models import Unit

YEARS: Final = 3
SEED: Final = 2025
FALLING: Final = "Построение высказывания"
FALL, GROWTH = -0.35, 0.33  # logits and standard deviations a year
SUPPORTED, LIFTING, GENEROUS = "stepnoy", "lugovoy-school-2", "olkhovka-school-3"
TITLES: Final = {
    "ru4": "русский язык, 4 класс", "ma4": "математика, 4 класс",
    "ru5": "русский язык, 5 класс", "ma5": "математика, 5 класс",
}  # fmt: skip
DAYS: Final = {"ru4": (4, 14), "ma4": (4, 21), "ru5": (4, 16), "ma5": (4, 23)}
BOOKS: Final = 6  # schools whose results of the last work came as workbooks


def load_results(places: dict[str, Unit], people: dict[str, User], today: date) -> None:
    """Give the schools their logins and import the works of the last three springs."""
    schools = _schools(places)
    _logins(schools)
    spring = today.year if today >= date(today.year, 5, 1) else today.year - 1
    analyst = people["analyst@avgust.example"]
    last = own = None
    codifiers = load_codifiers(places["region"], analyst, spring)
    for since in range(YEARS):
        year = spring - YEARS + 1 + since
        for name, profile in PROFILES.items():
            work = _work(places["region"], analyst, name, profile, year)
            _specify(work, analyst, profile, codifiers if name == "ru4" and since else {})
            plan = _plan(schools, since, profile, work.held_on)
            held = [
                lines for _truth, lines in simulate(profile, plan, [SEED, year, profile.grade, len(name)])
            ]
            _import(work, analyst, profile, f"Ф1, {work.title}.xlsx", held)
            last = (work, profile, held) if name == "ru4" else last
            own = (work, profile, held) if name == "ma5" else own
    if last and own:
        _as_books(*last, analyst)
        send_own_table(*own, analyst)


def _schools(places: dict[str, Unit]) -> dict[str, Unit]:
    return {key: unit for key, unit in places.items() if unit.kind == "school" and not unit.closed}


def _login(number: int) -> str:
    return f"edu99{number:04}"


def _logins(schools: dict[str, Unit]) -> None:
    from avgust.web.assessments.schools import SYSTEM
    from avgust.web.territory.models import ExternalId

    ExternalId.objects.bulk_create(
        ExternalId(unit=unit, system=SYSTEM, value=_login(number))
        for number, unit in enumerate(schools.values(), start=1)
    )


def _work(region: Unit, analyst: User, name: str, profile: Profile, year: int) -> Work:
    from avgust.web.assessments import actions

    held = date(year, *DAYS[name])
    return actions.add_work(
        actor=analyst,
        unit=region,
        title=f"ВПР {year}, {TITLES[name]}",
        procedure="vpr",
        subject=profile.subject,
        grade=profile.grade,
        school_year=year - 1,
        held_on=held,
    )


def _specify(
    work: Work, analyst: User, profile: Profile, codifiers: dict[str, list[CodifierEdition]]
) -> None:
    """Set the specification; by the codifiers that held on the day of the work, where there are some."""
    from avgust.web.assessments import actions

    value, year = profile.specification, work.held_on.year
    named = {
        kind: next((one for one in reversed(editions) if one.since <= work.held_on), None)
        for kind, editions in codifiers.items()
    }
    content, skills = named.get("content"), named.get("skills")
    actions.set_specification(
        work,
        actor=analyst,
        items=coded(value.items, content, skills) if content and skills else value.items,
        cuts=value.cuts,
        since=date(year, 3, 1),
        basis=f"Шкала перевода {year} года",
        variants=("1", "2"),
        content_codifier=content,
        skill_codifier=skills,
    )


def _plan(schools: dict[str, Unit], since: int, profile: Profile, day: date) -> Plan:
    """Return the year of the schools that were there: a town school has three classes, a village one or two."""
    from avgust.domain.assessment.works import School

    plans = []
    for number, (key, unit) in enumerate(schools.items(), start=1):
        if unit.opened and unit.opened > day:
            continue
        town = key.startswith("prirechensk")
        sizes = (26, 24, 25) if town else (16 + number % 7,) if number % 2 else (14, 13)
        plans.append(
            SchoolPlan(
                School(_login(number), unit.name),
                sizes,
                effect=(0.25 if town else 0.0) + (GROWTH * since if key.startswith(SUPPORTED) else 0.0),
                lifted=0.8 if key == LIFTING else 0.0,
                generous=0.45 if key == GENEROUS else 0.1,
            )
        )
    fall = {FALLING: FALL * since} if (profile.subject, profile.grade) == ("ru", 4) else {}
    return Plan(tuple(plans), skills=fall)


def _import(work: Work, analyst: User, profile: Profile, name: str, held: list[list[Line]]) -> Upload:
    """Import lines by the way of a file, without writing and reading a workbook."""
    from avgust.domain.assessment.works.readers import Form, Table
    from avgust.web.assessments.importing import carry_out
    from avgust.web.assessments.models import Upload, UploadFile

    upload = Upload.objects.create(work=work, total=1, uploaded_by=analyst)
    UploadFile.objects.create(upload=upload, place=0, name=name, size=0)
    items = profile.specification.items

    def opened(*_file: Any) -> Iterator[tuple[str, Table]]:
        codes = tuple(item.code for item in items)
        yield "Лист1", Table(Form.INDIVIDUAL, chain.from_iterable(held), codes, items)

    carry_out(upload.pk, tables=opened)
    return upload


def _as_books(work: Work, profile: Profile, held: list[list[Line]], analyst: User) -> None:
    """Upload some schools of the last work once more as F1, with the mistakes that people make."""
    from avgust.web.assessments.actions import upload_results
    from avgust.web.assessments.importing import carry_out

    sent = [
        (
            f"Ф1 {lines[0].school.code}.xlsx",
            book_of(profile, work.title, work.held_on, lines, wrong=number % 2),
        )
        for number, lines in enumerate(held[:BOOKS])
    ]
    upload = upload_results(
        work, actor=analyst, sent=[*sent, ("Письмо в школы.csv", "Тема;Текст\n;\n".encode())]
    )
    carry_out(upload.pk)


def book_of(profile: Profile, title: str, day: date, lines: list[Line], *, wrong: int = 0) -> bytes:
    """Return the lines of a school as a workbook of F1; with `wrong` three rows have mistakes."""
    from xlsxwriter import Workbook

    from avgust.domain.assessment.works.writing import BEFORE, individual_rows

    subject = "Русский язык" if profile.subject == "ru" else "Математика"
    rows = [
        list(row)
        for row in individual_rows(
            profile.specification, lines, name=title, subject=subject, grade=profile.grade, day=day
        )
    ]
    if wrong and len(rows) > 14:
        first, primary = len(BEFORE), len(BEFORE) + len(profile.items)
        rows[10][first] = 9
        rows[12][primary] = profile.specification.maximum - int(str(rows[12][primary] or 0))
        rows[14][3] = rows[13][3]
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("Индивидуальные результаты")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()
