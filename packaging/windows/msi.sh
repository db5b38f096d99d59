#!/bin/bash
# The package for everybody on a laptop, for administrators and fleets:  msi.sh FROZEN OUT.msi
set -euo pipefail
source "$(dirname "$0")/wine.sh"
FROZEN=$(readlink -f "$1")
OUT=$(readlink -f "$2")
T=$(mktemp -d "$WORK/msi.XXXXXX")
PRODUCT=$(python3 -c "import sys, uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(sys.argv[1:])))" porchlight "$VERSION" "$SOURCE_DATE_EPOCH")
cp -al "$FROZEN" "$T/files"
cd "$T/files"
python3 "$HERE/msi.py" files . >"$T/files.wxs"
rm -f "$OUT"
cp -p "$HERE/porchlight.ico" .
wixl -a x64 -D Win64=yes -D Version="$VERSION" -D Product="$PRODUCT" -o "$OUT" "$HERE/porchlight.wxs" "$T/files.wxs"
python3 "$HERE/msi.py" settle "$OUT" "$SOURCE_DATE_EPOCH"
cd "$WORK"
rm -rf "$T"
