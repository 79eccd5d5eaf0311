"""A virus scanner, where there is one: clamd, asked by its INSTREAM command before a file is opened.

https://docs.clamav.net/manual/Usage/Scanning.html#clamd: the command, then chunks each with its length in
four bytes, then a length of nought; the answer is "stream: OK", "stream: NAME FOUND" or an error.
"""

from __future__ import annotations

import logging
import socket
import struct
from typing import Final

from django.conf import settings

from avgust.domain.messages import Message, mark
from avgust.web.documents.actions import Refused

logger = logging.getLogger(__name__)

SECONDS: Final = 30.0
CHUNK: Final = 64 * 1024
LONGEST_ANSWER: Final = 4096


def scan(data: bytes) -> None:
    """Return when the scanner finds nothing, or none is configured (`AVGUST_CLAMD`).

    Raises Refused for an infected file, and also when the scanner does not answer: what was not scanned is
    not kept.
    """
    if not settings.CLAMD:
        return
    try:
        answer = _asked(data)
    except OSError as error:
        logger.error("The virus scanner does not answer: %s", error)  # noqa: TRY400 - the cause is the address
        raise Refused(SILENT) from error
    if answer.endswith("FOUND"):
        name = answer.removeprefix("stream:").removesuffix("FOUND").strip()
        logger.warning("A file was refused: %s.", name)
        raise Refused(Message(INFECTED, {"name": name}))
    if not answer.endswith("OK"):
        logger.error("The virus scanner answers: %s", answer)
        raise Refused(SILENT)


SILENT: Final = Message(
    mark(
        "The virus scanner does not answer, so the file was not taken. Try again later or tell the"
        " administrator."
    )
)
INFECTED: Final = mark("The virus scanner found %(name)s in the file; it was not taken. Check your computer.")


def _asked(data: bytes) -> str:
    with _connected() as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), CHUNK):
            chunk = data[at : at + CHUNK]
            scanner.sendall(struct.pack(">I", len(chunk)) + chunk)
        scanner.sendall(struct.pack(">I", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
            part = scanner.recv(LONGEST_ANSWER)
            if not part:
                break
            answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected() -> socket.socket:
    """Return a connection to `AVGUST_CLAMD`: the path of a socket, or host:port."""
    place: str = settings.CLAMD
    if place.startswith("/"):
        local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        local.settimeout(SECONDS)
        local.connect(place)
        return local
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
