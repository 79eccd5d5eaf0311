"""What is done with local acts as the journal reads it. What is filled in may name people: it is not kept."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from avgust.domain.acts.states import Move
from avgust.web.acts.models import ActTemplate
from avgust.web.audit import LogCode, choice_values, declare

TEMPLATE_SAVED = declare(
    "acts.template_saved",
    _("%(actor)s saved version %(version)s of the template “%(subject)s”."),
    personal=set(),
)
TEMPLATE_STAGE = declare(
    "acts.template_stage", _("%(actor)s changed the state of the template “%(subject)s”."), personal=set()
)
DEMANDED = declare(
    "acts.demanded", _("%(actor)s required the act “%(template)s” by “%(subject)s”."), personal=set()
)
RELEASED = declare(
    "acts.released", _("%(actor)s requires no local act by “%(subject)s” any more."), personal=set()
)
BEGUN = declare("acts.begun", _("%(actor)s began the act “%(subject)s”."), personal=set())
RENEWED = declare(
    "acts.renewed",
    _("%(actor)s took version %(version)s of the template into “%(subject)s”."),
    personal=set(),
)
MOVES: Final[dict[Move, LogCode]] = {
    move: declare(f"acts.{move.value}", sentence, personal={"reason", "file"})
    for move, sentence in (
        (Move.EDIT, _("%(actor)s changed the draft “%(subject)s”.")),
        (Move.SUBMIT, _("%(actor)s sent “%(subject)s” for agreement.")),
        (Move.TAKE_BACK, _("%(actor)s took “%(subject)s” back to change it.")),
        (Move.AGREE, _("%(actor)s agreed to “%(subject)s”.")),
        (Move.SEND_BACK, _("%(actor)s sent “%(subject)s” back: %(reason)s")),
        (Move.ADOPT, _("%(actor)s entered the adoption of “%(subject)s”: No. %(number)s of %(adopted_on)s.")),
        (Move.ANNUL, _("%(actor)s took back the entry of adoption of “%(subject)s”: %(reason)s")),
        (Move.REPEAL, _("%(actor)s repealed “%(subject)s”, in force until %(until)s: %(reason)s")),
        (Move.REVIVE, _("%(actor)s took back the repeal of “%(subject)s”: %(reason)s")),
        (Move.REPLACE, _("“%(subject)s” was replaced by a newer act, in force until %(until)s.")),
        (Move.RESTORE, _("“%(subject)s” is in force again: the newer act was not adopted.")),
        (Move.DROP, _("%(actor)s dropped the draft “%(subject)s”.")),
    )
}

choice_values(stage=dict(ActTemplate.Stage.choices))
