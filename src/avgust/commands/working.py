"""`avgust worker`: reminders, letters and other work outside requests."""

from __future__ import annotations

import argparse

from avgust.domain.messages import mark, translate


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the arguments."""

    def say(sentence: str) -> str:
        return translate(sentence, language)

    parser.add_argument("--once", action="store_true", help=say(mark("do what is due and stop")))
    parser.add_argument("--keep", action="store_true", help=say(mark("start the worker anew when it ends")))
    parser.add_argument(
        "--lease",
        type=float,
        default=60.0,
        help=say(mark("seconds after which a silent worker is taken for dead (default: 60)")),
    )
    parser.add_argument(
        "--interval",
        type=float,
        default=2.0,
        help=say(mark("seconds between two looks at an empty queue (default: 2)")),
    )
    parser.add_argument(
        "--parent", type=int, default=None, help=say(mark("process with which the worker ends"))
    )


def run(options: argparse.Namespace, language: str) -> int:
    """Work until stopped; `language` is of the command line only, letters follow their reader."""
    del language
    if options.keep:
        from avgust.web.background.keeping import keep

        return keep([f"--lease={options.lease}", f"--interval={options.interval}"], options.parent)
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avgust.web.config.settings")
    import django

    django.setup()
    from avgust.web.background.worker import Worker

    Worker(lease=options.lease, interval=options.interval, once=options.once, parent=options.parent).run()
    return 0
