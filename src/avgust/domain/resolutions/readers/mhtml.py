"""Web archives (MHT), which Word and legal databases save under .doc: the HTML part is the document."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError

from avgust.domain.resolutions.model import SourceDocument
from avgust.domain.resolutions.readers import html
from avgust.domain.resolutions.readers.errors import ReadError


def read(data: bytes) -> SourceDocument:
    """Return the document in the bytes of a web archive."""
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.compat32)
        parts = list(message.walk())
    except (MessageError, ValueError, LookupError) as error:
        raise ReadError("corrupted", part="MHTML") from error
    for part in parts:
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return html.read(content)
    raise ReadError("no_text")
