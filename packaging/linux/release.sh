#!/bin/bash
# From a clean clone to the Linux packages, in one command:  packaging/linux/release.sh OUT
#   PORCHLIGHT_BUILD=FOLDER              work there instead of in build/ (virtual environment, frozen folder)
#   PORCHLIGHT_PYTHON=COMMAND            build with this Python (else 3.13 where there is one, else python3)
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

for candidate in ${PORCHLIGHT_PYTHON:-python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13.*/bin/python3 python3}; do
  # a shim may stand there without a Python behind it, so ask it
  if PYTHON=$("$candidate" -c 'import sys; print(sys.executable)' 2>/dev/null); then break; fi
done
# the program is frozen with the system's own libraries: name those that are missing, or install them as root
(cd "$ROOT" && "$PYTHON" -c 'import run; run.prepare_system(window=True)')
for tool in readelf as ld dpkg-deb git ${KEY:+minisign}; do
  command -v "$tool" >/dev/null || { echo "The command $tool is missing: apt-get install binutils dpkg git minisign" >&2; exit 1; }
done

VENV=$BUILD/venv
if [ ! -x "$VENV/bin/python" ]; then "$PYTHON" -m venv "$VENV"; fi
LOCK=$ROOT/packaging/locks/$("$VENV/bin/python" -c 'import sys; print("linux-cp%d%d" % sys.version_info[:2])').txt
"$VENV/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r "$LOCK"
cd "$ROOT"
rm -rf "$BUILD/dist"
"$VENV/bin/python" -m PyInstaller packaging/pyinstaller/porchlight.spec --noconfirm --log-level ERROR \
  --distpath "$BUILD/dist" --workpath "$BUILD/pyinstaller"
FROZEN=$BUILD/dist/Porchlight
ln -s Porchlight "$FROZEN/porchlight-cli"
"$VENV/bin/python" packaging/tools/papers.py "$BUILD" "$FROZEN" "$OUT/Porchlight-$VERSION-linux-sbom.json"
"$VENV/bin/python" packaging/tools/manifest.py "$FROZEN"
env -u DISPLAY -u WAYLAND_DISPLAY "$FROZEN/porchlight-cli" --self-check
bash packaging/linux/build.sh "$VERSION" "$FROZEN" "$OUT"
bash packaging/tools/sign.sh "$VERSION" "$OUT" "$KEY"
