# Read by the other scripts of this folder: a Windows of our own under Wine, which changes nothing outside WORK.
#   new_windows FOLDER      makes a Windows in FOLDER, when there is none
#   windows FOLDER          the next commands run in that one
#   win PROGRAM ...         runs a Windows program; its exit code is the code of win
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
WORK=$(mkdir -p "${PORCHLIGHT_BUILD:-$ROOT/build}/windows" && readlink -f "${PORCHLIGHT_BUILD:-$ROOT/build}/windows")
VERSION=$(sed -n 's/^version = "\(.*\)"/\1/p' "$ROOT/pyproject.toml")
NEEDED="wine64 nsis xvfb xauth gcc-mingw-w64-x86-64 osslsigncode wixl unzip binutils ca-certificates git python3-venv"
WINE=$(command -v wine64 || echo /usr/lib/wine/wine64)
WINESERVER=$(command -v wineserver64 || echo "$(dirname "$WINE")/wineserver64")
export WINEARCH=win64 WINEDEBUG=${WINEDEBUG:--all} WINEDLLOVERRIDES="mscoree=;mshtml=;mscms=n;winedbg.exe=d"
export LC_ALL=C.UTF-8 TZ=UTC PYTHONHASHSEED=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$ROOT" log -1 --format=%ct)}
SCREEN=
WINDOWS_USED=()

for tool in "$WINE" makensis Xvfb x86_64-w64-mingw32-gcc osslsigncode wixl unzip; do
  command -v "$tool" >/dev/null || { echo "$tool is missing. As root: apt-get install -y --no-install-recommends $NEEDED" >&2; exit 1; }
done

leave() { # end only what these scripts started
  for prefix in "${WINDOWS_USED[@]}"; do WINEPREFIX=$prefix "$WINESERVER" -k 2>/dev/null || true; done
  if [ -n "$SCREEN" ]; then kill "$SCREEN" 2>/dev/null || true; fi
}
trap leave EXIT

own_screen() { # a screen with a number of its own; Windows programs need one, even when nobody looks
  if [ -n "$SCREEN" ]; then return; fi
  local number=$WORK/screen.$$
  Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$number" >/dev/null 2>&1 &
  SCREEN=$!
  for _ in $(seq 50); do if [ -s "$number" ]; then break; fi; sleep 0.2; done
  DISPLAY=:$(cat "$number")
  rm "$number"
  export DISPLAY
}

windows() {
  own_screen
  export WINEPREFIX=$1
  WINDOWS_USED+=("$1")
}

# Wine 8 gives a Windows program no plain file as its output, so always a pipe; one of Wine's own processes may
# live on with it, which must not keep us
win() {
  local code=0
  timeout "${LIMIT:-600}" "$WINE" "$@" </dev/null 2>&1 | timeout $((${LIMIT:-600} + 30)) cat || code=${PIPESTATUS[0]}
  return "$code"
}

new_windows() {
  windows "$1"
  if [ -f "$1/ready" ]; then return; fi
  rm -rf "$1"
  mkdir -p "$1"
  win wineboot -i >/dev/null
  win winecfg -v win10 >/dev/null
  # what Windows 10 has and Wine 8 lacks; for trying here only, check_bundle.py refuses them in a package
  x86_64-w64-mingw32-gcc -shared -O2 -s -o "$1/drive_c/windows/system32/icuuc.dll" "$HERE/stand-ins/icuuc.c"
  x86_64-w64-mingw32-gcc -shared -O2 -s -o "$1/drive_c/windows/system32/mscms.dll" "$HERE/stand-ins/mscms.c"
  x86_64-w64-mingw32-gcc -shared -O2 -s -o "$1/drive_c/windows/system32/bcryptprimitives.dll" \
    "$HERE/stand-ins/bcryptprimitives.c" -ladvapi32
  "$WINESERVER" -w
  touch "$1/ready"
}

sources() { # sources FOLDER: the files of the clone that git knows, and nothing else
  rm -rf "$1"
  mkdir -p "$1"
  (cd "$ROOT" && git ls-files -z | tar --null --files-from=- -cf - --ignore-failed-read) | tar -xf - -C "$1"
}

as_windows() { # a path of this machine as Windows sees it
  local path=${1//\//\\}
  echo "Z:$path"
}
