"""A server of OpenID Connect inside the test's process: discovery, token, userinfo, keys, on loopback."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "avgust"
CODE = "a-code-of-the-server"


@dataclass
class Provider:
    """The server: `claims` are what it says of the person, `asked` what it was sent for the token."""

    claims: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)
    address: str = ""
    key: Any = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def answer(self, path: str) -> dict[str, Any] | None:
        """Return what stands at `path`."""
        match path:
            case "/.well-known/openid-configuration":
                return {
                    "issuer": self.address,
                    "authorization_endpoint": f"{self.address}/authorize",
                    "token_endpoint": f"{self.address}/token",
                    "userinfo_endpoint": f"{self.address}/userinfo",
                    "jwks_uri": f"{self.address}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            case "/token":
                now = int(time.time())
                said = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
                token = jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "1"})
                return {"access_token": "let me in", "token_type": "Bearer", "id_token": token}
            case "/userinfo":
                return self.claims
            case "/keys":
                public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
                return {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]}
        return None


@contextmanager
def running() -> Iterator[Provider]:
    """Run the server on a free port."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.asked = parse_qs(body)
            self._answer()

        def _answer(self) -> None:
            said = provider.answer(urlsplit(self.path).path)
            self.send_response(404 if said is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_said: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield provider
    server.shutdown()
    server.server_close()
