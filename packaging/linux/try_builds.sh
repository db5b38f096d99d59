# Sourced by try.sh: releases on a stick, signed with a test key.
KEY=$WORK/key/test.key
STICK=$WORK/stick
NOW=$(sed -n 's/^version = "\(.*\)"/\1/p' "$ROOT/pyproject.toml")
NEXT=${NOW%.*}.$((${NOW##*.} + 1))
WRONG=${NOW%.*}.$((${NOW##*.} + 2))
export PORCHLIGHT_RELEASE_KEY=$KEY

next_clone() { # the same commit under the next number, with one more step in its data
  rm -rf "$WORK/next"
  git clone -q "$ROOT" "$WORK/next"
  sed -i "s/$NOW/$NEXT/" "$WORK/next/pyproject.toml" "$WORK/next/resources/__init__.py"
  sed -i -e 's/^STEPS = (\(.*\))$/STEPS = (\1, "9999_try")/' \
    -e 's/^_STATEMENTS = {/&"9999_try": ("create table try_step(a text) strict",), /' "$WORK/next/resources/directory/migrations.py"
  git -C "$WORK/next" -c user.name=try -c user.email=try@example.org commit -qam "Version $NEXT"
}

damaged_release() { # a version whose list of files does not match: its self-check must stop it
  rm -rf "$WORK/wrong" "$STICK/$WRONG"
  cp -a "$WORK/build/dist/Porchlight" "$WORK/wrong"
  head -c 100000 "$WORK/wrong/_internal/PySide6/Qt/lib/libQt6Svg.so.6" >"$WORK/cut"
  cat "$WORK/cut" >"$WORK/wrong/_internal/PySide6/Qt/lib/libQt6Svg.so.6"
  bash "$HERE/build.sh" "$WRONG" "$WORK/wrong" "$STICK/$WRONG"
  bash "$ROOT/packaging/tools/sign.sh" "$WRONG" "$STICK/$WRONG" "$KEY" >/dev/null
}

if [ -z "${PORCHLIGHT_TRY_AGAIN:-}" ]; then
  rm -rf "$STICK"
  mkdir -p "$WORK/key" "$STICK"
  minisign -G -W -f -p "$WORK/key/test.pub" -s "$KEY" >/dev/null
  next_clone
  for source in "$WORK/next:$NEXT" "$ROOT:$NOW"; do # the build of this version stays in WORK/build
    echo "building ${source##*:}"
    PORCHLIGHT_BUILD=$WORK/build bash "${source%:*}/packaging/linux/release.sh" "$STICK/${source##*:}" >"$WORK/build-${source##*:}.log" 2>&1 ||
      { tail -n 20 "$WORK/build-${source##*:}.log"; exit 1; }
  done
  damaged_release
fi
# only the release that a step is about lies on the stick
mkdir -p "$WORK/drawer"
find "$STICK" -mindepth 1 -maxdepth 1 -exec mv -t "$WORK/drawer" {} + 2>/dev/null
stick() { find "$STICK" -mindepth 1 -delete; for one in "$@"; do cp -a "$WORK/drawer/$one" "$STICK/"; done; }
