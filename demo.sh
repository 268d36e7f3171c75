#!/usr/bin/env bash
# Makes a virtual environment, installs the grader, and grades a demo class of sixty.
set -euo pipefail
cd "$(dirname "$0")"
source ./setup.sh
install grade
exec .venv/bin/autograder demo "$@"
