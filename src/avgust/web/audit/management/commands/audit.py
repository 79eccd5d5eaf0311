"""`avgust manage audit verify`: tells whether the journal is what was written."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from avgust.domain.journal import Anchor, Fault, FaultKind
from avgust.web.audit import triggers
from avgust.web.audit.verifying import Report, verify

SAID: Final = {
    FaultKind.CHANGED: gettext_lazy("Entry %(entry)s was changed after it was written."),
    FaultKind.PRIVATE_CHANGED: gettext_lazy("The personal values of entry %(entry)s were changed."),
    FaultKind.PRIVATE_GONE: gettext_lazy(
        "The personal values of entry %(entry)s are gone, and no act of erasure took them."
    ),
    FaultKind.DELETED: gettext_lazy("Entry %(entry)s was deleted (link %(link)s)."),
    FaultKind.MISSING_LINK: gettext_lazy("Link %(link)s was taken out of the chain."),
    FaultKind.BROKEN_LINK: gettext_lazy("Link %(link)s does not continue the chain (entry %(entry)s)."),
    FaultKind.INSERTED: gettext_lazy("Entry %(entry)s was put in past the chain."),
    FaultKind.TRUNCATED: gettext_lazy("The tail is cut off: link %(link)s, which was kept, is not there."),
    FaultKind.REWRITTEN: gettext_lazy("The chain was rewritten: link %(link)s is not the one that was kept."),
}
SHOWN: Final = 100


class Command(BaseCommand):
    """Checks the chain of the journal and prints the anchor to be kept elsewhere."""

    help = "Check that nobody changed the journal behind the program's back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("act", choices=["verify"])
        parser.add_argument(
            "--anchor",
            nargs="?",
            const="",
            metavar="N:HASH",
            help="without a value: print the head of the chain, to be kept elsewhere; with one: check it too",
        )

    def handle(self, *, anchor: str | None, **_options: Any) -> None:
        """Exit with an error when something is wrong."""
        report = verify(_kept(anchor))
        missing = triggers.missing()
        for fault in report.faults[:SHOWN]:
            self.stderr.write(_say(fault))
        if missing:
            names = ", ".join(sorted(missing))
            said = _(
                "Triggers of the journal are missing: %(names)s. “avgust manage migrate” lays them down."
            )
            self.stderr.write(said % {"names": names})
        if report.faults or missing:
            count = len(report.faults) + len(missing)
            said = ngettext("The journal has %(count)d fault.", "The journal has %(count)d faults.", count)
            raise CommandError(said % {"count": count})
        self.stdout.write(_summary(report))
        if anchor is not None:
            self.stdout.write(str(report.head))


def _kept(anchor: str | None) -> Anchor | None:
    if not anchor:
        return None
    try:
        return Anchor.of(anchor)
    except ValueError as error:
        raise CommandError(_("An anchor is a number, a colon and 64 letters and digits.")) from error


def _say(fault: Fault) -> str:
    return str(SAID[fault.kind]) % {"link": fault.link, "entry": fault.entry}


def _summary(report: Report) -> str:
    whole = ngettext(
        "The journal is whole: %(count)d entry.", "The journal is whole: %(count)d entries.", report.entries
    )
    erased = ngettext(
        "Personal values are erased in %(count)d of them.",
        "Personal values are erased in %(count)d of them.",
        report.erased,
    )
    text = whole % {"count": report.entries}
    return f"{text} {erased % {'count': report.erased}}" if report.erased else text
