"""Sentences of the domain as JSON keeps them, until a reader's language is known."""

from __future__ import annotations

from typing import Any

from avgust.domain.messages import Message


def message_out(message: Message) -> dict[str, Any]:
    """Return a message as JSON keeps it."""
    said = message.params.items()
    params = {key: message_out(one) if isinstance(one, Message) else one for key, one in said}
    return {"msgid": message.msgid, "params": params}


def message_in(value: dict[str, Any]) -> Message:
    """Return the message that `message_out` kept."""
    params = {key: message_in(one) if isinstance(one, dict) else one for key, one in value["params"].items()}
    return Message(value["msgid"], params)
