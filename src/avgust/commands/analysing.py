"""`avgust analyse`: statistics of assessment on CSV files, without Django and without a database."""

from __future__ import annotations

import argparse
import os
from datetime import date
from importlib import import_module
from typing import Any, Final

from avgust.commands.console import complain
from avgust.commands.files import UnreadableError
from avgust.domain.messages import mark, translate

ANALYSES: Final = {  # the name of the analysis → its module, what it does
    "items": ("items", mark("calibrate the items of a test")),
    "persons": ("persons", mark("estimate abilities of persons and the fit of their answers")),
    "dif": ("dif", mark("find items that work differently in two groups")),
    "link": ("link", mark("bring two calibrations to one scale")),
    "equate": ("equate", mark("express scores of one form in the units of another")),
    "similarity": (
        "similarity",
        mark("find answers that agree more than the model allows, inside each class"),
    ),
    "raters": ("raters", mark("compare raters: agreement of pairs and severity")),
    "value-added": ("value_added", mark("estimate what schools add beyond what their pupils brought")),
    "passport": ("interpret", mark("tell the author of an instrument how good it is")),
    "pupil": ("interpret", mark("tell a pupil what works out and what to take next")),
    "class": ("interpret", mark("tell a teacher what a class has mastered")),
    "school": ("interpret", mark("tell a head how the school stands")),
    "territory": ("interpret", mark("tell an authority about its schools and their deficits")),
    "request": ("interpret", mark("put together a request for professional development from deficits")),
}
FORMATS: Final = ("table", "csv", "json")
STORIES: Final = ("passport", "pupil", "class", "school", "territory", "request")
STORY_FORMATS: Final = ("text", "json", "docx", "pdf", "xlsx")
EXIT_FAILED: Final = 1


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare one subcommand for each analysis."""
    analyses = parser.add_subparsers(
        dest="analysis", required=True, metavar=translate(mark("ANALYSIS"), language)
    )
    for name, (_, summary) in ANALYSES.items():
        words = translate(summary, language)
        one = analyses.add_parser(name, help=words, description=words)
        _Arguments(one, language).declare(name)


class _Arguments:
    """Declares the arguments of one analysis."""

    def __init__(self, parser: argparse.ArgumentParser, language: str) -> None:
        self.parser = parser
        self.language = language

    def declare(self, name: str) -> None:
        """Declare what the analysis `name` needs, and how its report is written."""
        if name in STORIES:
            self._story(name)
            self._option(
                "--format",
                mark("text for reading (default), or a file"),
                choices=STORY_FORMATS,
                default="text",
            )
        else:
            getattr(self, "_" + name.replace("-", "_"))()
            self._option(
                "--format", mark("table for reading (default), or data"), choices=FORMATS, default="table"
            )
        self._option("--output", mark("file to write"), "-o")
        self._option(
            "--lang",
            mark("language of the words and messages (default: ru)"),
            choices=("ru", "en"),
            default=self.language,
        )

    def _option(self, name: str, help_: str, *short: str, **settings: Any) -> None:
        self.parser.add_argument(name, *short, help=translate(help_, self.language), **settings)

    def _file(self, name: str, help_: str) -> None:
        self.parser.add_argument(
            name, metavar=name.upper().replace("_", "-"), help=translate(help_, self.language)
        )

    def _answers(self) -> None:
        self._file(
            "file", mark("CSV file: a row for each person, a column for each item, blank is not given")
        )
        self._option(
            "--items", mark("columns of items, separated by commas (default: all columns of scores)")
        )
        self._option("--weights", mark("column with the weight or frequency of each row"))
        self._option("--key", mark("CSV file with the right answer of each item (columns item, key)"))
        self._option("--dichotomise", mark("take scores from this one on for 1, others for 0"), type=int)

    def _model(self) -> None:
        self._option(
            "--model",
            mark("model (default: rasch for items of two scores, else pcm)"),
            choices=("rasch", "pcm", "2pl", "gpcm"),
        )
        self._option(
            "--estimator", mark("estimator (default: cml, mml for 2pl and gpcm)"), choices=("cml", "mml")
        )
        self._option("--nodes", mark("number of quadrature nodes"), type=_nodes, default=61)
        self._option("--span", mark("nodes lie from minus to plus this ability"), type=_positive, default=6.0)
        self._option(
            "--workers", mark("threads (default: the processors)"), type=_workers, default=_processors()
        )

    def _items(self) -> None:
        self._answers()
        self._model()

    def _persons(self) -> None:
        self._answers()
        self._model()
        self._option("--id", mark("column with the code of the person"))
        self._option("--parameters", mark("file with known parameters of the items (JSON of items, or CSV)"))
        self._option("--draws", mark("plausible values for each person"), type=_count, default=0)
        self._option("--seed", mark("seed of random draws"), type=int, default=1)

    def _dif(self) -> None:
        self._answers()
        self._option("--group", mark("column that divides persons into groups"), required=True)
        self._option("--focal", mark("value of that column in the focal group"), required=True)
        self._option("--level", mark("level of significance"), type=_share, default=0.05)

    def _similarity(self) -> None:
        self._answers()
        self._model()
        words = mark("column with the class: only its members are compared")
        self._option("--group", words, "--class", required=True)
        self._option("--id", mark("column with the code of the person"))
        self._option(
            "--level",
            mark("only pairs with an adjusted p-value up to this one are shown"),
            type=_share,
            default=0.05,
        )

    def _raters(self) -> None:
        self._file("file", mark("CSV file: a row for each rating"))
        self._option("--work", mark("column with the work"), required=True)
        self._option("--rater", mark("column with the rater"), required=True)
        words = mark("columns of scores, separated by commas (default: all columns of scores)")
        self._option("--items", words)

    def _link(self) -> None:
        words = mark("parameters (JSON of items, or CSV with item, a, b or d), or answers to be calibrated")
        self._file("old", words)
        self._file("new", words)
        self._option("--weights", mark("column with the weight or frequency of each row"))
        self._model()

    def _equate(self) -> None:
        words = mark("CSV file: scores (total, perhaps anchor and count), or answers, whose sums are scores")
        self._file("x", words)
        self._file("y", words)
        self._option("--anchor", mark("column with the score on common items"), nargs="?", const="")
        self._option("--external", mark("the anchor does not count in the total"), action="store_true")
        self._option("--score", mark("column with the score"))
        self._option("--presmooth", mark("degree of log-linear smoothing (0: none)"), type=_count, default=6)
        self._option("--postsmooth", mark("strength of spline smoothing (0: none)"), type=float, default=0.0)
        self._option("--population-weight", mark("weight of group X (default: by size)"), type=_share)
        self._option("--replications", mark("bootstrap replications for errors"), type=_count, default=200)
        self._option("--seed", mark("seed of random draws"), type=int, default=1)

    def _value_added(self) -> None:
        self._file("file", mark("CSV file: a row for each pupil"))
        self._option("--outcome", mark("column with the result"), required=True)
        self._option("--group", mark("column with the school"), required=True)
        self._option("--covariates", mark("columns that describe pupils, separated by commas"))
        self._option("--contextual", mark("columns whose school means are predictors too"))
        self._option("--method", mark("reml (default) or ml"), choices=("reml", "ml"), default="reml")
        self._procedure()

    def _story(self, name: str) -> None:
        self._file("file", mark("CSV file: a row for each pupil, a column for each item, X is not attempted"))
        self._option(
            "--spec",
            mark("specification of the work (JSON: items, levels, skills, cut scores)"),
            required=True,
        )
        self._option("--school", mark("column with the school"))
        self._option("--class", mark("column with the class"), dest="group")
        self._option("--pupil", mark("column with the code of the pupil"))
        self._option("--mark", mark("column with the mark of the work (default: by cut scores)"))
        self._option("--journal", mark("column with the mark in the journal"))
        self._option(
            "--day", mark("day whose rules apply (default: today), as 2026-05-30"), type=date.fromisoformat
        )
        self._option("--value", mark("the pupil, class or school to tell of; the name of the territory"))
        if name == "school":
            self._option("--all", mark("a ZIP with the report of every school"), action="store_true")
        extra = {
            "passport": ("focal_column", "focal"),
            "class": ("of",),
            "school": ("cluster", "earlier"),
            "territory": ("municipality", "earlier", "procedure"),
            "request": ("municipality", "dimension", "dimension_column", "teacher", "procedure"),
        }
        for option in extra.get(name, ()):
            if option == "procedure":
                self._procedure()
            else:
                flag, words = _STORY_OPTIONS[option]
                self._option(flag, words, dest=option)

    def _procedure(self) -> None:
        # Whoever does not say is bound as by a nationwide check work: the acts say most of those.
        words = mark("procedure in which the work was written: acts rule out some uses (default: vpr)")
        self._option("--procedure", words, choices=PROCEDURES, default="vpr")


PROCEDURES: Final = ("vpr", "oge", "ege", "niko", "rpr", "pisa", "own")
_STORY_OPTIONS: Final = {
    "focal_column": (
        "--group",
        mark("column that divides pupils into groups, for items that work differently"),
    ),
    "focal": ("--focal", mark("value of that column in the focal group")),
    "of": ("--of", mark("the school of the class")),
    "cluster": ("--cluster", mark("column with the group of comparable schools")),
    "earlier": ("--earlier", mark("column with the pupil's earlier result, for value added")),
    "municipality": ("--municipality", mark("column with the municipality")),
    "dimension": (
        "--group-by",
        mark("group teachers by experience, category, education, school_type or locality; never by person"),
    ),
    "dimension_column": ("--group-column", mark("column with the teacher's group")),
    "teacher": ("--teacher", mark("column with a code that tells teachers apart, for counting only")),
}


def _nodes(text: str) -> int:
    count = int(text)
    if not 5 <= count <= 1001:
        raise ValueError
    return count


def _count(text: str) -> int:
    count = int(text)
    if not 0 <= count <= 10_000:
        raise ValueError
    return count


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError
    return share


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < 100:
        raise ValueError
    return number


def _workers(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 256:
        raise ValueError
    return count


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(options: argparse.Namespace, language: str) -> int:
    """Run one analysis; 1 when a file cannot be read or an estimate does not exist."""
    # Our threads share the chunks; those of the linear algebra beside them would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from avgust.commands.analyses.report import write_report

    module = import_module(f"avgust.commands.analyses.{ANALYSES[options.analysis][0]}")
    try:
        report = module.run(options)
        if options.analysis in STORIES:
            from avgust.commands.analyses.stories import write_story

            write_story(report, options.format, options.output, language)
        else:
            write_report(report, options.format, options.output, language)
    except UnreadableError as error:
        complain(error.message, language, getattr(options, "file", ""))
        return EXIT_FAILED
    return 0 if report.sound else EXIT_FAILED
