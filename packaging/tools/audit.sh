#!/bin/bash
# Known vulnerabilities of what a release is built from:  audit.sh     needs a network; run before each release
# pip-audit asks the package index about every pinned distribution. What it could not ask about counts as a failure.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
VENV=$(mktemp -d)
trap 'rm -rf "$VENV"' EXIT
python3 -m venv "$VENV"
"$VENV/bin/python" -m pip install -q --disable-pip-version-check "pip-audit>=2.9,<3"
for lock in "$ROOT"/packaging/locks/*.txt; do
  echo "== $(basename "$lock")"
  "$VENV/bin/pip-audit" --disable-pip --no-deps --strict --progress-spinner off -r "$lock"
done
