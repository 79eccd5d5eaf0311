"""What public pages print of states, links and frames."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.translation import gettext_lazy as _

from avgust.domain.proof import ProofState
from avgust.domain.publishing.links import site_of

register = template.Library()

GROUNDS: Final = {
    ProofState.PROVEN_BY_DATA: _("counted from registries"),
    ProofState.PROVEN_BY_DOCUMENT: _("a second person accepted a document"),
    ProofState.CLAIMED: _("reported, not checked"),
    ProofState.CONTRADICTED: _("the report and the data differ"),
    ProofState.NOT_DONE: _("the day has passed"),
    ProofState.NOT_DUE: _("ahead"),
}


@register.filter
def proof_ground(state: ProofState) -> str:
    """Return what a state stands on."""
    return str(GROUNDS[state])


@register.filter
def site(url: str) -> str:
    """Return the site of a link."""
    return site_of(url)


@register.filter
def frame_of(root: str) -> str:
    """Return the address for a frame beside the public page at `root`."""
    before, _slash, number = root.rstrip("/").rpartition("/public/")
    return f"{before}/embed/{number}/"
