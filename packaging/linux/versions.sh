# Versions of Porchlight side by side in $BASE: folders app-V, links current and previous. Sourced, not run.
# Exit codes of everything here: 0 done, 2 self-check failed (old version kept), 4 nothing to go back to,
# 5 running, 6 disk, 8 older than the installed version.
NAME=Porchlight

refuse() { # refuse CODE SENTENCE
  echo "$2" >&2
  exit "$1"
}

point() { # point LINK VERSION: one rename, so the link is never missing
  ln -s "app-$2" "$BASE/.$1.$$"
  mv -T "$BASE/.$1.$$" "$BASE/$1"
}

version_at() { if [ -L "$BASE/$1" ]; then readlink "$BASE/$1" | sed 's/^app-//'; fi; }

in_use() { # in_use VERSION: somebody runs it now; * for any
  # shellcheck disable=SC2254  # the version may be a pattern
  readlink /proc/[0-9]*/exe 2>/dev/null | while read -r exe; do
    case $exe in "$(readlink -f "$BASE")"/app-$1/*) echo yes ;; esac
  done | grep -q yes
}

newer() { # newer A B: A is a later version than B
  [ "$1" != "$2" ] && [ "$(printf '%s\n' "$1" "$2" | sort -V | tail -n 1)" = "$1" ]
}

passes_check() { # an empty, throw-away data folder: the check never touches real data
  scratch=$(mktemp -d) || refuse 6 "There is no room for temporary files. Free some disk space and try again; the version you have goes on working."
  code=0
  env -u DISPLAY -u WAYLAND_DISPLAY PORCHLIGHT_DATA="$scratch/data" QT_QPA_PLATFORM=offscreen \
    timeout 180 "$1/porchlight-cli" self-check >"$scratch/log" 2>&1 || code=$?
  if [ "$code" -ne 0 ]; then grep -v '^ok ' "$scratch/log" | tail -n 5 >&2 || true; fi
  rm -rf "$scratch"
  return "$code"
}

switch_to() { # switch_to VERSION: app-VERSION.part becomes the current version once it passes its check
  if [ -d "$BASE/app-$1" ] && in_use "$1"; then
    rm -rf "$BASE/app-$1.part"
    refuse 5 "Version $1 is running from the folder that would be replaced. Close Porchlight, then try again. Nothing was changed."
  fi
  if ! passes_check "$BASE/app-$1.part"; then
    rm -rf "$BASE/app-$1.part"
    refuse 2 "Version $1 did not pass its self-check, so it was not installed; the version you have goes on working. Copy the installer again."
  fi
  rm -rf "${BASE:?}/app-$1"
  mv -T "$BASE/app-$1.part" "$BASE/app-$1"
  before=$(version_at current)
  if [ -n "$before" ] && [ "$before" != "$1" ]; then point previous "$before"; fi
  point current "$1"
  tidy
}

tidy() { # keep the current and the previous version, and what somebody still runs
  for folder in "$BASE"/app-*; do
    version=${folder##*/app-}
    case $version in "$(version_at current)" | "$(version_at previous)") continue ;; esac
    if [ -d "$folder" ] && ! in_use "$version"; then rm -rf "$folder"; fi
  done
}

roll_back() {
  previous=$(version_at previous)
  current=$(version_at current)
  if [ -z "$previous" ] || [ ! -x "$BASE/app-$previous/$NAME" ]; then
    refuse 4 "There is no earlier version to go back to."
  fi
  point current "$previous"
  point previous "$current"
  echo "Back on version $previous."
}
