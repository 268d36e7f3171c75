"""The two shell scripts that Gradescope calls."""

from __future__ import annotations

# The base image may be Ubuntu 22.04, whose python3 is 3.10: too old for us.
SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image of the autograder.
set -euo pipefail
ROOT=${AUTOGRADER_ROOT:-/autograder}
SOURCE=${AUTOGRADER_SOURCE:-$ROOT/source}

new_enough() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    return 1
}

install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    if ! command -v bwrap >/dev/null; then
        apt-get update -qq || true
        install bubblewrap libseccomp2 || echo "bubblewrap cannot be installed: the sandbox will be weaker." >&2
    fi
    if ! find_python >/dev/null; then
        apt-get update -qq || true
        install python3-venv || true
        find_python >/dev/null || install python3.12 python3.12-venv || install python3.11 python3.11-venv || true
    fi
fi
PYTHON=$(find_python) || {
    echo "Python 3.11 or newer is needed. Choose a newer base image (Ubuntu 24.04) in Gradescope." >&2
    exit 3
}
[ -x "$ROOT/venv/bin/python" ] || "$PYTHON" -m venv "$ROOT/venv"
"$ROOT/venv/bin/python" -m pip install -q --disable-pip-version-check \\
    -c "$SOURCE/constraints.txt" -r "$SOURCE/requirements.txt"
PYTHONPATH="$SOURCE" "$ROOT/venv/bin/python" -P -m autograder.lms.gradescope --check "$SOURCE"
"""

RUN = """\
#!/usr/bin/env bash
# Gradescope runs this, as root, for each submission.
ROOT=${AUTOGRADER_ROOT:-/autograder}
SOURCE=${AUTOGRADER_SOURCE:-$ROOT/source}
mkdir -p "$ROOT/results"
cat >"$ROOT/results/.unfinished.json" <<'END'
@UNFINISHED@
END
mv -f "$ROOT/results/.unfinished.json" "$ROOT/results/results.json"
cd "$SOURCE" || exit 4
export PYTHONPATH="$SOURCE" PYTHONDONTWRITEBYTECODE=1
exec "$ROOT/venv/bin/python" -P -m autograder.lms.gradescope "$ROOT" "$SOURCE"
"""
