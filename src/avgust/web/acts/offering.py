"""What offices do with templates: save a version, offer, withdraw, require the act by a measure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404

from avgust.domain.acts.text import Template, template_faults
from avgust.domain.messages import Message, mark
from avgust.web.accounts.rights import Action
from avgust.web.acts import codes
from avgust.web.acts.models import ActTemplate, Demand, TemplateVersion
from avgust.web.acts.proving import prove
from avgust.web.audit import record
from avgust.web.control.actions import require_evidence
from avgust.web.control.models import Assignment, Evidence, Requirement
from avgust.web.documents.actions import Refused

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.programmes.models import Measure
    from avgust.web.territory.models import Unit


@transaction.atomic
def save_template(
    template: ActTemplate | None, said: Template, *, unit: Unit, actor: User, note: str = ""
) -> ActTemplate:
    """Save what a template says as its next version; the same words again are no new version.

    Raises Refused with the first thing that is wrong with the text or its fields.
    """
    if not actor.may(Action.EDIT_TEMPLATES, unit):
        raise PermissionDenied
    faults = template_faults(said)
    if faults:
        raise Refused(faults[0])
    if template is None:
        row = ActTemplate(unit=unit, made_by=actor)
    else:
        row = get_object_or_404(ActTemplate.objects.select_for_update(), pk=template.pk)
        if row.newest.said == said:
            return row
    row.title, row.version = said.title, row.version + 1
    row.save()
    TemplateVersion.objects.create(
        template=row,
        number=row.version,
        title=said.title,
        body=said.body,
        fields=[asdict(field) for field in said.fields],
        note=note[:300],
        made_by=actor,
    )
    record(actor=actor, code=codes.TEMPLATE_SAVED, subject=row, after={"version": row.version, "note": note})
    return row


@transaction.atomic
def set_stage(template: ActTemplate, stage: ActTemplate.Stage, *, actor: User) -> ActTemplate:
    """Offer a template to organisations, or withdraw it: acts that were begun go on."""
    if not actor.may(Action.EDIT_TEMPLATES, template.unit):
        raise PermissionDenied
    row = get_object_or_404(ActTemplate.objects.select_for_update(), pk=template.pk)
    if stage == ActTemplate.Stage.PREPARED and row.stage != stage:
        raise Refused(Message(mark("A template that was offered once is withdrawn, not hidden.")))
    before, row.stage = row.stage, stage
    row.save()
    record(
        actor=actor,
        code=codes.TEMPLATE_STAGE,
        subject=row,
        before={"stage": before},
        after={"stage": str(stage)},
    )
    return row


@transaction.atomic
def require_act(measure: Measure, template: ActTemplate | None, *, actor: User) -> Demand | None:
    """Let a measure be carried out by the act of `template`, or by none; prove what is adopted already.

    A measure that says nothing of its evidence yet then needs a local act.
    """
    if not actor.may(Action.EDIT_PROGRAMME, measure.programme.unit):
        raise PermissionDenied
    if template is None:
        if Demand.objects.filter(measure=measure).delete()[0]:
            record(actor=actor, code=codes.RELEASED, subject=measure)
            prove(Assignment.objects.filter(measure=measure), actor=actor)
        return None
    if not template.offered:
        raise Refused(
            Message(mark("Offer the template first: organisations cannot begin an act from it yet."))
        )
    known = Demand.objects.filter(measure=measure).first()
    if known is not None and known.template_id == template.pk:
        return known
    demand, _made = Demand.objects.update_or_create(
        measure=measure, defaults={"template": template, "made_by": actor}
    )
    record(actor=actor, code=codes.DEMANDED, subject=measure, after={"template": str(template)})
    if not Requirement.objects.filter(measure=measure).exists():
        require_evidence(measure, kinds=[Evidence.Kind.LOCAL_ACT], words="", actor=actor)
    prove(Assignment.objects.filter(measure=measure), actor=actor)
    return demand
