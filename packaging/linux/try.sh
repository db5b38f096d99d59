#!/bin/bash
# What an IT person and an officer do, in a fresh Debian without a network:  try.sh WORK     (as root)
# Builds this commit and a next version, makes a root with debootstrap, then installs, runs, updates from a signed
# stick, meets what goes wrong, goes back and uninstalls; .deb, .run and portable. WORK is kept for the next try.
#   PORCHLIGHT_TRY_ROOT=FOLDER.tar   a packed root to use instead of debootstrap
#   PORCHLIGHT_TRY_AGAIN=1           use the builds that WORK holds
set -uo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
WORK=$(mkdir -p "$1" && readlink -f "$1")
PASSED=0 FAILED=0
SUITE=$(. /etc/os-release && echo "$VERSION_CODENAME")
export PORCHLIGHT_FAST=1

is() { # is WHAT GOT WANTED
  if [ "$2" = "$3" ]; then PASSED=$((PASSED + 1)); echo "ok    $1"
  else FAILED=$((FAILED + 1)); echo "FAIL  $1: got '$2', wanted '$3'"; fi
}
says() { # says WHAT PATTERN: the last command's output holds it
  if grep -q -- "$2" "$WORK/said"; then is "$1" yes yes; else is "$1" "$(tail -n 3 "$WORK/said" | tr '\n' ' ')" "$2"; fi
}

# --- builds: this version, the next one, and one whose library is damaged
. "$HERE/try_builds.sh"

# --- the fresh root: what every desktop has, and no network
FRESH=$WORK/root
rm -rf "$FRESH"
mkdir -p "$FRESH"
if [ ! -f "${PORCHLIGHT_TRY_ROOT:=$WORK/root.tar}" ]; then
  debootstrap --variant=minbase --include=libgl1,libegl1,libxcb1,debconf "$SUITE" "$FRESH" >"$WORK/debootstrap.log" 2>&1 || exit 1
  tar -C "$FRESH" -cf "$PORCHLIGHT_TRY_ROOT" .
else
  tar -C "$FRESH" -xf "$PORCHLIGHT_TRY_ROOT"
fi
mkdir -p "$FRESH/mnt/stick" "$FRESH/tmp/.X11-unix"
chroot "$FRESH" useradd --create-home --shell /bin/bash officer
rm -f "$FRESH"/etc/apt/sources.list "$FRESH"/etc/apt/sources.list.d/*

fresh() { # a command as root in the fresh system, with the stick, the host's screen, without a network
  unshare --mount --pid --net --fork sh -c '
    mount -t proc proc "$0/proc" && mount --bind "$1" "$0/mnt/stick" && mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix"
    root=$0; shift; exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
  ' "$FRESH" "$STICK" "$@" >"$WORK/said" 2>&1 </dev/null
}
officer() { fresh runuser -u officer -- env HOME=/home/officer "$@"; }
version() { officer "${1:-porchlight}" --version; awk '{print $2}' "$WORK/said"; }
left() { fresh sh -c "cd /usr/lib/porchlight && ls -d app-* 2>/dev/null | tr '\n' ' '"; cat "$WORK/said"; }

mkdir -p /tmp/.X11-unix
exec 3>"$WORK/display"
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
SCREEN=$!
trap 'kill $SCREEN 2>/dev/null' EXIT
sleep 2
DISPLAY_NUMBER=$(cat "$WORK/display")

. "$HERE/try_deb.sh"
. "$HERE/try_user.sh"
. "$HERE/try_sheets.sh"

echo "$PASSED passed, $FAILED failed"
[ "$FAILED" = 0 ]
