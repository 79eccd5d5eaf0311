"""What each role may do: one table. A right holds for the unit of the post and everything under it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in the system, by a post at a unit."""

    REGIONAL_OFFICER = "regional_officer", _("officer of the regional authority")
    MUNICIPAL_OFFICER = "municipal_officer", _("officer of the municipal authority")
    HEAD = "head", _("head of an organisation")
    DEPUTY = "deputy", _("deputy head of an organisation")
    STAFF = "staff", _("member of staff of an organisation")
    METHODOLOGIST = "methodologist", _("methodologist")
    ANALYST = "analyst", _("analyst")
    OBSERVER = "observer", _("observer")
    ADMIN = "admin", _("administrator")


class Action(StrEnum):
    """What can be allowed."""

    SEE_TERRITORY = "territory.see"
    EDIT_TERRITORY = "territory.edit"
    SEE_DOCUMENTS = "documents.see"
    UPLOAD_DOCUMENT = "documents.upload"
    REVIEW_DOCUMENT = "documents.review"
    DELETE_DOCUMENT = "documents.delete"
    ADOPT_PROGRAMME = "programmes.adopt"
    SEE_PROGRAMMES = "programmes.see"
    EDIT_PROGRAMME = "programmes.edit"
    EXPORT_PROGRAMME = "programmes.export"
    PUBLISH_PROGRAMME = "programmes.publish"
    PREPARE_DECISIONS = "decisions.prepare"
    SEE_ASSIGNMENTS = "control.see"
    REPORT_ASSIGNMENT = "control.report"
    CONTROL_ASSIGNMENTS = "control.decide"
    DO_ERRANDS = "control.errands"
    SEE_ACTS = "acts.see"
    WRITE_ACTS = "acts.write"
    AGREE_ACTS = "acts.agree"
    EDIT_TEMPLATES = "acts.templates"
    SEE_RESULTS = "assessments.see"
    IMPORT_RESULTS = "assessments.import"
    EDIT_ADVICE = "assessments.advise"
    SEE_JOURNAL = "journal.see"
    INVITE_PEOPLE = "accounts.invite"
    MANAGE_ACCOUNTS = "accounts.manage"


_LOOK: Final = frozenset(
    {Action.SEE_TERRITORY, Action.SEE_PROGRAMMES, Action.SEE_ASSIGNMENTS, Action.SEE_ACTS}
)
_READ: Final = _LOOK | {Action.SEE_DOCUMENTS, Action.EXPORT_PROGRAMME}
# A local act is always one of an organisation that one works for; agreeing reaches over the whole scope.
_ACTS: Final = frozenset({Action.WRITE_ACTS, Action.AGREE_ACTS})
_OFFICER: Final = (
    _READ
    | _ACTS
    | {
        Action.UPLOAD_DOCUMENT,
        Action.REVIEW_DOCUMENT,
        Action.DELETE_DOCUMENT,
        Action.ADOPT_PROGRAMME,
        Action.EDIT_PROGRAMME,
        Action.PUBLISH_PROGRAMME,
        Action.PREPARE_DECISIONS,
        Action.REPORT_ASSIGNMENT,
        Action.CONTROL_ASSIGNMENTS,
        Action.DO_ERRANDS,
        Action.EDIT_TEMPLATES,
        Action.SEE_RESULTS,
        Action.IMPORT_RESULTS,
        Action.EDIT_ADVICE,
        Action.SEE_JOURNAL,
        Action.INVITE_PEOPLE,
    }
)
# A head imports works of the own school; those of the region are imported where they belong.
_HEAD: Final = (
    _LOOK
    | _ACTS
    | {
        Action.EXPORT_PROGRAMME,
        Action.REPORT_ASSIGNMENT,
        Action.DO_ERRANDS,
        Action.SEE_RESULTS,
        Action.IMPORT_RESULTS,
    }
)

RIGHTS: Final[dict[Role, frozenset[Action]]] = {
    Role.REGIONAL_OFFICER: _OFFICER | {Action.EDIT_TERRITORY},
    Role.MUNICIPAL_OFFICER: _OFFICER,
    Role.HEAD: _HEAD,
    Role.DEPUTY: _HEAD,
    # Does what the head or a deputy entrusted, and speaks for nobody.
    Role.STAFF: frozenset({Action.SEE_TERRITORY, Action.DO_ERRANDS}),
    # A report is always about an organisation that one works for: the right says who speaks for it.
    Role.METHODOLOGIST: _READ
    | _ACTS
    | {
        Action.UPLOAD_DOCUMENT,
        Action.REVIEW_DOCUMENT,
        Action.PREPARE_DECISIONS,
        Action.REPORT_ASSIGNMENT,
        Action.DO_ERRANDS,
        Action.EDIT_TEMPLATES,
        Action.SEE_RESULTS,
        Action.EDIT_ADVICE,
    },
    Role.ANALYST: _READ | {Action.SEE_JOURNAL, Action.SEE_RESULTS, Action.IMPORT_RESULTS},
    Role.OBSERVER: _READ,
    # Runs the system and does no work of the offices: adopts nothing, reviews nothing.
    Role.ADMIN: _LOOK
    | {Action.EDIT_TERRITORY, Action.SEE_JOURNAL, Action.INVITE_PEOPLE, Action.MANAGE_ACCOUNTS},
}

_UNDER_AN_OFFICE: Final = frozenset(
    {Role.HEAD, Role.DEPUTY, Role.STAFF, Role.METHODOLOGIST, Role.ANALYST, Role.OBSERVER}
)

# Whom a role gives a post to, under its own unit. No officer makes a colleague of the own rank: a second
# account of one's own would do away with the second person.
GRANTS: Final[dict[Role, frozenset[Role]]] = {
    Role.REGIONAL_OFFICER: _UNDER_AN_OFFICE | {Role.MUNICIPAL_OFFICER},
    Role.MUNICIPAL_OFFICER: _UNDER_AN_OFFICE,
    Role.ADMIN: frozenset(Role),
}

# Kinds of units (`territory.Unit.Kind`) where a role has a meaning; a role without a row fits everywhere.
_PLACES: Final = frozenset({"region", "municipality"})
ONLY_AT: Final[dict[Role, frozenset[str]]] = {
    Role.REGIONAL_OFFICER: frozenset({"region"}),
    Role.MUNICIPAL_OFFICER: frozenset({"municipality"}),
}
NEVER_AT: Final[dict[Role, frozenset[str]]] = dict.fromkeys((Role.HEAD, Role.DEPUTY, Role.STAFF), _PLACES)


def fits(role: Role, kind: str) -> bool:
    """Return whether a post of `role` has a meaning at a unit of `kind`."""
    return kind in ONLY_AT.get(role, {kind}) and kind not in NEVER_AT.get(role, ())


def roles_that_may(action: Action) -> frozenset[Role]:
    """Return the roles whose posts allow `action`."""
    return frozenset(role for role, actions in RIGHTS.items() if action in actions)
