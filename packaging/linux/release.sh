#!/bin/bash
# From a clean clone to the Linux packages, in one command:  packaging/linux/release.sh OUT
#   PORCHLIGHT_BUILD=FOLDER              work there instead of in build/ (virtual environment, frozen folder)
#   PORCHLIGHT_RELEASE_KEY=FILE.key      the releaser's minisign key, FILE.pub beside it: signs, and goes into the build
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
OUT=$(mkdir -p "$1" && readlink -f "$1")
BUILD=$(mkdir -p "${PORCHLIGHT_BUILD:-$ROOT/build}" && readlink -f "${PORCHLIGHT_BUILD:-$ROOT/build}")
VERSION=$(sed -n 's/^version = "\(.*\)"/\1/p' "$ROOT/pyproject.toml")
KEY=${PORCHLIGHT_RELEASE_KEY:-}
export PYTHONHASHSEED=0 SOURCE_DATE_EPOCH PORCHLIGHT_RELEASE_PUB=
SOURCE_DATE_EPOCH=$(git -C "$ROOT" log -1 --format=%ct)
if [ -n "$KEY" ]; then PORCHLIGHT_RELEASE_PUB=$(readlink -f "${KEY%.key}.pub"); fi
VENV=$BUILD/venv
if [ ! -x "$VENV/bin/python" ]; then python3 -m venv "$VENV"; fi
"$VENV/bin/python" -m pip install -q --disable-pip-version-check "$ROOT[package]"
cd "$ROOT"
rm -rf "$BUILD/dist"
"$VENV/bin/python" -m PyInstaller packaging/pyinstaller/porchlight.spec --noconfirm --log-level WARN \
  --distpath "$BUILD/dist" --workpath "$BUILD/pyinstaller"
FROZEN=$BUILD/dist/Porchlight
ln -s Porchlight "$FROZEN/porchlight-cli"
python3 packaging/tools/manifest.py "$FROZEN"
env -u DISPLAY "$FROZEN/porchlight-cli" self-check
bash packaging/linux/build.sh "$VERSION" "$FROZEN" "$OUT"
