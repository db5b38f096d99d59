#!/bin/bash
# Linux packages from a frozen folder, the same bytes for the same input:  build.sh VERSION FOLDER OUT
#   .deb for people with root, .run for people without, .tar.gz portable (data beside the program)
#   PORCHLIGHT_FAST=1     for trials only: hardly compressed
set -euo pipefail
VERSION=$1
FROZEN=$(readlink -f "$2")
OUT=$(mkdir -p "$3" && readlink -f "$3")
HERE=$(cd "$(dirname "$0")" && pwd)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$HERE" log -1 --format=%ct)} LC_ALL=C.UTF-8 TZ=UTC
umask 022
if [ -n "${PORCHLIGHT_FAST:-}" ]; then SQUEEZE=-1n DEB=(-Zgzip -z1); else SQUEEZE=-9n DEB=(-Zxz -z6); fi
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

stamp() { find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }
packed() { tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner --format=ustar --mtime="@$SOURCE_DATE_EPOCH" -cf - "$2" | gzip $SQUEEZE; }

make_deb() {
  local root=$WORK/deb docs=$WORK/deb/usr/share/doc/porchlight base=$WORK/deb/usr/lib/porchlight
  install -d "$base/package" "$root/usr/bin" "$root/usr/share/applications" "$docs" \
    "$root/usr/share/icons/hicolor/scalable/apps" "$root/DEBIAN"
  cp -a "$FROZEN/." "$base/package/"
  chmod -R u=rwX,go=rX "$base/package"
  find "$base/package" -type f -name '*.so*' -exec chmod a-x {} +
  echo "$VERSION" >"$base/VERSION"
  install -m 644 "$HERE/versions.sh" "$base/"
  install -m 755 "$HERE/machine.sh" "$base/"
  ln -s ../lib/porchlight/current/porchlight-cli "$root/usr/bin/porchlight"
  ln -s ../lib/porchlight/current/Porchlight "$root/usr/bin/porchlight-window"
  install -m 644 "$HERE/porchlight.desktop" "$root/usr/share/applications/"
  install -m 644 "$HERE/porchlight.svg" "$root/usr/share/icons/hicolor/scalable/apps/"
  install -m 644 "$HERE/debian/copyright" "$docs/"
  gzip -9nc "$HERE/../../CHANGELOG.md" >"$docs/NEWS.gz"
  changelog | gzip -9nc >"$docs/changelog.gz"
  chmod 644 "$docs"/*.gz
  install -m 755 "$HERE"/debian/{postinst,prerm,postrm} "$root/DEBIAN/"
  install -m 644 "$HERE/debian/templates" "$root/DEBIAN/"
  control >"$root/DEBIAN/control"
  (cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  stamp "$root"
  dpkg-deb --root-owner-group "${DEB[@]}" --build "$root" "$OUT/porchlight_${VERSION}_amd64.deb" >/dev/null
}

changelog() {
  cat <<CHANGELOG
porchlight ($VERSION) stable; urgency=medium

  * What is new is in NEWS.gz.

 -- Porchlight contributors <noreply@example.org>  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
CHANGELOG
}

control() {
  cat <<CONTROL
Package: porchlight
Version: $VERSION
Section: misc
Priority: optional
Architecture: amd64
Maintainer: Porchlight contributors <noreply@example.org>
Installed-Size: $(du -sk --apparent-size "$WORK/deb/usr" | cut -f1)
Depends: debconf (>= 0.5) | debconf-2.0, libc6 (>= 2.36), libgl1, libegl1, libxcb1
Recommends: libcups2, libwayland-client0, libwayland-cursor0
Description: offline guidance, directory and sheets for first responders
 Works without a network: what to say, who can help nearby, paper that is safe to carry.
CONTROL
}

make_run() {
  local folder=porchlight-$VERSION
  local body=$WORK/body.tar.gz head=$WORK/head target=$OUT/porchlight-$VERSION-linux-x86_64.run
  install -d "$WORK/run/$folder"
  cp -a "$FROZEN" "$WORK/run/$folder/Porchlight"
  echo "$VERSION" >"$WORK/run/$folder/VERSION"
  install -m 755 "$HERE/install-user.sh" "$WORK/run/$folder/"
  install -m 644 "$HERE/versions.sh" "$HERE/porchlight.desktop" "$HERE/porchlight.svg" "$WORK/run/$folder/"
  stamp "$WORK/run"
  packed "$WORK/run" "$folder" >"$body"
  # the length of the head is written into the head: repeat until writing it no longer changes it
  sed -e "s/@VERSION@/$VERSION/g" -e "s/@SUM@/$(sha256sum "$body" | cut -d' ' -f1)/" "$HERE/head.sh" >"$head"
  local length=0
  while [ "$length" != "$(wc -c <"$head")" ]; do
    length=$(wc -c <"$head")
    sed -i "s/^skip=.*/skip=$length/" "$head"
  done
  cat "$head" "$body" >"$target"
  chmod 755 "$target"
}

make_portable() {
  local folder=Porchlight-$VERSION-portable
  install -d "$WORK/portable/$folder/data"
  cp -a "$FROZEN/." "$WORK/portable/$folder/"
  echo "Data are kept in the folder data beside this file." >"$WORK/portable/$folder/portable.txt"
  stamp "$WORK/portable"
  packed "$WORK/portable" "$folder" >"$OUT/Porchlight-$VERSION-linux-portable.tar.gz"
}

make_deb
make_run
make_portable
