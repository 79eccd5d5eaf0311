"""A programme as it stood at the end of a day: what is known now, with the later acts of the journal undone.

The number of queries does not depend on how many measures or assignments there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, Max
from django.utils import timezone

from avgust.domain.control.states import Act
from avgust.domain.planning.baseline import PlannedMeasure, Snapshot, Standing
from avgust.domain.proof import Coverage
from avgust.domain.resolutions.export.wording import deadline_text, theme_label
from avgust.domain.resolutions.model import Theme
from avgust.web.audit.models import Entry
from avgust.web.control.models import AssignmentQuerySet, Step
from avgust.web.control.past import as_of
from avgust.web.control.proving import NOW, THEN, coverages
from avgust.web.programmes import codes
from avgust.web.programmes.actions import due_of
from avgust.web.programmes.models import ANSWERING, Measure, MeasureClause, Programme, Supplement
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.typed import deadline_of

_STANDING_BEFORE: Final = {
    codes.CANCELLED_MEASURE.code: Standing.IN_FORCE,
    codes.RESTORED_MEASURE.code: Standing.CANCELLED,
    codes.MERGED_MEASURES.code: Standing.IN_FORCE,
}
_ADDED_NAME: Final = (codes.INVOLVED_EXECUTOR.code, codes.INVOLVED_CO_EXECUTOR.code)


def adoption_day(programme: Programme) -> date:
    """Return the day from which a programme is compared where nobody says another."""
    return programme.adopted_on or programme.addressed_on


def end_of(day: date) -> datetime:
    """Return the first moment after `day`."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def since_when(programme: Programme, day: date) -> datetime:
    """Return from when on acts are later than `day`: on the day of adoption every one of them is.

    A programme is often entered after the day of its document: until then it stood as it was entered.
    """
    if day <= adoption_day(programme):
        return programme.created_at
    return max(end_of(day), programme.created_at)


@dataclass
class History:
    """What is asked of the database once for all days of one programme."""

    programme: Programme
    scope: AssignmentQuerySet
    language: str
    measures: list[Measure] = field(init=False)
    acts: Mapping[int, list[Entry]] = field(init=False)  # of each measure, the newest first

    def __post_init__(self) -> None:
        rows = self.programme.measures.select_related("merged_into").prefetch_related("executors")
        self.measures = list(rows.defer("search", "reference_values", "finding_values").order_by("order"))
        acts: defaultdict[int, list[Entry]] = defaultdict(list)
        entries = Entry.objects.filter(
            subject_type=Measure._meta.label_lower,
            subject_id__in=[str(measure.pk) for measure in self.measures],
            code__startswith="programmes.",
        )
        for entry in entries.select_related("actor").order_by("-pk"):
            acts[int(entry.subject_id)].append(entry)
        self.acts = acts
        self._supplemented = self._born_of_supplements()
        self._lent = self._names_lent()
        self._now = {measure.pk: _as_it_is(measure, self.language) for measure in self.measures}

    def at(self, day: date) -> Snapshot:
        """Return the programme at the end of `day`."""
        since = since_when(self.programme, day)
        then = [
            (measure, [act for act in self.acts.get(measure.pk, ()) if act.at >= since])
            for measure in self.measures
        ]
        found = [
            self._undone(measure, later) for measure, later in then if self._was_there(measure, later, since)
        ]
        return Snapshot(day, tuple(self._with_work(found, day)))

    def between(self, first: date, last: date) -> Mapping[int, list[Entry]]:
        """Return the acts on each measure after `first` until the end of `last`, the newest first."""
        since, until = since_when(self.programme, first), end_of(last)
        return {pk: [act for act in acts if since <= act.at < until] for pk, acts in self.acts.items()}

    def _born_of_supplements(self) -> dict[int, datetime]:
        """Return when a further document brought a measure, told by the first clause that it carries out."""
        days = dict(Supplement.objects.filter(programme=self.programme).values_list("document", "adopted_at"))
        if not days:
            return {}
        links = MeasureClause.objects.filter(measure__programme=self.programme).order_by("-pk")
        rows = links.values_list("measure", "origin", "source__document")
        first = {origin or measure: document for measure, origin, document in rows}
        return {measure: days[document] for measure, document in first.items() if document in days}

    def _was_there(self, measure: Measure, later: Sequence[Entry], since: datetime) -> bool:
        if any(act.code == codes.ADDED_MEASURE.code for act in later):
            return False
        brought = self._supplemented.get(measure.pk)
        return brought is None or measure.by_hand or brought < since

    def _undone(self, measure: Measure, later: Sequence[Entry]) -> PlannedMeasure:
        """Return a measure without the acts in `later`, undone from the newest to the oldest."""
        said: dict[str, str] = {}
        then = self._now[measure.pk]
        standing, into = then.standing, then.into
        for act in later:
            if act.code == codes.EDITED_MEASURE.code:
                said |= act.before or {}
            elif act.code in _STANDING_BEFORE:
                standing, into = _STANDING_BEFORE[act.code], ""
            elif act.code == codes.SPLIT_MEASURES.code and (act.after or {}).get("label") == _label(measure):
                standing, into = Standing.MERGED, str((act.after or {}).get("into", ""))
        names = self._names_before(measure, later)
        return replace(then, standing=standing, into=into, executors=names, **self._words(said))

    def _names_before(self, measure: Measure, later: Sequence[Entry]) -> tuple[str, ...]:
        """Return who answered for a measure before the acts in `later`."""
        names = list(self._now[measure.pk].executors or self._lent.get((measure.pk, None), ()))
        for act in later:
            before, after = act.before or {}, act.after or {}
            if act.code == codes.NAMED_EXECUTOR.code:
                names = []  # only where nobody answered is somebody named
            elif act.code in _ADDED_NAME and after.get("name") in names:
                names.remove(after["name"])
            elif act.code == codes.UNINVOLVED.code and before.get("relation") in ANSWERING:
                names += filter(None, [before.get("name")])
            elif act.code == codes.TOOK_IN_MEASURE.code:
                brought = self._lent.get((measure.pk, after.get("label")), ())
                names = [name for name in names if name not in brought]
        return tuple(names)

    def _names_lent(self) -> dict[tuple[int, str | None], list[str]]:
        """Return the names that mergers moved: by who lent them, and by who took them in with its number."""
        labels = {measure.pk: _label(measure) for measure in self.measures}
        lent: defaultdict[tuple[int, str | None], list[str]] = defaultdict(list)
        for measure in self.measures:
            for row in measure.executors.all():
                if row.origin_id and row.answers:
                    lent[row.origin_id, None].append(row.name)
                    lent[measure.pk, labels[row.origin_id]].append(row.name)
        return lent

    def _words(self, said: Mapping[str, str]) -> dict[str, Any]:
        """Return the fields of a snapshot from the words that an edit replaced."""
        found: dict[str, Any] = {
            name: said[key]
            for key, name in (("text", "text"), ("label", "number"), ("section", "section"))
            if key in said
        }
        if "theme" in said:
            found["theme"] = theme_label(Theme(said["theme"]), self.language) if said["theme"] else ""
        if "target" in said:
            found["target"] = said["target"]
        if "deadline" in said:
            read = deadline_of(self.programme, said["deadline"])
            found |= {"due": due_of(read), "deadline": deadline_text(read, self.language) or said["deadline"]}
        return found

    def _with_work(self, measures: Sequence[PlannedMeasure], day: date) -> list[PlannedMeasure]:
        """Return measures with what was proven of them and what was extended, as of the end of `day`."""
        rows = self.scope.filter(programme=self.programme)
        now = day >= timezone.localdate()
        covered: dict[Any, Coverage] = coverages(
            rows if now else as_of(rows, day), "measure", day, NOW if now else THEN
        )
        steps = Step.objects.filter(
            assignment__in=rows.values("pk"), act=Act.GRANT_EXTENSION.value, at__lt=end_of(day)
        )
        counted = (
            steps.order_by().values_list("assignment__measure").annotate(n=Count("pk"), to=Max("due_after"))
        )
        extended = {measure: (n, to) for measure, n, to in counted}
        return [
            replace(
                one,
                coverage=covered.get(one.id, Coverage()),
                extensions=extended.get(one.id, (0, None))[0],
                extended_to=extended.get(one.id, (0, None))[1],
            )
            for one in measures
        ]


def _label(measure: Measure) -> str:
    return measure.label or str(measure.order)


def _as_it_is(measure: Measure, language: str) -> PlannedMeasure:
    """Return a measure as it stands now, without the work on it."""
    words = MeasureWords(measure, language)
    into = measure.merged_into
    return PlannedMeasure(
        id=measure.pk,
        number=_label(measure),
        text=measure.text,
        section=measure.section,
        theme=words.theme,
        executors=tuple(row.name for row in measure.executors.all() if row.answers),
        deadline=words.deadline,
        due=measure.due,
        target=measure.target_text,
        standing=Standing(measure.status),
        into=_label(into) if into else "",
    )


def grounds(acts: Sequence[Entry]) -> list[Entry]:
    """Return the acts that say why: each ground once, the newest first."""
    found: dict[str, Entry] = {}
    for act in acts:
        if act.reason:
            found.setdefault(act.reason, act)
    return list(found.values())
