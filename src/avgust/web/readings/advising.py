"""What methodologists do with recommendations: other words, none, back to the inherited, a package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.assessment.interpretation.advice_package import PackageError, from_package
from avgust.domain.assessment.interpretation.editing import STANDARDS, faults_of
from avgust.web import audit
from avgust.web.accounts.rights import Action
from avgust.web.readings import codes
from avgust.web.readings.models import AdviceEdit
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit


def require(actor: User, unit: Unit) -> None:
    """Stop who does not edit recommendations there."""
    if not actor.may(Action.EDIT_ADVICE, unit):
        raise PermissionDenied(_("Recommendations of a territory are edited by its own methodologists."))


@transaction.atomic
def edit_advice(unit: Unit, code: str, text: str | None, *, actor: User) -> AdviceEdit:
    """Set the words of a rule for a territory and all under it; None has it not printed."""
    require(actor, unit)
    words = "" if text is None else " ".join(text.split())
    faults = faults_of(code, words) if text is not None or code not in STANDARDS else []
    if faults:
        raise ValidationError([one.render(language()) for one in faults])
    before = _ended(unit, code, actor)
    if before is not None and before.text == words:
        AdviceEdit.objects.filter(pk=before.pk).update(ended_at=None, ended_by=None)
        return before
    made = AdviceEdit.objects.create(unit=unit, code=code, text=words, made_by=actor)
    said = {"rule": code, "text": words}
    if words:
        audit.record(actor=actor, code=codes.ADVICE_EDITED, subject=unit, unit=unit, after=said)
    else:
        audit.record(actor=actor, code=codes.ADVICE_DROPPED, subject=unit, unit=unit, after={"rule": code})
    return made


@transaction.atomic
def return_advice(unit: Unit, code: str, *, actor: User) -> None:
    """Take the edit of a territory back: what stands above it, or the rule's own words, hold again."""
    require(actor, unit)
    if _ended(unit, code, actor) is not None:
        audit.record(actor=actor, code=codes.ADVICE_RETURNED, subject=unit, unit=unit, after={"rule": code})


def _ended(unit: Unit, code: str, actor: User) -> AdviceEdit | None:
    """End the edit in force and return it; who edits at once waits for the other."""
    held = AdviceEdit.objects.select_for_update().filter(unit=unit, code=code, ended_at=None).first()
    if held is not None:
        AdviceEdit.objects.filter(pk=held.pk).update(ended_at=timezone.now(), ended_by=actor)
    return held


@transaction.atomic
def take_package(unit: Unit, data: bytes, *, actor: User) -> int:
    """Take the edits of a package for a territory, all or none; return how many."""
    require(actor, unit)
    try:
        edits: Mapping[str, str | None] = from_package(data)
    except PackageError as error:
        raise ValidationError(error.message.render(language())) from error
    for code, text in edits.items():
        edit_advice(unit, code, text, actor=actor)
    return len(edits)
