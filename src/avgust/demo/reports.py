"""What methodologists and officers did with reports on results: a recommendation edited, an archive made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

EDITED: Final = {
    "advice.deficit_everywhere": "До конца четверти повторить во всех классах: {skills}. Задания для повторения "
    "есть в методическом кабинете.",
    "advice.journal": "Провести с учителями разбор критериев на трёх работах со средним баллом.",
}


def load_reports(places: dict[str, Unit], people: dict[str, User]) -> None:
    """Edit two recommendations for the region; make the reports of the schools of one municipality."""
    from avgust.web.assessments.models import Work
    from avgust.web.readings.advising import edit_advice
    from avgust.web.readings.batches import ask_for_batch, carry_out

    officer = people["region@avgust.example"]
    for code, text in EDITED.items():
        edit_advice(places["region"], code, text, actor=officer)
    work = Work.objects.filter(unit=places["region"]).order_by("-school_year", "-pk").first()
    if work is not None:
        batch = ask_for_batch(work, places["olkhovka"], "pdf", actor=officer, language="ru")
        carry_out(batch.pk)
