#!/bin/bash
# From a clean clone on Debian to the Windows packages, in one command:  packaging/windows/build.sh OUT
#   PORCHLIGHT_BUILD=FOLDER              work there instead of in build/
#   PORCHLIGHT_RELEASE_KEY=FILE.key      the releaser's minisign key, FILE.pub beside it: signs, and goes into the build
#   PORCHLIGHT_AUTHENTICODE=FILE.p12     certificate and key by which Windows knows the maker (authenticode.sh)
# Makes Porchlight-V-setup.exe, Porchlight-V-windows-portable.zip, Porchlight-V-x64.msi, the list of parts and
# SHA256SUMS; what was frozen passed its self-check in a Windows without Python before it is packed.
set -euo pipefail
OUT=$(mkdir -p "$1" && readlink -f "$1")
source "$(dirname "$0")/wine.sh"
KEY=${PORCHLIGHT_RELEASE_KEY:+$(readlink -f "$PORCHLIGHT_RELEASE_KEY")}
if [ -n "${PORCHLIGHT_AUTHENTICODE:-}" ]; then
  PORCHLIGHT_AUTHENTICODE=$(readlink -f "$PORCHLIGHT_AUTHENTICODE")
  export PORCHLIGHT_AUTHENTICODE
fi
bash "$HERE/runtime.sh"
C=$WORK/builder/drive_c
FROZEN=$C/dist/Porchlight
windows "$WORK/builder"

freeze() { # PyInstaller, from the files that git knows
  sources "$C/source"
  rm -rf "$C/dist" "$C/build"
  export PORCHLIGHT_RELEASE_PUB=
  if [ -n "$KEY" ]; then
    cp "${KEY%.key}.pub" "$C/releaser.pub"
    PORCHLIGHT_RELEASE_PUB='C:\releaser.pub'
  fi
  cd "$C/source"
  LIMIT=3600 win 'C:\python\python.exe' -m PyInstaller 'packaging\pyinstaller\porchlight.spec' --noconfirm \
    --log-level ERROR --distpath 'C:\dist' --workpath 'C:\build\pyinstaller'
  cd "$ROOT"
}

papers() { # licences and the list of parts, as Windows' Python sees its own distributions
  (cd "$C/source" && win 'C:\python\python.exe' 'packaging\tools\papers.py' 'C:\build' 'C:\dist\Porchlight' 'C:\build\sbom.json')
  cp "$C/build/sbom.json" "$OUT/Porchlight-$VERSION-windows-sbom.json"
}

signed() { if [ -n "${PORCHLIGHT_AUTHENTICODE:-}" ]; then bash "$HERE/authenticode.sh" "$@"; fi; }

if [ -z "${PORCHLIGHT_FROZEN:-}" ]; then freeze; fi # with it, pack again what is frozen already
papers
signed "$FROZEN/Porchlight.exe" "$FROZEN/porchlight-cli.exe"
python3 "$ROOT/packaging/tools/manifest.py" "$FROZEN"
PYTHONPATH=$C/python/Lib/site-packages python3 "$ROOT/packaging/tools/check_bundle.py" "$FROZEN"
new_windows "$WORK/bare"
ln -sfn "$C/dist" "$WORK/bare/drive_c/dist"
win 'C:\dist\Porchlight\porchlight-cli.exe' self-check

find "$FROZEN" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
python3 "$ROOT/packaging/tools/make_zip.py" "$FROZEN" "$OUT/Porchlight-$VERSION-windows-portable.zip" "Porchlight-$VERSION-portable"
# NSIS packs the times of its pictures too, which are those of the clone
rm -rf "$WORK/nsis"
mkdir "$WORK/nsis"
cp "$HERE/porchlight.nsi" "$HERE/porchlight.ico" "$HERE/side.bmp" "$WORK/nsis/"
touch -d "@$SOURCE_DATE_EPOCH" "$WORK"/nsis/*
makensis -V2 -WX -DVERSION="$VERSION" -DSTAGE="$FROZEN" -DOUT="$OUT/Porchlight-$VERSION-setup.exe" "$WORK/nsis/porchlight.nsi"
bash "$HERE/msi.sh" "$FROZEN" "$OUT/Porchlight-$VERSION-x64.msi"
signed "$OUT/Porchlight-$VERSION-setup.exe" "$OUT/Porchlight-$VERSION-x64.msi"
du -b "$OUT/Porchlight-$VERSION"-{setup.exe,windows-portable.zip,x64.msi}
bash "$ROOT/packaging/tools/sign.sh" "$VERSION" "$OUT" "$KEY"
