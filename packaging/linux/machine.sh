#!/bin/sh
# The versions of Porchlight that everybody on this laptop uses; root only. The package's own files are in
# package/; what runs is a copy made of hard links, so that an update leaves a running version whole.
#   machine.sh --switch | --rollback | --remove     exit codes: versions.sh
#   machine.sh --install FILE.deb                   the same, by the package manager
set -eu
BASE=$(cd "$(dirname "$0")" && pwd)
. "$BASE/versions.sh"

link_copy() {
  version=$(cat "$BASE/VERSION")
  rm -rf "$BASE/app-$version.part"
  if ! cp -al "$BASE/package" "$BASE/app-$version.part"; then
    rm -rf "$BASE/app-$version.part"
    refuse 6 "The new version could not be put in place: the disk is full. Free some space, then run: dpkg --configure porchlight"
  fi
}

install_package() { # apt knows only one way to fail; the links tell which it was
  wanted=$(dpkg-deb --field "$1" Version) || refuse 7 "This file is damaged or only half copied. Copy it again."
  if apt-get install -y --no-install-recommends "$1" </dev/null; then exit 0; fi
  if [ "$(cat "$BASE/VERSION")" = "$wanted" ] && [ "$(version_at current)" != "$wanted" ]; then exit 2; fi
  exit 1
}

case "${1-}" in
  --switch)
    link_copy
    switch_to "$version"
    ;;
  --rollback) roll_back ;;
  --remove) rm -rf "$BASE"/app-* "$BASE/current" "$BASE/previous" ;;
  --install) install_package "$2" ;;
  *) refuse 1 "Known: --switch, --rollback, --remove, --install FILE.deb." ;;
esac
