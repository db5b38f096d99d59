#!/bin/bash
# What build.sh made, as people use it, in Windows of their own under Wine:  try.sh OUT PICTURES [PART...]
# Silent install, run, update from a signed stick, refusals, roll-back, uninstall, wizard, portable, MSI; pictures
# of the wizard and the window go to PICTURES, for a person to look at. Needs minisign, xdotool and imagemagick.
set -euo pipefail
OUT=$(readlink -f "$1")
PICTURES=$(mkdir -p "$2" && readlink -f "$2")
source "$(dirname "$0")/wine.sh"
FROZEN=$WORK/builder/drive_c/dist/Porchlight
T=$(mktemp -d "$WORK/try.XXXXXX")
rm -rf "$WORK/trial" "$WORK/trial-msi"
new_windows "$WORK/trial"
C=$WORK/trial/drive_c
LOCAL=$(find "$C/users" -mindepth 1 -maxdepth 1 -type d ! -name Public | head -n 1)/AppData/Local
BASE=$LOCAL/Programs/Porchlight
DATA=$LOCAL/Porchlight
passed=0 failed=0

is() { # is WHAT FOUND EXPECTED
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
    echo "ok      $1: $2"
  else
    failed=$((failed + 1))
    echo "FAILED  $1: '$2', expected '$3'"
  fi
}
code() { local code=0; "$@" >"$T/said" 2>&1 || code=$?; echo "$code"; }
said() { grep -a -o -m1 "$1" "$T/said" || tail -n 3 "$T/said"; }
inside() { sed 's#.*/drive_c#C:#; s#/#\\#g' <<<"$1"; }
current() { "$WINESERVER" -w; grep -a '^"Current"' "$WINEPREFIX/user.reg" | cut -d'"' -f4; }
versions() { (cd "$BASE" 2>/dev/null && ls -d app-* 2>/dev/null | tr '\n' ' ') || true; }
cli() { win "$(inside "$BASE/app-$1/porchlight-cli.exe")" "${@:2}"; }
picture() { import -window root "$PICTURES/$1.png"; }
wait_for() { for _ in $(seq 100); do if "$@"; then return; fi; sleep 2; done; }
uninstall() { win "$(inside "$BASE")\\Uninstall.exe" /S "$@" "_?=$(inside "$BASE")"; }
content() { if [ -d "$DATA" ]; then (cd "$DATA" && find . -type f ! -name 'window.*' | LC_ALL=C sort | xargs -r -d '\n' sha256sum | sha256sum); fi; }

setup_of() { # setup_of VERSION FOLDER FILE: a setup of another version from a folder, quickly packed
  makensis -V1 -WX -DFAST -DVERSION="$1" -DSTAGE="$2" -DOUT="$3" "$HERE/porchlight.nsi"
}
known() { # the same program, which knows the releaser of this trial
  if [ -d "$T/known" ]; then return; fi
  key releaser
  cp -r "$FROZEN" "$T/known"
  mkdir -p "$T/known/_internal/resources/content/release"
  cp "$T/releaser.pub" "$T/known/_internal/resources/content/release/trial.pub"
}
make_stick() { # make_stick FOLDER VERSION KEY: a release on a stick, signed
  mkdir -p "$1"
  setup_of "$2" "$T/known" "$1/Porchlight-$2-setup.exe"
  bash "$ROOT/packaging/tools/sign.sh" "$2" "$1" "$3" >/dev/null
}
key() { minisign -G -W -f -p "$T/$1.pub" -s "$T/$1.key" >/dev/null; }

silent() {
  echo "== one user, silently"
  begun=$(date +%s)
  is "install: code" "$(code win "$(as_windows "$OUT/Porchlight-$VERSION-setup.exe")" /S)" 0
  took=$(($(date +%s) - begun))
  echo "        silent install took $took s (target 60)"
  is "install: version in use" "$(current)" "$VERSION"
  is "install: Start menu" "$(find "$C" -name 'Porchlight.lnk' | grep -c 'Start Menu')" 1
  is "install: the copy checks itself" "$(code cli "$VERSION" self-check)" 0
  cat "$T/said"
  is "a second time over it" "$(code win "$(as_windows "$OUT/Porchlight-$VERSION-setup.exe")" /S)" 0
}

window() {
  echo "== the window"
  LIMIT=240 win "$(inside "$BASE/app-$VERSION/Porchlight.exe")" >/dev/null 2>&1 &
  sleep "${SHOWN:-40}"
  picture window-first-run
  is "running: uninstall refuses" "$(code uninstall)" 5
  is "running: the same version is not replaced" "$(code win "$(as_windows "$OUT/Porchlight-$VERSION-setup.exe")" /S)" 5
  xdotool key --clearmodifiers Escape || true
  sleep 6
  picture window
  for page in F2-find F3-sheet F4-guide; do
    xdotool key --clearmodifiers "${page%-*}" || true
    sleep 8
    picture "window-${page#*-}"
  done
  "$WINESERVER" -k || true
  wait $! || true
  mkdir -p "$DATA"
  is "a directory with data" "$(code cli "$VERSION" find shelter)" 0
  before=$(content)
}

stick() {
  echo "== a new version from a stick"
  known
  key stranger
  setup_of "$VERSION" "$T/known" "$T/known.exe"
  is "the one that knows the releaser" "$(code win "$(as_windows "$T/known.exe")" /S)" 0
  update() { code cli "$VERSION" update "$(as_windows "$1")"; }
  make_stick "$T/good" 0.2.0 "$T/releaser.key"
  make_stick "$T/strange" 0.2.0 "$T/stranger.key"
  cp -r "$T/good" "$T/half"
  truncate -s 9000000 "$T/half/Porchlight-0.2.0-setup.exe"
  cp -r "$T/good" "$T/unsigned"
  rm "$T/unsigned/SHA256SUMS.minisig"
  is "half-copied stick" "$(update "$T/half")" 1
  said 'damaged or only half copied'
  is "stick of a stranger" "$(update "$T/strange")" 1
  said 'signed by somebody this laptop does not know'
  is "unsigned stick" "$(update "$T/unsigned")" 1
  said 'not signed'
  is "nothing changed" "$(current) $(versions)" "$VERSION app-$VERSION "
  is "update" "$(update "$T/good")" 0
  said 'has passed its self-check'
  is "update: version in use" "$(current)" 0.2.0
  is "update: the old one is kept" "$(versions)" "app-$VERSION app-0.2.0 "
  is "older setup refused" "$(code win "$(as_windows "$OUT/Porchlight-$VERSION-setup.exe")" /S)" 8
}

damaged() {
  echo "== a damaged version"
  cp -r "$T/known" "$T/bad"
  printf 'X' | dd of="$T/bad/_internal/pypdfium2_raw/pdfium.dll" bs=1 seek=100000 conv=notrunc 2>/dev/null
  setup_of 0.3.0 "$T/bad" "$T/bad.exe"
  is "its check fails" "$(code win "$(as_windows "$T/bad.exe")" /S)" 2
  rm "$T/bad/_internal/PySide6/Qt6Core.dll"
  setup_of 0.3.0 "$T/bad" "$T/bad.exe"
  is "without Qt: no dialog, a code" "$(code win "$(as_windows "$T/bad.exe")" /S)" 2
  is "the version in use stays" "$(current) $(versions)" "0.2.0 app-$VERSION app-0.2.0 "
  truncate -s 5000000 "$T/bad.exe"
  is "half a setup does not start" "$([ "$(code win "$(as_windows "$T/bad.exe")" /S)" != 0 ] && echo yes)" yes
}

back() {
  echo "== back, on, and away"
  is "roll back" "$(code cli 0.2.0 rollback-program)" 0
  said 'version before is back'
  is "roll back: version in use" "$(current)" "$VERSION"
  setup_of 0.4.0 "$T/known" "$T/next.exe"
  is "on to the next" "$(code win "$(as_windows "$T/next.exe")" /S)" 0
  is "two versions are kept" "$(versions)" "app-$VERSION app-0.4.0 "
  is "data as before all this" "$(content)" "$before"
  is "uninstall" "$(code uninstall)" 0
  is "uninstall: no program left but what waits for its end" "$(ls -A "$BASE" 2>/dev/null)" "Uninstall.exe"
  is "uninstall: data kept" "$(content)" "$before"
  is "install again" "$(code win "$(as_windows "$T/next.exe")" /S)" 0
  is "uninstall with data" "$(code uninstall /PURGE)" 0
  is "no data left" "$(ls -A "$DATA" 2>/dev/null)" ""
}

full() {
  echo "== no room, no permission"
  if [ "$(id -u)" != 0 ]; then
    echo "skipped: only root may mount a small disk"
    return
  fi
  local disk=$T/disk
  mkdir "$disk"
  mount -t tmpfs -o size=60m porchlight-try "$disk"
  ln -sfn "$disk" "$WINEPREFIX/dosdevices/e:"
  is "a disk of 60 MB" "$(code win "$(as_windows "$OUT/Porchlight-$VERSION-setup.exe")" /S '/D=E:\program')" 6
  is "nothing left on it" "$(find "$disk" -type f | wc -l)" 0
  data_on_e() { code win "$(as_windows "$FROZEN/porchlight-cli.exe")" --data 'E:\data' find shelter; }
  dd if=/dev/zero of="$disk/else" bs=1M 2>/dev/null || true
  truncate -s $((60 * 1024 * 1024 - 100000)) "$disk/else"
  is "data on a full disk" "$(data_on_e)" 1
  said 'The disk is full'
  rm "$disk/else"
  is "data there, once there is room" "$(data_on_e)" 0
  rm -r "$disk/data"
  mount -o remount,ro "$disk"
  is "data on a disk that may not be written" "$(data_on_e)" 1
  said 'cannot be made or written'
  is "a disk that may not be written" "$(code win "$(as_windows "$OUT/Porchlight-$VERSION-setup.exe")" /S '/D=E:\program')" 6
  "$WINESERVER" -w
  umount "$disk"
  rm "$WINEPREFIX/dosdevices/e:"
}

wizard() {
  echo "== the wizard"
  if [ -f "$BASE/Uninstall.exe" ]; then uninstall; fi
  win "$(as_windows "$OUT/Porchlight-$VERSION-setup.exe")" >/dev/null 2>&1 &
  sleep 15
  picture wizard-1-welcome
  xdotool key Return
  sleep 12
  picture wizard-2-progress
  wait_for test -d "$BASE/app-$VERSION.part/licences"
  sleep 5
  picture wizard-3-checking
  wait_for test ! -d "$BASE/app-$VERSION.part"
  sleep 15
  picture wizard-4-ready
  "$WINESERVER" -k || true
  wait $! || true
  is "wizard: installed" "$(versions)" "app-$VERSION "
  mkdir -p "$DATA"
  echo mine >"$DATA/kept.txt"
  win "$(inside "$BASE")\\Uninstall.exe" >/dev/null 2>&1 &
  sleep 15
  picture uninstall-1
  xdotool key Return
  wait_for test ! -f "$BASE/Uninstall.exe"
  sleep 10
  picture uninstall-2-asks-about-data
  xdotool key Return # the default keeps them
  sleep 8
  picture uninstall-3-done
  is "wizard: data kept" "$(cat "$DATA/kept.txt")" mine
  rm -r "$DATA"
  "$WINESERVER" -k || true
  wait $! || true
  is "wizard: nothing left" "$(ls -A "$BASE" 2>/dev/null)" ""
}

portable() {
  echo "== portable"
  STICK="$C/Streife Öl №5"
  mkdir "$STICK"
  unzip -q "$OUT/Porchlight-$VERSION-windows-portable.zip" -d "$STICK"
  PORTABLE=$STICK/Porchlight-$VERSION-portable
  is "portable: checks itself" "$(code win "$(inside "$PORTABLE")\\porchlight-cli.exe" self-check)" 0
  is "portable: works" "$(code win "$(inside "$PORTABLE")\\porchlight-cli.exe" find shelter)" 0
  is "portable: data beside it" "$([ -n "$(ls -A "$PORTABLE/data")" ] && echo yes)" yes
  is "portable: nothing elsewhere" "$(ls -A "$DATA" 2>/dev/null)" ""
  local part=_internal/resources/content/synonyms.toml
  cp "$PORTABLE/$part" "$T/whole"
  echo "# damaged" >>"$PORTABLE/$part"
  is "portable: a damaged file" "$(code win "$(inside "$PORTABLE")\\porchlight-cli.exe" self-check)" 1
  is "portable: it is named" "$(grep -a -c "FAILED.*program files  $part" "$T/said")" 1
  cp "$T/whole" "$PORTABLE/$part"
  known
  mkdir -p "$T/portable" "$PORTABLE/_internal/resources/content/release"
  cp "$T/releaser.pub" "$PORTABLE/_internal/resources/content/release/"
  python3 "$ROOT/packaging/tools/make_zip.py" "$T/known" "$T/portable/Porchlight-0.2.0-windows-portable.zip" Porchlight-0.2.0-portable
  bash "$ROOT/packaging/tools/sign.sh" 0.2.0 "$T/portable" "$T/releaser.key" >/dev/null
  is "portable: update" "$(code win "$(inside "$PORTABLE")\\porchlight-cli.exe" update "$(as_windows "$T/portable")")" 0
  said 'Start Porchlight from there'
  is "portable: the new one beside it, with the data" "$(ls "$STICK/Porchlight-0.2.0-portable/data")" "$(ls "$PORTABLE/data")"
  is "portable: the way back is the old folder" "$(code win "$(inside "$STICK")\\Porchlight-0.2.0-portable\\porchlight-cli.exe" rollback-program)" 1
  said 'is in the folder [^ ]*'
}

papers() {
  echo "== the same paper as on Linux, from the same files, in every language"
  local built=$WORK/builder/drive_c/source python=$ROOT/.venv/bin/python same=0 all=0 language
  if [ ! -x "$python" ]; then
    echo "skipped: run.py makes the .venv that this needs"
    return
  fi
  for words in "$built"/resources/content/words/*/paper.toml; do
    language=$(basename "$(dirname "$words")")
    all=$((all + 1))
    (cd "$built" && "$python" -m desktop --training --data "$T/linux" sheet full_page --language "$language" --out "$T/$language.pdf" >/dev/null 2>&1) || true
    code win "$(inside "$PORTABLE")\\porchlight-cli.exe" --training --data 'C:\paper' sheet full_page --language "$language" --out "C:\\$language.pdf" >/dev/null
    if cmp -s "$C/$language.pdf" "$T/$language.pdf"; then same=$((same + 1)); else echo "differs: $language"; fi
  done
  is "papers with the same bytes" "$same" "$all"
  is "a locked paper" "$(code win "$(inside "$PORTABLE")\\porchlight-cli.exe" --training --data 'C:\paper' sheet full_page --protect --out 'C:\locked.pdf')" 0
  is "locked by AES-256" "$(grep -a -c AESV3 "$C/locked.pdf")" 1
}

msi() {
  echo "== for everybody (MSI)"
  new_windows "$WORK/trial-msi"
  M=$WORK/trial-msi/drive_c
  is "msi: install" "$(code win msiexec /i "$(as_windows "$OUT/Porchlight-$VERSION-x64.msi")" /qn)" 0
  is "msi: checks itself" "$(code win 'C:\Program Files\Porchlight\porchlight-cli.exe' self-check)" 0
  is "msi: Start menu" "$(find "$M" -name 'Porchlight.lnk' | wc -l)" 1
  is "msi: uninstall" "$(code win msiexec /x "$(as_windows "$OUT/Porchlight-$VERSION-x64.msi")" /qn)" 0
  is "msi: nothing left" "$(find "$M/Program Files/Porchlight" -type f 2>/dev/null | wc -l)" 0
}

authenticode() {
  echo "== the maker's name (Authenticode, with a certificate made for this test)"
  quiet() { "$@" >/dev/null 2>&1; }
  quiet openssl req -x509 -newkey rsa:3072 -nodes -days 30 -subj "/CN=Trial root" -keyout "$T/root.pem" -out "$T/root.crt"
  quiet openssl req -newkey rsa:3072 -nodes -subj "/O=Trial releaser/CN=Trial releaser" -keyout "$T/maker.pem" -out "$T/maker.csr"
  quiet openssl x509 -req -days 30 -in "$T/maker.csr" -CA "$T/root.crt" -CAkey "$T/root.pem" -CAcreateserial -out "$T/maker.crt" \
    -extfile <(printf 'extendedKeyUsage=codeSigning\nkeyUsage=digitalSignature\n')
  quiet openssl pkcs12 -export -in "$T/maker.crt" -inkey "$T/maker.pem" -certfile "$T/root.crt" -passout pass: -out "$T/maker.p12"
  cp "$OUT/Porchlight-$VERSION-setup.exe" "$T/setup.exe"
  cp "$PORTABLE/porchlight-cli.exe" "$T/porchlight-cli.exe"
  export PORCHLIGHT_AUTHENTICODE=$T/maker.p12 PORCHLIGHT_AUTHENTICODE_ROOTS=$T/root.crt
  SOURCE_DATE_EPOCH=$(date +%s)
  is "signed, and verified up to the root" "$(code bash "$HERE/authenticode.sh" "$T/setup.exe" "$T/porchlight-cli.exe")" 0
  cat "$T/said"
  quiet osslsigncode verify -CAfile "$T/root.crt" -in "$T/setup.exe" && verified=yes || verified=no
  is "the signed setup verifies" "$verified" yes
  printf 'X' | dd of="$T/setup.exe" bs=1 seek=300000 conv=notrunc 2>/dev/null
  quiet osslsigncode verify -CAfile "$T/root.crt" -in "$T/setup.exe" && verified=yes || verified=no
  is "a changed one does not" "$verified" no
  windows "$WORK/trial"
  cp "$T/porchlight-cli.exe" "$PORTABLE/porchlight-cli.exe"
  is "the signed program runs" "$(code win "$(inside "$PORTABLE")\\porchlight-cli.exe" --version)" 0
}

parts=("${@:3}")
if [ ${#parts[@]} = 0 ]; then parts=(silent window stick damaged back full wizard portable papers msi authenticode); fi
for part in "${parts[@]}"; do "$part"; done

rm -rf "$T"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
