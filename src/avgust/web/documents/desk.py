"""One request at the review: the document as it stands, and how its parts are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from avgust.domain.resolutions.model import Severity
from avgust.domain.resolutions.review.clause import Review, ReviewedClause, finding_key
from avgust.domain.resolutions.review.progress import next_to_check
from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import redoable
from avgust.web.documents.addressees import Names
from avgust.web.documents.history import history
from avgust.web.documents.models import Correction, Document
from avgust.web.documents.presenting import ClauseWords, FindingWords, sections, themes
from avgust.web.documents.printing import Block, Printed, printed, together
from avgust.web.documents.registers import register_for
from avgust.web.documents.saying import path_key
from avgust.web.documents.standing import Standing
from avgust.web.ui.requests import SignedInRequest, language


class Desk:
    """The review as its reader sees it. `seen` is the version that the page in the browser shows."""

    def __init__(self, request: SignedInRequest, document: Document) -> None:
        self.request = request
        self.document = document
        self.standing = Standing.of(document)
        self.day = document.adopted_on or timezone.localdate()
        self.may = not document.adopted and request.user.may(Action.REVIEW_DOCUMENT, document.unit)

    @cached_property
    def names(self) -> Names:
        """The register as of the day of adoption."""
        return Names(lambda: register_for(self.document.unit, self.day))

    @cached_property
    def printed(self) -> Printed:
        """What this process printed before."""
        return printed(self.standing, language(), may=self.may)

    def words(self, row: ReviewedClause) -> ClauseWords:
        """Return one clause ready to print."""
        review = self.standing.review
        around = (review.following(row.id), review.preceding(row.id)) if row.measure else (None, None)
        return ClauseWords(row, self.standing.resolution, self.names, language(), *around)

    def base(self, opened: str = "") -> dict[str, Any]:
        """Return the values that every fragment needs."""
        user, unit = self.request.user, self.document.unit
        return {
            "document": self.document,
            "version": self.standing.version,
            "progress": self.standing.progress,
            "opened": opened,
            "may": self.may,
            "may_adopt": self.may and user.may(Action.ADOPT_PROGRAMME, unit),
            "may_delete": self.may and user.may(Action.DELETE_DOCUMENT, unit),
            "obstacle": self._obstacle(),
            "next_check": next_to_check(self.standing.review, opened),
            "undoable": self.may and self.standing.corrections.filter(actor=user).exists(),
            "redoable": self.may and redoable(self.document, user) is not None,
        }

    def _obstacle(self) -> dict[str, str]:
        """Return the first finding that stops adoption: of the document, else the clause that has it."""
        for finding in self.standing.review.document_findings:
            if finding.severity is Severity.SEVERE:
                return {"finding": finding_key(finding)}
        row = next((row for row in self.standing.review.measures if row.severe), None)
        return {"clause": row.id} if row else {}

    def page(self, opened: str, **extra: Any) -> dict[str, Any]:
        """Return the values of the whole page."""
        review, notes = self.standing.review, self.standing.resolution.document.notes
        base = self.base(opened) | extra
        closed = self._closed(base)
        return base | {
            "source": together(block.html for block in self.printed.source(review)),
            "sections": [
                {"head": section, "clauses": together(map(closed, section.rows))}
                for section in sections(review, self.names)
            ],
            "others": together(map(closed, review.others)),
            "other_count": len(review.others),
            "opened_other": any(row.id == opened for row in review.others),
            "last": review.measures[-1].id if review.measures else "",
            "document_findings": [FindingWords(f, language()) for f in review.document_findings],
            "notes": [note.render(language()) for note in notes],
        }

    def _closed(self, base: Mapping[str, Any]) -> Any:
        """Return what prints a clause of the page: kept ones as they are, the open one anew."""

        def printed_clause(row: ReviewedClause) -> SafeString:
            if row.id == base["opened"]:
                return self.clause(row, base)
            return self.printed.row(row, lambda: self.clause(row, base))

        return printed_clause

    def clause(self, row: ReviewedClause, base: Mapping[str, Any], *, oob: bool = False) -> SafeString:
        """Return one clause printed now."""
        name = "documents/_clause.html" if row.measure else "documents/_other.html"
        context: dict[str, Any] = {**base, "clause": self.words(row), "oob": oob}
        if row.id == base["opened"]:
            context["history"] = history(self.document, row.id, language())
            context["themes"] = themes(language())
            context["paths"] = SimpleLazyObject(self._paths)
        return render_to_string(name, context, self.request if row.id == base["opened"] else None)

    def _paths(self) -> list[tuple[str, str]]:
        """Return the sections of the document, as a form names them and in words."""
        paths = dict.fromkeys(row.clause.headings for row in self.standing.review.measures)
        return [(path_key(path), " / ".join(h.text for h in path)) for path in paths if path]

    def exchanged(self, opened: str, clauses: Iterable[str], **extra: Any) -> dict[str, Any]:
        """Return the values of a fragment that exchanges these clauses and the bar."""
        base = self.base(opened) | extra
        found = (self.standing.review.find(clause) for clause in dict.fromkeys(clauses) if clause)
        return base | {"clauses": [self.clause(row, base, oob=True) for row in found if row is not None]}

    def changed_source(self, before: Review, *others: ReviewedClause) -> list[Block]:
        """Return the blocks of the text that read otherwise than with `before`, and those of `others`."""
        spans = [row.clause.full_span for row in others]
        return self.printed.changed(before, self.standing.review, spans)

    def news(self, seen: int) -> Sequence[Correction]:
        """Return what other people said or took back after version `seen`."""
        rows = self.document.corrections.exclude(actor=self.request.user).select_related("actor")
        since = rows.filter(version__gt=seen) | rows.filter(undone_version__gt=seen)
        return list(since.order_by("version"))

    def address(self, clause: str = "") -> str:
        """Return the address of the page with a clause open."""
        here = reverse("documents:review", args=[self.document.pk])
        return f"{here}?{urlencode({'clause': clause})}" if clause else here
