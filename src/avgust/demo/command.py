"""`avgust demo`: migrate, load the fictional territory once, print the accounts, serve."""

from __future__ import annotations

import argparse
import os
import sys
import time
from multiprocessing import get_context
from typing import Final

from avgust.demo.people import PASSWORD, PEOPLE
from avgust.domain.messages import DEFAULT_LANGUAGE, LANGUAGES, Message, mark, translate

HOST: Final = "127.0.0.1"
PORT: Final = 8000


def run(arguments: list[str], language: str = DEFAULT_LANGUAGE) -> int:
    """Start the demo. `--no-serve` only prepares it; a second start finds everything in place."""
    options = _options(arguments, language)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avgust.web.config.settings")
    os.environ["AVGUST_DEMO"] = "1"
    os.environ.setdefault("AVGUST_LOG_LEVEL", "WARNING")
    os.environ.setdefault("AVGUST_URL", f"http://{options.host}:{options.port}")
    _prepare(options.lang)
    _say(_guide(options.lang, f"http://{options.host}:{options.port}"))
    if options.no_serve:
        return 0
    from avgust.web.background.keeping import start_keeper, stop_keeper
    from avgust.web.serving import serve

    keeper, server = start_keeper(), os.getpid()
    try:
        serve(options.host, options.port)
    finally:
        if os.getpid() == server:  # the processes that gunicorn forks pass here too when they end
            stop_keeper(keeper)
    return 0


def _options(arguments: list[str], language: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="avgust demo",
        description=translate(mark("Start the web application with a fictional territory."), language),
    )
    parser.add_argument("--host", default=HOST, help=translate(mark("address to listen on"), language))
    parser.add_argument("--port", type=int, default=PORT, help=translate(mark("port to listen on"), language))
    parser.add_argument("--lang", choices=LANGUAGES, default=language)
    parser.add_argument(
        "--no-serve", action="store_true", help=translate(mark("prepare the data and stop"), language)
    )
    return parser.parse_args(arguments)


def _prepare(language: str) -> None:
    """Bring the database, its data and the static files up to date."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from avgust.demo.loading import is_loaded
    from avgust.web.serving import leave_database, prepare_static

    prepare_static()
    if is_loaded():
        return
    _say(translate(mark("Making the fictional territory…"), language))
    began = time.monotonic()
    leave_database()
    if not _filled_apart():
        raise SystemExit(1)
    done = Message(mark("Done in %(seconds)d s."), {"seconds": round(time.monotonic() - began)})
    _say(done.render(language))


def _filled_apart() -> bool:
    """Load the territory in a process of its own; return whether it went well.

    The server forks from this process, and what filling starts must not be in it: typst sets the demo's PDFs
    with threads that a fork leaves behind, and every PDF of the server waited for them for ever.
    """
    filling = get_context("spawn").Process(target=_fill)
    filling.start()
    filling.join()
    return filling.exitcode == 0


def _fill() -> None:
    import django

    django.setup()
    from avgust.demo.loading import load

    load()


def _guide(language: str, address: str) -> str:
    """Return what the newcomer needs: the address, the accounts, what to look at."""
    lines = [
        "",
        Message(mark("Avgust is at %(address)s (Ctrl+C stops it)"), {"address": address}).render(language),
        "",
        Message(mark("Accounts, all with the password %(password)s:"), {"password": PASSWORD}).render(
            language
        ),
    ]
    width = max(len(person.email) for person in PEOPLE)
    lines += [f"  {person.email:<{width}}  {person.look_at.render(language)}" for person in PEOPLE]
    return "\n".join([*lines, ""])


def _say(text: str) -> None:
    print(text, file=sys.stdout, flush=True)
