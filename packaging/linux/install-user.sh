#!/bin/sh
# Install for one user from a stick: no root, no network.
#   install-user.sh [--downgrade | --rollback | --uninstall [--keep | --purge]]      exit codes: versions.sh
set -eu
ID=porchlight
HERE=$(cd "$(dirname "$0")" && pwd)
SHARE=${XDG_DATA_HOME:-$HOME/.local/share}
BIN=$HOME/.local/bin
MENU=$SHARE/applications
ICONS=$SHARE/icons/hicolor/scalable/apps
. "$HERE/versions.sh"
BASE=${PORCHLIGHT_PROGRAM:-$SHARE/programs/$NAME}

delete_data() { # asks when a person is there to answer; without an answer the data stay
  case "$1" in
    --purge) return 0 ;;
    --keep) return 1 ;;
  esac
  if [ ! -t 0 ]; then return 1; fi
  printf 'Delete your directory, settings and backups in %s too? They cannot be brought back. [y/N] ' "$SHARE/$NAME"
  read -r answer || answer=
  case $answer in y | Y | yes) return 0 ;; *) return 1 ;; esac
}

uninstall() {
  if in_use '*'; then refuse 5 "Porchlight is running. Close it, then try again. Nothing was changed."; fi
  if delete_data "${1-}"; then gone=yes; else gone=; fi
  rm -rf "$BASE" "$BIN/$ID" "$BIN/$ID-window" "$MENU/$ID.desktop" "$ICONS/$ID.svg"
  if [ -n "$gone" ]; then
    rm -rf "${SHARE:?}/$NAME"
    echo "Removed, with all data."
  else
    echo "Removed. Your directory is still in $SHARE/$NAME."
  fi
}

place() { # the unpacked folder becomes app-V.part; what was unpacked inside BASE is moved, not copied
  rm -rf "$new.part"
  case $HERE in
    "$(readlink -f "$BASE")"/*) mv -T "$HERE/$NAME" "$new.part" ;;
    *) cp -a "$HERE/$NAME" "$new.part" ;;
  esac
}

install_version() {
  version=$(cat "$HERE/VERSION")
  new=$BASE/app-$version
  current=$(version_at current)
  if [ -n "$current" ] && newer "$current" "$version" && [ "${1-}" != --downgrade ]; then
    refuse 8 "Version $current is installed, which is newer than $version. To go back, use --rollback; to install $version all the same, --downgrade. Nothing was changed."
  fi
  if ! mkdir -p "$BASE" "$BIN" "$MENU" "$ICONS" || ! place; then
    rm -rf "$new.part"
    refuse 6 "The files could not be written: the disk is full, or the folder may not be written. Free some space and try again; the installed version is unchanged."
  fi
  switch_to "$version"
  cp "$HERE/install-user.sh" "$HERE/versions.sh" "$HERE/VERSION" "$BASE/"
  ln -sfn "$BASE/current/porchlight-cli" "$BIN/$ID"
  ln -sfn "$BASE/current/$NAME" "$BIN/$ID-window"
  cp "$HERE/$ID.svg" "$ICONS/"
  sed "s#^Exec=.*#Exec=\"$BASE/current/$NAME\"#" "$HERE/$ID.desktop" >"$MENU/$ID.desktop"
  echo "Porchlight $version is installed. Start it from the menu, or run $BIN/$ID-window"
}

case "${1-}" in
  --rollback) roll_back ;;
  --uninstall) uninstall "${2-}" ;;
  "" | --downgrade) install_version "${1-}" ;;
  *) refuse 1 "Unknown option $1. Known: --downgrade, --rollback, --uninstall [--keep | --purge]." ;;
esac
