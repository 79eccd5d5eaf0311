"""Who gets what of reports on results: schools in one's scope; single pupils inside their school only."""

from __future__ import annotations

from typing import Any

from tests.permissions.assessments import _NEIGHBOURS, _SEE, _SEE_NOTHING, UNPROCESSABLE, _work
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, OK, SAVED, Page, Row

_OF_TERRITORY = {**_SEE, "head": NOT_FOUND}
_OF_REGION = {
    **_SEE_NOTHING,
    **dict.fromkeys(("municipal_officer", "head", "methodologist", *_NEIGHBOURS), NOT_FOUND),
}
_OF_CLASS = {
    **_SEE,
    **dict.fromkeys(("regional_officer", "municipal_officer", "methodologist", "analyst"), NOT_PERMITTED),
}
_EDIT = {
    **_SEE_NOTHING,
    **dict.fromkeys(("head", "analyst", "foreign_head"), NOT_PERMITTED),
    "foreign_officer": NOT_FOUND,
}
_EDIT_ANYWHERE = {**_EDIT, "foreign_officer": SAVED}
SCORES = ((1, 2, 1, 0), (1, 1, 0, 0), (0, 2, 0, 1), (1, 0, 1, 0), (0, 0, 0, 0), (1, 2, 1, 1))


def written(cast: Any, unit: Any = None) -> Any:
    """Return a work of the municipality that two schools wrote."""
    from avgust.domain.assessment.works import Item, Level
    from avgust.web.assessments import actions, summing
    from avgust.web.warehouse.layout import Row as Participant
    from avgust.web.warehouse.publishing import publish_stage
    from avgust.web.warehouse.staging import Stage

    work = _work(cast, unit)
    items = (
        Item("1", 1, Level.BASIC, "Дроби", "Вычислять"),
        Item("2", 2, Level.BASIC, "Проценты", "Вычислять"),
        Item("3", 1, Level.ADVANCED, "Задача", "Рассуждать"),
        Item("4", 1, Level.HIGH, "Логика", "Рассуждать"),
    )
    actions.set_specification(
        work, actor=cast.analyst, items=items, cuts={3: 1, 4: 3, 5: 4}, since=work.held_on
    )
    with Stage(len(items)) as stage:
        stage.add(
            [
                Participant(
                    school.pk,
                    f"6{'АБ'[k % 2]}",
                    1000 * school.pk + k,
                    "1",
                    sum(scores),
                    None,
                    3,
                    True,
                    1,
                    scores,
                )
                for school in (cast.units.school, cast.units.neighbour_school)
                for k in range(60)
                for scores in [SCORES[(k * 7 + school.pk) % len(SCORES)]]
            ]
        )
        publish_stage(work.dataset, [item.code for item in items], stage)
    summing.keep(work, summing.found(work))
    return work


def _of(unit: str) -> Any:
    def make(cast: Any) -> dict[str, Any]:
        return {"pk": written(cast).pk, "unit": getattr(cast.units, unit).pk}

    return make


def _file(unit: str, form: str) -> Any:
    return lambda cast: {**_of(unit)(cast), "form": form}


def _in_the_region(unit: str) -> Any:
    def make(cast: Any) -> dict[str, Any]:
        return {"pk": written(cast, cast.units.region).pk, "unit": getattr(cast.units, unit).pk}

    return make


def _passport(cast: Any) -> dict[str, Any]:
    return {"pk": written(cast).pk}


def _without_results(cast: Any) -> dict[str, Any]:
    return {"pk": _work(cast).pk}


def _batch(cast: Any) -> dict[str, Any]:
    from avgust.web.readings.batches import archive_of
    from avgust.web.readings.models import Batch

    made = Batch.objects.create(
        work=_work(cast), unit=cast.units.municipality, status="done", total=2, asked_by=cast.analyst
    )
    archive_of(made).parent.mkdir(parents=True, exist_ok=True)
    archive_of(made).write_bytes(b"PK")
    return {"pk": made.pk}


def _under_way(cast: Any) -> dict[str, Any]:
    from avgust.web.readings.models import Batch

    made = Batch.objects.create(work=_work(cast), unit=cast.units.municipality, asked_by=cast.analyst)
    return {"pk": made.pk}


def _here(cast: Any) -> dict[str, Any]:
    return {"unit": cast.units.municipality.pk}


def _rule(code: str) -> Any:
    return lambda cast: {**_here(cast), "code": code}


def _pupil(cast: Any) -> dict[str, Any]:
    from avgust.web.readings.pupil_pages import key_of

    work, school = written(cast), cast.units.school
    return {"pk": work.pk, "unit": school.pk, "key": key_of(work, school, 1000 * school.pk)}


ASK, BATCH, ADVICE, WORDS = "readings:ask", "readings:batch", "readings:advice", "readings:words"

ROWS = (
    Row("our school", "readings:pupils", _OF_CLASS, make=_of("school")),
    Row(
        "a number of nobody",
        "readings:pupils",
        _OF_CLASS,
        method="post",
        make=_of("school"),
        data=lambda _c: {"number": "12345"},
    ),
    Row("a class", "readings:sheets", _OF_CLASS, make=_of("school"), data=lambda _c: {"class": "6А"}),
    Row("of our school", "readings:pupil", _OF_CLASS, make=_pupil),
    Row(
        "of nobody",
        "readings:pupil",
        {**_OF_CLASS, "head": NOT_FOUND},
        others=NOT_FOUND,
        make=lambda cast: {**_pupil(cast), "key": "0" * 32},
    ),
    Row("PDF", "readings:pupil_file", _OF_CLASS, make=lambda cast: {**_pupil(cast), "form": "pdf"}),
    Row("our municipality's", ASK, _OF_TERRITORY, make=_of("municipality")),
    Row("the region's", ASK, _OF_REGION, make=_of("region")),
    Row(
        "PDF",
        ASK,
        _OF_TERRITORY,
        others=SAVED,
        method="post",
        make=_of("municipality"),
        data=lambda _c: {"form": "pdf"},
    ),
    Row(
        "another format",
        ASK,
        _SEE_NOTHING,
        others=NOT_FOUND,
        method="post",
        make=_of("municipality"),
        data=lambda _c: {"form": "exe"},
    ),
    Row("ready", BATCH, _OF_TERRITORY, make=_batch),
    Row("under way", BATCH, _OF_TERRITORY, make=_under_way),
    Row("as a fragment", BATCH, _OF_TERRITORY, make=_under_way, htmx=True),
    Row("ready", "readings:archive", _OF_TERRITORY, make=_batch),
    Row("under way", "readings:archive", _SEE_NOTHING, others=NOT_FOUND, make=_under_way),
    Row("one's own", "readings:advice_start", _EDIT_ANYWHERE, others=SAVED),
    Row("our municipality's", ADVICE, _EDIT, make=_here),
    Row("no package", ADVICE, _EDIT, others=UNPROCESSABLE, method="post", make=_here),
    Row("our municipality's", "readings:advice_package", _EDIT, make=_here),
    Row("of a rule", WORDS, _EDIT, make=_rule("advice.below")),
    Row(
        "of no rule",
        WORDS,
        {**_EDIT, **dict.fromkeys(("foreign_officer",), NOT_FOUND)},
        others=NOT_FOUND,
        make=_rule("advice.nothing"),
    ),
    Row("no words", WORDS, _EDIT, others=UNPROCESSABLE, method="post", make=_rule("advice.below")),
    Row(
        "other words",
        WORDS,
        _EDIT,
        others=SAVED,
        method="post",
        make=_rule("advice.below"),
        data=lambda _c: {"text": "Займитесь этим.", "keep": ""},
    ),
    Row("our municipality's", "readings:passport", _SEE, make=_passport),
    Row("without results", "readings:passport", _SEE, make=_without_results),
    Row("our municipality's", "readings:territory", _OF_TERRITORY, make=_of("municipality")),
    Row("the region", "readings:territory", _OF_REGION, make=_of("region")),
    Row("our municipality's", "readings:request", _OF_TERRITORY, make=_of("municipality")),
    Row("our school", "readings:school", _SEE, make=_of("school")),
    Row(
        "a neighbour's school",
        "readings:school",
        {
            **_SEE_NOTHING,
            **dict.fromkeys(("regional_officer", "analyst", "foreign_officer", "foreign_head"), OK),
        },
        others=NOT_FOUND,
        make=_in_the_region("neighbour_school"),
    ),
    Row("a kindergarten", "readings:school", {**_SEE_NOTHING}, others=NOT_FOUND, make=_of("kindergarten")),
    Row("our school", "readings:class", _OF_CLASS, make=_of("school")),
    Row("XLSX", "readings:passport_file", _SEE, make=lambda cast: {**_passport(cast), "form": "xlsx"}),
    Row("XLSX", "readings:territory_file", _OF_TERRITORY, make=_file("municipality", "xlsx")),
    Row("XLSX", "readings:request_file", _OF_TERRITORY, make=_file("municipality", "xlsx")),
    Row("XLSX", "readings:school_file", _SEE, make=_file("school", "xlsx")),
    Row(
        "another format", "readings:school_file", _SEE_NOTHING, others=NOT_FOUND, make=_file("school", "exe")
    ),
    Row("XLSX", "readings:class_file", _OF_CLASS, make=_file("school", "xlsx")),
)


def _first_work() -> Any:
    """Return the first work of the demo that the region wrote."""
    from avgust.web.assessments.models import Work

    return Work.objects.filter(unit__kind="region", pupils__gt=0).order_by("pk").first()


def _at_region() -> dict[str, Any]:
    work = _first_work()
    return {"pk": work.pk, "unit": work.unit_id}


def _at_school() -> dict[str, Any]:
    from avgust.web.accounts.models import User

    head = User.objects.get(email=_HEAD)
    return {"pk": _first_work().pk, "unit": head.current_posts[0].unit_id}


def _a_pupil() -> dict[str, Any]:
    from avgust.web.readings.pupil_pages import key_of
    from avgust.web.readings.source import source_of
    from avgust.web.readings.telling import pupils_of
    from avgust.web.territory.models import Unit

    at, work = _at_school(), _first_work()
    source = source_of(work)
    code = pupils_of(source, at["unit"])[0][0] if source else 0
    return {**at, "key": key_of(work, Unit.objects.get(pk=at["unit"]), code)}


def _demo_batch() -> int:
    from avgust.web.readings.models import Batch

    return int(Batch.objects.values_list("pk", flat=True)[0])


_HEAD = "head@avgust.example"
PAGES = (
    Page("passport", "readings:passport", lambda: {"pk": _first_work().pk}),
    Page("results-territory", "readings:territory", _at_region),
    Page("results-request", "readings:request", _at_region),
    Page("results-school", "readings:school", _at_school, who=_HEAD),
    Page("results-pupils", "readings:pupils", _at_school, who=_HEAD),
    Page("results-pupil", "readings:pupil", _a_pupil, who=_HEAD),
    Page("reports-ask", ASK, _at_region),
    Page("reports-batch", BATCH, lambda: {"pk": _demo_batch()}),
    Page("recommendations", ADVICE, lambda: {"unit": _first_work().unit_id}),
    Page(
        "recommendation", WORDS, lambda: {"unit": _first_work().unit_id, "code": "advice.deficit_everywhere"}
    ),
    Page("results-class", "readings:class", _at_school, who=_HEAD),
)
