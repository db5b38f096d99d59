#!/bin/bash
# From a clean clone to the Linux packages, in one command:  packaging/linux/release.sh OUT
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
OUT=$(mkdir -p "$1" && readlink -f "$1")
VERSION=$(sed -n 's/^version = "\(.*\)"/\1/p' "$ROOT/pyproject.toml")
export PYTHONHASHSEED=0 SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH=$(git -C "$ROOT" log -1 --format=%ct)
VENV=$ROOT/.venv-build
if [ ! -x "$VENV/bin/python" ]; then python3 -m venv "$VENV"; fi
"$VENV/bin/python" -m pip install -q --disable-pip-version-check "$ROOT[package]"
cd "$ROOT"
"$VENV/bin/python" -m PyInstaller packaging/pyinstaller/porchlight.spec --noconfirm --log-level WARN \
  --distpath "$ROOT/dist" --workpath "$ROOT/build/pyinstaller"
python3 packaging/tools/manifest.py dist/Porchlight
env -u DISPLAY dist/Porchlight/porchlight-cli self-check
bash packaging/linux/build.sh "$VERSION" dist/Porchlight "$OUT"
