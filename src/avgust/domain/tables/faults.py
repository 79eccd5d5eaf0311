"""Why a table cannot be read: one code and one sentence for each cause, written for an official."""

from __future__ import annotations

from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.tables.sheet import MAX_TABLE_BYTES

_ = mark

FAULTS: Final[dict[str, str]] = {
    "empty": _("The file is empty (0 bytes). Choose the file with the table."),
    "too_large": _("The file is larger than %(limit)s MB. Leave only the table in it, without pictures."),
    "no_table": _("This is no table. Save it as XLSX, ODS or CSV and upload it again."),
    "no_rows": _("There is no row in the table. Check that the right file and sheet were chosen."),
    "no_results": _(
        "No sheet is a known form of results. Its heads need the participant's code and the items, as in"
        " “4К1 (3б)”. For a table of your own, choose a mapping."
    ),
    "no_heads": _(
        "No sheet has the heads of the columns. Download the template and put the rows under its heads; at"
        " least the official name and one more column are needed."
    ),
    "too_many_rows": _(
        "The sheet “%(sheet)s” has more than %(limit)s rows. Delete the empty rows below the table, or"
        " split the file."
    ),
    "too_wide": _("The sheet “%(sheet)s” has more than %(limit)s columns. Leave only the table on it."),
    "encrypted": _("The file is protected with a password. Save it without protection and upload it again."),
    "corrupted": _(
        "The file is damaged or was not copied to its end. Open it in an office program, save it anew as XLSX"
        " and upload it again."
    ),
    "bomb": _(
        "The file unpacks to far more than a table can hold, and was not opened for safety. Copy the table"
        " into a new workbook and upload that."
    ),
    "garbled": _("The letters of the file cannot be told. Save it as CSV in UTF-8, or as XLSX."),
    "timeout": _(
        "The table was not read in time, and reading was stopped. Copy the table into a new workbook."
    ),
    "memory": _(
        "The table needs more memory than reading may take. Copy the table into a new workbook: there are"
        " probably cells far to the right or far below."
    ),
    "crashed": _(
        "The reading program failed on the file. Copy the table into a new workbook and upload that."
    ),
}


class TableError(Exception):
    """A table that cannot be read, and why. `code` is a key of `FAULTS`."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        self.message = Message(FAULTS[code], params)
        super().__init__(self.message.render("en"))


def bounded(data: bytes) -> bytes:
    """Return `data` where it is no larger than a table may be. Raises TableError."""
    if len(data) > MAX_TABLE_BYTES:
        raise TableError("too_large", limit=MAX_TABLE_BYTES // 2**20)
    return data
