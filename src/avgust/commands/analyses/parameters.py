"""Item parameters in files: the JSON that `analyse items` prints, or a CSV with slopes and intercepts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.table import Table, read_table
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.abilities.posterior import Population
from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.steps import ItemParameters, Steps
from avgust.domain.messages import Message, mark

ITEM_NAMES: Final = ("item", "items", "name", "задание")
SLOPE_NAMES: Final = ("a", "a1", "slope", "z1", "discrimination", "dscrmn")
DIFFICULTY_NAMES: Final = ("b", "difficulty", "dffclt")
INTERCEPT_NAMES: Final = ("d", "d1", "intercept", "x.intercept.", "(intercept)")


@dataclass(frozen=True)
class KnownItems:
    """Items with their parameters, and errors of (a, d) where known; `categories` are printed scores."""

    names: tuple[str, ...]
    parameters: ItemParameters
    errors: Floats | None
    population: Population
    categories: tuple[tuple[int, ...], ...]


def has_parameters(table: Table) -> bool:
    """Tell a table of parameters (items with difficulty or intercept) from one of answers."""
    names = {name.casefold() for name in table.columns}
    return bool(names & set(ITEM_NAMES)) and bool(names & {*DIFFICULTY_NAMES, *INTERCEPT_NAMES})


def read_parameters(name: str) -> KnownItems:
    """Read parameters from a file of either kind."""
    path = Path(name)
    if path.suffix.lower() == ".json":
        try:
            return from_json(json.loads(path.read_text("utf-8-sig")))
        except FileNotFoundError as error:
            raise UnreadableError(Message(mark("There is no such file."))) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UnreadableError(
                Message(mark("The file is not the JSON that «avgust analyse items» prints."))
            ) from error
    return from_table(read_table(name))


def from_json(data: dict[str, Any]) -> KnownItems:
    """Take the items that were estimated."""
    items = [item for item in data["items"] if item["a"] is not None and item["d"]]
    if not items:
        raise UnreadableError(Message(mark("No item in the file has estimates.")))
    intercepts = np.array([d for item in items for d in item["d"]], dtype=np.float64)
    slopes = np.array([item["a"] for item in items], dtype=np.float64)
    steps = Steps(np.array([len(item["d"]) for item in items], dtype=np.intp))
    population = data.get("population") or {}
    variance = population.get("variance")
    errors = [item["se"]["a"] or 0.0 for item in items] + [se for item in items for se in item["se"]["d"]]
    known = all(error is not None for error in errors)
    return KnownItems(
        tuple(str(item["item"]) for item in items),
        ItemParameters(steps, slopes, intercepts),
        np.array(errors, dtype=np.float64) if known else None,
        Population(population.get("mean") or 0.0, 1.0 if variance is None else float(variance)),
        tuple(tuple(item["categories"]) for item in items),
    )


def from_table(table: Table) -> KnownItems:
    """Take items of two scores: columns item, a (1 if absent), and b or d.

    Names of columns that other programs print for them are known too (mirt, ltm, equateIRT).
    """
    names = {name.casefold(): name for name in table.columns}

    def first(known: tuple[str, ...]) -> str | None:
        return next((names[name] for name in known if name in names), None)

    item, slope, difficulty, intercept = map(
        first, (ITEM_NAMES, SLOPE_NAMES, DIFFICULTY_NAMES, INTERCEPT_NAMES)
    )
    if item is None or (difficulty is None and intercept is None):
        raise UnreadableError(
            Message(
                mark("Parameters need the columns item, a and b (or d). The columns are: %(columns)s."),
                {"columns": ", ".join(list(table.columns)[:60])},
            )
        )
    slopes = np.ones(table.rows) if slope is None else table.column(slope).numbers()
    values = table.column(intercept or difficulty or "").numbers()
    intercepts = values if intercept is not None else -slopes * values
    if not (np.isfinite(slopes) & np.isfinite(intercepts)).all():
        raise UnreadableError(Message(mark("Every item needs all its parameters: some cells are blank.")))
    labels = tuple(table.column(item).texts())
    if len(set(labels)) != len(labels):
        raise UnreadableError(Message(mark("An item is twice in the file of parameters.")))
    steps = Steps(np.ones(table.rows, dtype=np.intp))
    parameters = ItemParameters(steps, slopes, intercepts)
    return KnownItems(labels, parameters, None, Population(), ((0, 1),) * table.rows)


def with_known_parameters(responses: Responses, name: str) -> tuple[Responses, ItemParameters, Population]:
    """Return the answers to the items whose parameters the file holds, in its order and its categories."""
    known = read_parameters(name)
    places = {item: place for place, item in enumerate(responses.items)}
    missing = [item for item in known.names if item not in places]
    if len(missing) == len(known.names):
        raise UnreadableError(Message(mark("The file of answers holds none of the items with parameters.")))
    chosen = [number for number, item in enumerate(known.names) if item in places]
    used = responses.only_items([places[known.names[number]] for number in chosen])
    scores = used.scores.copy()
    for column, number in enumerate(chosen):
        scores[:, column] = _recoded(used.scores[:, column], known.categories[number], used.items[column])
    parameters = select_items(known.parameters, np.array(chosen, dtype=np.intp))
    return Responses(scores, used.items, used.weights), parameters, known.population


def select_items(parameters: ItemParameters, chosen: np.typing.NDArray[np.intp]) -> ItemParameters:
    """Return some of the items."""
    steps = parameters.steps
    return ItemParameters(
        Steps(steps.per_item[chosen]),
        parameters.slopes[chosen],
        parameters.intercepts[steps.of_items(chosen)],
    )


def _recoded(
    column: np.typing.NDArray[np.int8], categories: tuple[int, ...], item: str
) -> np.typing.NDArray[np.int8]:
    table = np.full(130, MISSING - 1, dtype=np.int8)
    table[list(categories)] = np.arange(len(categories))
    table[MISSING] = MISSING
    recoded = table[column]
    if (recoded < MISSING).any():
        raise UnreadableError(
            Message(
                mark("Item %(item)s has the score %(score)d, which its parameters do not know."),
                {"item": item, "score": int(column[recoded < MISSING][0])},
            )
        )
    return recoded
