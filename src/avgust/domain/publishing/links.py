"""Links that may stand on a public page: what anyone can open, and nothing that opens more than it shows."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from avgust.domain.publishing.personal import personal_words

_INNER: Final = (".local", ".lan", ".internal", ".intranet", ".localhost", ".home", ".corp")
_KEYS: Final = frozenset(
    {
        "token",
        "key",
        "access_token",
        "auth",
        "password",
        "pass",
        "pwd",
        "secret",
        "sig",
        "signature",
        "session",
        "sid",
    }
)


def is_public_link(url: str) -> bool:
    """Return whether `url` leads to a page outside of any office network, with no key and no person in it."""
    try:
        parts = urlsplit(url)
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "." not in host or parts.username is not None:
        return False
    if host.endswith(_INNER) or _is_address_of_a_network(host):
        return False
    keys = {
        name.lower() for name, _value in parse_qsl(f"{parts.query}&{parts.fragment}", keep_blank_values=True)
    }
    return not keys & _KEYS and not personal_words(url)


def _is_address_of_a_network(host: str) -> bool:
    """True for an address in figures: a public page has a name."""
    try:
        ip_address(host)
    except ValueError:
        return host.replace(".", "").isdigit()
    return True


def site_of(url: str) -> str:
    """Return the site that a link leads to, which is all that is said of it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
