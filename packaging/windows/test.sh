#!/bin/bash
# The test suite on Windows' Python, with the very wheels we ship:  test.sh [ARGUMENTS OF PYTEST]
# Left out are the tests that not-under-wine.txt names, each with its reason. Takes about half an hour.
#   WORKERS=N      processes beside each other, 2 unless told otherwise
set -euo pipefail
bash "$(dirname "$0")/runtime.sh" --tests
source "$(dirname "$0")/wine.sh"
C=$WORK/builder/drive_c
windows "$WORK/builder"
sources "$C/tested"
if [ -d "$ROOT/../shared" ]; then ln -sfn "$(readlink -f "$ROOT/../shared")" "$C/shared"; fi # the sample lists
LEFT=()
while read -r name _; do LEFT+=(--deselect "$name"); done < <(grep '^tests/' "$HERE/not-under-wine.txt")
export PYTHONPATH='C:\python-tests' PYTHONDONTWRITEBYTECODE=1 LIMIT=${LIMIT:-7200}
# Wine takes QT_* out of the environment of what it starts
START='import os, sys; os.environ["QT_QPA_PLATFORM"] = "offscreen"; sys.path.insert(0, ""); import pytest; sys.exit(pytest.main())'

pytest() {
  (cd "$C/tested" && win 'C:\python\python.exe' -c "$START" -q -p no:cacheprovider -n "${WORKERS:-2}" "${LEFT[@]}" "$@")
}
if [ $# -gt 0 ]; then
  pytest "$@"
  exit
fi
failed= table=
for folder in resources reports desktop house packaging; do
  pytest "tests/$folder" -rs | tee "$WORK/tested-$folder.log" || failed="$failed $folder"
  table="$table$(printf '%-10s' "$folder") $(tail -n 1 "$WORK/tested-$folder.log" | tr -d '\r')"$'\n'
done
printf '%s' "$table"
if [ -n "$failed" ]; then
  echo "Failed under Wine:$failed" >&2
  exit 1
fi
echo "Everything passed under Wine, but for what not-under-wine.txt names."
