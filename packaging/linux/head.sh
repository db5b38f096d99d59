#!/bin/sh
# Porchlight @VERSION@ for one user, without root and without a network:
#   sh FILE [--downgrade | --rollback | --uninstall [--keep | --purge] | --extract FOLDER]
# Exit codes: 0 done, 2 self-check failed (old version kept), 4 nothing to go back to, 5 running, 6 disk,
# 7 file damaged, 8 older than the installed version.
set -eu
skip=0
body() { tail -c +$((skip + 1)) "$0"; }

run() {
  if [ "$(body | sha256sum | cut -d' ' -f1)" != @SUM@ ]; then
    echo "This file is damaged or only half copied. Copy it again. Nothing was changed." >&2
    exit 7
  fi
  if [ "${1-}" = --extract ]; then mkdir -p "$2" && body | tar -xzf - -C "$2" && exit 0; fi
  base=${PORCHLIGHT_PROGRAM:-${XDG_DATA_HOME:-$HOME/.local/share}/programs/Porchlight}
  rm -rf "$base"/.unpack-* # of an installation that was cut off
  mkdir -p "$base" && work=$(mktemp -d "$base/.unpack-XXXXXX") || no_room
  trap 'rm -rf "$work"' EXIT
  case "${1-}" in
    --rollback | --uninstall) part="porchlight-@VERSION@/install-user.sh porchlight-@VERSION@/versions.sh" ;;
    *) part=porchlight-@VERSION@ ;;
  esac
  # shellcheck disable=SC2086  # two names
  body | tar -xzf - -C "$work" $part || no_room
  sh "$work/porchlight-@VERSION@/install-user.sh" "$@"
}

no_room() {
  echo "The files could not be unpacked into ${base-}: the disk is full, or the folder may not be written. Free some space and try again. Nothing was changed." >&2
  exit 6
}

run "$@"
exit
