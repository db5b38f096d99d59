#!/bin/bash
# The package for everybody on a laptop, for administrators and fleets:  msi.sh FROZEN OUT.msi
set -euo pipefail
source "$(dirname "$0")/wine.sh"
FROZEN=$(readlink -f "$1")
OUT=$(readlink -f "$2")
T=$(mktemp -d "$WORK/msi.XXXXXX")
PRODUCT=$(python3 -c "import sys, uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(sys.argv[1:])))" porchlight "$VERSION" "$SOURCE_DATE_EPOCH")
# wixl wants names as seen from inside the folder, and wixl-heat calls that folder "."
cp -al "$FROZEN" "$T/files"
cd "$T/files"
find . -type f -printf '%P\n' | LC_ALL=C sort |
  wixl-heat -p "" --directory-ref INSTALLDIR --component-group App --var var.Src --win64 |
  python3 -c '
import re, sys
text = sys.stdin.read().replace("Source=\"$(var.Src)/", "Source=\"")
sys.stdout.write(re.sub(r"<Directory Id=\"dir\w+\" Name=\"\.\">(.*?</Component>)\s*</Directory>", r"\1", text, count=1, flags=re.S))' >"$T/files.wxs"
rm -f "$OUT"
cp "$HERE/porchlight.ico" .
wixl -a x64 -D Win64=yes -D Version="$VERSION" -D Product="$PRODUCT" -o "$OUT" "$HERE/porchlight.wxs" "$T/files.wxs"
cd "$WORK"
rm -rf "$T"
