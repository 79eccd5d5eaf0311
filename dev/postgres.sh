#!/usr/bin/env bash
# Runs a command on a PostgreSQL of its own, which is gone afterwards: `bash dev/postgres.sh make test-database`.
# The command finds the address in DATABASE_URL. Needs Debian's package postgresql; root becomes `postgres`.
set -euo pipefail
(($#)) || { echo "usage: bash dev/postgres.sh COMMAND…" >&2; exit 2; }

initdb=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1) || true
[ -n "$initdb" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
bin=$(dirname "$initdb")
folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))

as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$folder" "$@"
    else
        "$@"
    fi
}
stop() {
    as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop || true
    rm -rf "$folder"
}
trap stop EXIT
[ "$(id -u)" != 0 ] || chown postgres:postgres "$folder"
# Debian's bare machine has no ru_RU of the C library: the order of letters is ICU's.
as_postgres "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 \
    --locale-provider=icu --icu-locale=ru-RU --locale=C.UTF-8 >/dev/null
as_postgres "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" \
    -o "-p $port -k $folder -h 127.0.0.1 -c fsync=off -c max_connections=60" start
DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres" "$@"
