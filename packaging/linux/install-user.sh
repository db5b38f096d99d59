#!/bin/sh
# Install for one user from a stick: no root, no network.   install-user.sh [--rollback | --uninstall [--purge]]
# Exit codes: 0 done, 2 self-check failed (old version kept), 4 nothing to go back to, 5 running, 6 disk.
set -eu
NAME=Porchlight
ID=porchlight
SHARE=${XDG_DATA_HOME:-$HOME/.local/share}
BASE=${PORCHLIGHT_PROGRAM:-$SHARE/programs/$NAME}
BIN=$HOME/.local/bin
MENU=$SHARE/applications
ICONS=$SHARE/icons/hicolor/scalable/apps
HERE=$(cd "$(dirname "$0")" && pwd)

point() { # point NAME VERSION: one rename, so the link is never missing
  ln -s "app-$2" "$BASE/.$1.$$"
  mv -T "$BASE/.$1.$$" "$BASE/$1"
}
version_at() { if [ -L "$BASE/$1" ]; then readlink "$BASE/$1" | sed 's/^app-//'; fi; }

roll_back() {
  previous=$(version_at previous)
  current=$(version_at current)
  if [ -z "$previous" ] || [ ! -x "$BASE/app-$previous/$NAME" ]; then
    echo "There is no earlier version to go back to." >&2
    exit 4
  fi
  point current "$previous"
  point previous "$current"
  echo "Back on version $previous."
}

uninstall() {
  rm -rf "$BASE" "$BIN/$ID" "$BIN/$ID-window" "$MENU/$ID.desktop" "$ICONS/$ID.svg"
  if [ "${1-}" = --purge ]; then
    rm -rf "${SHARE:?}/$NAME"
    echo "Removed, with all data."
  else
    echo "Removed. Your directory is still in $SHARE/$NAME."
  fi
}

passes_check() { # an empty, throw-away data folder: the check never touches real data
  scratch=$(mktemp -d)
  code=0
  PORCHLIGHT_DATA=$scratch QT_QPA_PLATFORM=offscreen timeout 180 "$1/porchlight-cli" self-check >"$scratch/log" 2>&1 || code=$?
  if [ "$code" -ne 0 ]; then tail -n 5 "$scratch/log" >&2; fi
  rm -rf "$scratch"
  return "$code"
}

install_version() {
  version=$(cat "$HERE/VERSION")
  mkdir -p "$BASE" "$BIN" "$MENU" "$ICONS"
  new=$BASE/app-$version
  rm -rf "$new.part"
  if ! cp -a "$HERE/$NAME" "$new.part"; then
    rm -rf "$new.part"
    echo "The files could not be written. Free some disk space and try again; the installed version is unchanged." >&2
    exit 6
  fi
  if ! passes_check "$new.part"; then
    rm -rf "$new.part"
    echo "Version $version did not pass its self-check, so it was not installed. Copy the installer again." >&2
    exit 2
  fi
  rm -rf "$new"
  mv -T "$new.part" "$new"
  current=$(version_at current)
  oldest=$(version_at previous)
  point current "$version"
  if [ -n "$current" ] && [ "$current" != "$version" ]; then
    point previous "$current"
    if [ -n "$oldest" ] && [ "$oldest" != "$version" ] && [ "$oldest" != "$current" ]; then rm -rf "$BASE/app-$oldest"; fi
  fi
  cp "$HERE/install-user.sh" "$HERE/VERSION" "$BASE/"
  ln -sfn "$BASE/current/porchlight-cli" "$BIN/$ID"
  ln -sfn "$BASE/current/$NAME" "$BIN/$ID-window"
  cp "$HERE/$ID.svg" "$ICONS/"
  sed "s#^Exec=.*#Exec=\"$BASE/current/$NAME\"#" "$HERE/$ID.desktop" >"$MENU/$ID.desktop"
  echo "Porchlight $version is installed. Start it from the menu, or run $BIN/$ID-window"
}

case "${1-}" in
  --rollback) roll_back ;;
  --uninstall) uninstall "${2-}" ;;
  *) install_version ;;
esac
