#!/bin/bash
# Build this commit twice, from two clones in two places, and compare:  reproduce.sh WORK
# No exceptions: the frozen folder, all packages, the list of parts and the sums must have the same bytes. (With
# a releaser's key the signature differs, because minisign writes the time into it.)
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
WORK=$(mkdir -p "$1" && readlink -f "$1")
unset PORCHLIGHT_RELEASE_KEY
for turn in one "second place"; do
  place="$WORK/$turn"
  mkdir -p "$place"
  if [ ! -d "$place/clone" ]; then git clone -q "$ROOT" "$place/clone"; fi
  git -C "$place/clone" checkout -q --detach "$(git -C "$ROOT" rev-parse HEAD)"
  PORCHLIGHT_BUILD="$place/build" bash "$place/clone/packaging/linux/release.sh" "$place/out" >"$place/log" 2>&1 ||
    { tail -n 20 "$place/log" >&2; exit 1; }
  sleep 1 # a time of day that slipped into a file shall differ
done
python3 "$ROOT/packaging/tools/compare.py" "$WORK/one/build/dist/Porchlight" "$WORK/second place/build/dist/Porchlight"
python3 "$ROOT/packaging/tools/compare.py" "$WORK/one/out" "$WORK/second place/out"
