# Sourced by demo.sh and test.sh: a virtual environment, and bubblewrap where it can be installed.
# shellcheck shell=bash
PYTHON=${PYTHON:-python3}
if [ "$(uname)" = Linux ] && ! command -v bwrap >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends bubblewrap libseccomp2 procps >/dev/null
    else
        echo "bubblewrap is not installed: students' code will be less isolated (sandbox level B)." >&2
        echo "Install it with your package manager, for instance: sudo apt install bubblewrap" >&2
    fi
fi
if ! [ -x .venv/bin/python ]; then
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=...)." >&2; exit 3; }
    "$PYTHON" -m venv .venv || { echo "Cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 3; }
fi
install() {
    .venv/bin/python -m pip install -q --disable-pip-version-check -c constraints.txt -e ".[$1]"
}
