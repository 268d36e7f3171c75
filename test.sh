#!/usr/bin/env bash
# Makes a virtual environment, installs the project with everything its tests need, and runs them.
# ./test.sh --quick [ID...]: what an author of exercises wants to know in a minute.
set -euo pipefail
cd "$(dirname "$0")"
source ./setup.sh
install test
.venv/bin/ruff check .
.venv/bin/ruff format --check -q .
if [ "${1:-}" = --quick ]; then
    shift
    .venv/bin/autograder build --check
    .venv/bin/autograder validate "$@"
    exec .venv/bin/python -m pytest -n auto tests/course tests/testing tests/author/test_real_course.py tests/student/test_columns80.py tests/test_glossary.py
fi
.venv/bin/mypy
.venv/bin/autograder build --check
.venv/bin/autograder validate
# A file's tests share what its fixtures have built, so a file stays on one core.
exec .venv/bin/python -m pytest -n auto --dist loadfile "$@"
