"""What the database itself does for the journal: adds the links of the chain, refuses to change a row.

Both run for whoever writes, also for SQL by hand. They are laid down after each `migrate`: SQLite drops the
triggers of a table that a migration rebuilds.

PostgreSQL links at commit (a deferred trigger): a writer waits for another only while that one commits, not
while it works, and two that hold rows of each other cannot wait for the chain as well. SQLite has one writer
at a time anyway. `opened()` is the gate through which erasure and `flush` go.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections

from avgust.domain.journal import GENESIS, link_hash
from avgust.web.audit.words import INDEX, INDEXED

_open: ContextVar[bool] = ContextVar("journal_open", default=False)
_SEALED: Final = ("audit_entry", "audit_link", "audit_private")
REFUSAL: Final = "The journal is append-only."
_LOCK: Final = 4_091_926  # any number that no other advisory lock of the database has

_SQLITE_CHAIN: Final = f"""
CREATE TRIGGER IF NOT EXISTS audit_chain AFTER INSERT ON audit_entry BEGIN
    INSERT INTO audit_link (number, entry_id, hash)
    SELECT n + 1, NEW.id, avgust_link(
        coalesce((SELECT hash FROM audit_link WHERE number = n), '{GENESIS}'), n + 1, NEW.id, NEW.digest)
    FROM (SELECT coalesce(max(number), 0) AS n FROM audit_link);
END"""  # noqa: S608 - the genesis is a constant
_SQLITE_REFUSAL: Final = """
CREATE TRIGGER IF NOT EXISTS {table}_{act} BEFORE {act} ON {table} WHEN NOT avgust_journal_open() BEGIN
    SELECT RAISE(ABORT, '{refusal}');
END"""
# The table of words repeats nothing: it points into audit_words, and is told what goes and what comes.
_SQLITE_WORDS: Final = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5(text, content='audit_words', content_rowid='entry_id')",
    f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')",  # noqa: S608 - a constant
)
_COME: Final = f"INSERT INTO {INDEX} (rowid, text) VALUES (NEW.entry_id, NEW.text);"  # noqa: S608
_GO: Final = f"INSERT INTO {INDEX} ({INDEX}, rowid, text) VALUES ('delete', OLD.entry_id, OLD.text);"  # noqa: S608
_SQLITE_WORDS_KEPT: Final = tuple(
    f"CREATE TRIGGER IF NOT EXISTS audit_words_{act} AFTER {act} ON audit_words BEGIN {told} END"
    for act, told in (("INSERT", _COME), ("UPDATE", _GO + _COME), ("DELETE", _GO))
)

_POSTGRES_FUNCTIONS: Final = f"""
CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head record;
BEGIN
    PERFORM pg_advisory_xact_lock({_LOCK:d});
    SELECT number, hash INTO head FROM audit_link ORDER BY number DESC LIMIT 1;
    head.number := coalesce(head.number, 0) + 1;
    INSERT INTO audit_link (number, entry_id, hash) VALUES (head.number, NEW.id, encode(sha256(convert_to(
        concat_ws('|', coalesce(head.hash, '{GENESIS}'), head.number, NEW.id, NEW.digest), 'UTF8')), 'hex'));
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('avgust.journal', true), '') <> 'open' THEN
        RAISE EXCEPTION '{REFUSAL}';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE INDEX IF NOT EXISTS audit_words_index ON audit_words USING gin ({INDEXED % "text"});
"""  # noqa: S608 - constants of this program
_POSTGRES_CHAIN: Final = """
CREATE CONSTRAINT TRIGGER zz_audit_chain AFTER INSERT ON audit_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain()"""
_POSTGRES_REFUSALS: Final = """
CREATE OR REPLACE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE OR REPLACE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""


def teach_chain(connection: Any, **_kwargs: Any) -> None:
    """Give a new SQLite connection the functions that the triggers call."""
    if connection.vendor == "sqlite":
        define = connection.connection.create_function
        define("avgust_link", 4, link_hash, deterministic=True)
        define("avgust_journal_open", 0, lambda: int(_open.get()))


def install(using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
    """Lay the triggers down where they are missing; nothing before the tables are there."""
    connection = connections[using]
    if not set(_SEALED) <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SQLITE_CHAIN)
            for table in _SEALED:
                for act in ("UPDATE", "DELETE"):
                    cursor.execute(_SQLITE_REFUSAL.format(table=table, act=act, refusal=REFUSAL))
            if INDEX not in connection.introspection.table_names(cursor):
                for statement in _SQLITE_WORDS:
                    cursor.execute(statement)
            for statement in _SQLITE_WORDS_KEPT:
                cursor.execute(statement)
        else:
            cursor.execute(_POSTGRES_FUNCTIONS)
            if "zz_audit_chain" not in installed(using):
                cursor.execute(_POSTGRES_CHAIN)
            cursor.execute("".join(_POSTGRES_REFUSALS.format(table=table) for table in _SEALED))


def installed(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Return the names of the triggers that the database has."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def missing(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Return the triggers that somebody took away."""
    if connections[using].vendor == "sqlite":
        wanted = {f"{table}_{act}" for table in _SEALED for act in ("UPDATE", "DELETE")} | {"audit_chain"}
    else:
        wanted = {f"{table}_{end}" for table in _SEALED for end in ("kept", "whole")} | {"zz_audit_chain"}
    return wanted - installed(using)


@contextmanager
def opened(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let rows of the journal be deleted inside the block: for erasure and for emptying a test database."""
    connection = connections[using]
    token = _open.set(True)
    try:
        _say(connection, "open")
        yield
        _say(connection, "")
    finally:
        _open.reset(token)


def _say(connection: Any, value: str) -> None:
    """Tell the session of PostgreSQL; after a failed statement the rollback has told it already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('avgust.journal', %s, %s)", [value, connection.in_atomic_block])
