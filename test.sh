#!/usr/bin/env bash
# Makes a virtual environment, installs the project with everything its tests need, and runs them.
set -euo pipefail
cd "$(dirname "$0")"
source ./setup.sh
install test
.venv/bin/ruff check .
.venv/bin/ruff format --check -q .
.venv/bin/mypy
.venv/bin/autograder build --check
.venv/bin/autograder validate
exec .venv/bin/python -m pytest "$@"
