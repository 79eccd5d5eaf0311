"""A large file that an officer asked for, as the worker made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def prepare(people: dict[str, User]) -> None:
    """Ask for the plan of the largest programme as XLSX, and make it."""
    from django.db.models import Count

    from avgust.web.prepared.actions import ask_for_file
    from avgust.web.prepared.making import carry_out
    from avgust.web.programmes.models import Programme
    from avgust.web.ui.large_files import Wanted

    officer = people["region@avgust.example"]
    seen = Programme.objects.visible_to(officer).annotate(many=Count("measures")).order_by("-many", "pk")
    programme = seen[0]
    question = {"programme": programme.pk, "form": "xlsx", "query": {"layout": "table"}}
    name, back = f"programme-{programme.pk}.xlsx", programme.get_absolute_url()
    wanted = Wanted(
        "programmes.plan", question, programme.title, name, programme.measures.count(), programme.unit, back
    )
    with translation.override("ru"):
        file = ask_for_file(wanted, actor=officer, language="ru", source=f"{back}plan.xlsx?layout=table")
        carry_out(file.pk)
