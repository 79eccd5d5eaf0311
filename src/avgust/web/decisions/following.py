"""What adoption does to decisions: a second person is asked for, causes and proof go over to the measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.review.fold import lineage
from avgust.web.control.actions import require_evidence
from avgust.web.decisions.actions import WHOLE
from avgust.web.decisions.models import CauseOfClause, Decision, ProofOfClause
from avgust.web.documents.actions import Refused
from avgust.web.documents.models import Document
from avgust.web.programmes.models import AdoptedClause, Measure

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def second_person(*, document: Document, actor: User) -> None:
    """Refuse adoption by who typed the decision: it has no paper with anybody else's signature."""
    if Decision.objects.filter(document=document, typed=True, recorded_by=actor).exists():
        told = mark(
            "Who typed the decision does not adopt it: a second person must. "
            "Ask a colleague, or upload the signed document as a file."
        )
        raise Refused(Message(told))


def carry_causes(*, document: Document, actor: User) -> None:
    """Tie causes and proof to the clauses of a document that has just been adopted."""
    _tie(list(CauseOfClause.objects.filter(document=document, source=None)), document)
    _require(list(ProofOfClause.objects.filter(document=document)), document, actor)


def _tie(links: list[CauseOfClause], document: Document) -> None:
    """Give each link the adopted clauses that its words came to: pieces of a split, the whole of a merger.

    A clause that became no measure has no adopted clause: its link stays, and says that it was noted.
    """
    if not links:
        return
    adopted = list(AdoptedClause.objects.filter(document=document).defer("search", "marks"))
    made, replaced = [], []
    for link in links:
        heirs = [one for one in adopted if link.clause == WHOLE or link.clause in lineage(one.clause)]
        replaced += [link.pk] if heirs else []
        made += [
            CauseOfClause(
                cause_id=link.cause_id,
                document=document,
                clause=one.clause,
                source=one,
                linked_by_id=link.linked_by_id,
            )
            for one in heirs
        ]
    CauseOfClause.objects.filter(pk__in=replaced).delete()
    CauseOfClause.objects.bulk_create(made, ignore_conflicts=True)


def _require(proofs: list[ProofOfClause], document: Document, actor: User) -> None:
    """Ask the measures of clauses for the proof that was typed; it is asked for once."""
    if not proofs:
        return
    measures = Measure.objects.filter(clauses__source__document=document).select_related("programme__unit")
    for measure in measures.prefetch_related("clauses__source").distinct():
        names = {name for link in measure.clauses.all() for name in lineage(link.source.clause)}
        kinds = [kind for proof in proofs if proof.clause in names for kind in proof.kinds]
        if kinds:
            require_evidence(measure, kinds=kinds, words="", actor=actor)
    ProofOfClause.objects.filter(pk__in=[proof.pk for proof in proofs]).delete()
