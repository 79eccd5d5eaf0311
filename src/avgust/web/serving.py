"""`avgust serve`: gunicorn inside the process, two workers of eight threads, static files by whitenoise."""

from __future__ import annotations

import gc
import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import gunicorn.app.base
import gunicorn.glogging

WORKERS: Final = 2
THREADS: Final = 8
YOUNG_GARBAGE: Final = 20_000  # objects that may be garbage, at which it is looked for between two answers
MOST_GARBAGE: Final = 200_000  # at which it is looked for even within a long request
SECRET: Final = re.compile(  # paths that open something to whoever has them
    r"^(/calendar/|/accounts/password/reset/key/|/accounts/confirm-email/)[^/]+"
)


class QuietLogger(gunicorn.glogging.Logger):
    """An access log without people: no address, no name, no query string, no browser, no secret address.

    The number of the request is the one that the journal keeps with its acts.
    """

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        """Write method, path, status, size and time in milliseconds of a page."""
        if not self.cfg.accesslog or req.path.startswith("/static/"):
            return
        milliseconds = request_time.total_seconds() * 1000
        self.access_log.info(
            "%s %s %s %s %s %.0fms %s",
            datetime.now().astimezone().isoformat(timespec="seconds"),
            req.method,
            SECRET.sub(r"\1…", req.path),
            resp.status.split(" ", 1)[0],
            getattr(resp, "sent", 0),
            milliseconds,
            next((value for name, value in getattr(resp, "headers", ()) if name == "X-Request-ID"), "-"),
        )


class _Server(gunicorn.app.base.BaseApplication):
    """gunicorn with options from here instead of its own command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application; each worker makes its own, so that no connection is shared by a fork."""
        from avgust.web.config.wsgi import application  # noqa: PLC0415 - the settings are read here

        settle_memory()
        return application


def prepare_static() -> bool:
    """Collect static files when a source is newer than what was collected; return whether it was done."""
    from django.conf import settings  # noqa: PLC0415 - after django.setup()
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    if settings.WHITENOISE_USE_FINDERS:
        return False
    sources = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    newest = max(source.stat().st_mtime for source in sources)
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and manifest.stat().st_mtime >= newest:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    manifest.touch()
    return True


def settle_memory() -> None:
    """Set aside what a started process keeps for good, and leave cycles of garbage to `tidy_up`.

    A full collection visits everything that is alive: the code, the catalogues, the readings of documents
    under review. With Python's own thresholds it fell into one request of ten and took 130 ms of it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(MOST_GARBAGE, 20, 20)


def tidy_up() -> None:
    """Look for cycles of garbage between two answers: nobody waits for it.

    A page leaves four thousand objects. Looking for them fell into one request of twelve, for 10 to 20 ms.
    """
    young, older, oldest = gc.get_count()
    if young >= YOUNG_GARBAGE:
        gc.collect(0 if older < 20 else 1 if oldest < 20 else 2)


def after_answer(_worker: Any, _request: Any, _environ: Any, _answer: Any) -> None:
    """Tidy up after an answer that was sent; gunicorn's `post_request`."""
    tidy_up()


def leave_database() -> None:
    """Close connections and their pools before a fork.

    Workers would share the socket of an open connection, and would get a pool without the threads that
    fill it: the first of them waits for a connection until it gives up.
    """
    from django.db import connections  # noqa: PLC0415 - after django.setup()

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def serve(host: str, port: int) -> None:
    """Serve until stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avgust.web.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    prepare_static()
    from django.conf import settings  # noqa: PLC0415

    leave_database()
    level = settings.LOG_LEVEL
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    _Server(
        {
            "bind": address,
            "worker_class": "gthread",
            "workers": WORKERS,
            "threads": THREADS,
            "timeout": 120,
            "limit_request_line": 8_190,  # the most of gunicorn: a view with many filters is a long address
            "graceful_timeout": 20,
            "post_request": after_answer,
            "max_requests": 5000,
            "max_requests_jitter": 500,
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 - gunicorn's heartbeat
            "accesslog": "-" if level in {"DEBUG", "INFO"} else None,
            "logger_class": QuietLogger,
            "loglevel": level.lower(),
            "proc_name": "avgust",
            "control_socket_disable": True,
            "forwarded_allow_ips": "*" if settings.PROXY else "127.0.0.1",
        }
    ).run()
