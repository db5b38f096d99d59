#!/bin/bash
# What the Windows build costs, as ratios to an empty window frozen by the same spec, in one run:  measure.sh [ROUNDS]
# After build.sh. Times are Wine's: only their ratio says something about Windows.
set -euo pipefail
source "$(dirname "$0")/wine.sh"
C=$WORK/builder/drive_c
windows "$WORK/builder"
if [ ! -d "$C/measured/dist/Empty" ]; then
  sources "$C/source"
  export PORCHLIGHT_EMPTY='C:\source\tests\benchmarks\empty_window.py'
  cd "$C/source"
  LIMIT=3600 win 'C:\python\python.exe' -m PyInstaller 'packaging\pyinstaller\porchlight.spec' --noconfirm \
    --log-level ERROR --distpath 'C:\measured\dist' --workpath 'C:\measured\build'
fi
windows "$WORK/bare"
WINE=$WINE python3 "$ROOT/tests/benchmarks/install.py" "$C/dist/Porchlight" "$C/measured" "${1:-5}"
