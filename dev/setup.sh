#!/bin/sh
# Makes .venv in the project's root and installs from the lock: `dev/setup.sh product|developer|bench`.
# Needs Python 3.11 or newer; where Debian's Python came without venv, installs that package as root.
set -eu
cd "$(dirname "$0")/.."
level=${1:-product}
uv_version=0.13.9

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
        found=$(command -v "$name" 2>/dev/null) || continue
        # The real interpreter, not the shim of a version manager.
        found=$("$found" -c 'import sys; print(sys.executable if sys.version_info >= (3, 11) else "")' 2>/dev/null) || continue
        [ -n "$found" ] && { printf '%s' "$found"; return 0; }
    done
    return 1
}

make_venv() {
    "$1" -m venv .venv 2>/dev/null && return 0
    rm -rf .venv
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 && as_root="sudo -n" || return 1
    fi
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "Installing python$version-venv, which Debian keeps apart from Python…"
    { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "python$version-venv" ca-certificates; } >/dev/null || return 1
    "$1" -m venv .venv
}

if ! .venv/bin/python -c '' 2>/dev/null; then
    python=$(find_python) || { say "Avgust needs Python 3.11 or newer; none was found. Set PYTHON=/path/to/python3.11."; exit 1; }
    say "Making .venv with $python…"
    rm -rf .venv
    make_venv "$python" || {
        say "Could not make a virtual environment. On Debian: apt-get install python3-venv, then run make again."
        exit 1
    }
fi
if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$uv_version" ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version"
fi

case $level in
    product) groups="--no-default-groups" ;;
    developer) groups="" ;;
    bench) groups="--group bench" ;;
    *) say "dev/setup.sh: no level '$level'"; exit 2 ;;
esac
say "Installing what the lock names ($level)…"
# --inexact: a smaller level does not take away what a larger one installed (and uv itself stays).
# shellcheck disable=SC2086
UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never \
    .venv/bin/uv sync --quiet --frozen --inexact $groups --python .venv/bin/python
touch .venv/.product
[ "$level" = product ] || touch .venv/.developer
[ "$level" != bench ] || touch .venv/.bench
