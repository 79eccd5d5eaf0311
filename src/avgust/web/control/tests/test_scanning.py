"""The virus scanner: a clamd of ours on loopback, which speaks INSTREAM."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from avgust.web.control.scanning import scan
from avgust.web.documents.actions import Refused

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"
seen: list[bytes] = []


class Clamd(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        seen.append(data)
        if EICAR in data:
            answer = "stream: Eicar-Signature FOUND"
        elif b"TOO LARGE" in data:
            answer = "INSTREAM size limit exceeded. ERROR"
        else:
            answer = "stream: OK"
        self.wfile.write(answer.encode() + b"\0")


@pytest.fixture
def clamd(settings: Any) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


@pytest.mark.usefixtures("clamd")
def test_clean_bytes_pass_whole() -> None:
    data = bytes(range(256)) * 1000
    scan(data)
    assert seen[-1] == data


@pytest.mark.usefixtures("clamd")
def test_an_infected_file_is_named() -> None:
    with pytest.raises(Refused) as refused:
        scan(b"..." + EICAR)
    assert refused.value.reason.params == {"name": "Eicar-Signature"}
    assert "Eicar-Signature" in refused.value.reason.render("ru")


@pytest.mark.usefixtures("clamd")
def test_what_was_not_scanned_is_not_taken() -> None:
    with pytest.raises(Refused, match="does not answer"):
        scan(b"TOO LARGE")


@pytest.mark.parametrize("place", ["127.0.0.1:{port}", "/nowhere/clamd.ctl"])
def test_a_silent_scanner_refuses(settings: Any, place: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.CLAMD = place.format(port=free.getsockname()[1])
    with pytest.raises(Refused, match="does not answer"):
        scan(b"data")


def test_a_socket_of_the_machine(settings: Any, tmp_path: Any) -> None:
    settings.CLAMD = str(tmp_path / "clamd.ctl")
    with socketserver.ThreadingUnixStreamServer(settings.CLAMD, Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        scan(b"by the socket")
        server.shutdown()
    assert seen[-1] == b"by the socket"


def test_without_a_scanner_nothing_is_asked(settings: Any) -> None:
    settings.CLAMD = ""
    scan(EICAR)
