# Sourced by try.sh: the built program writes the same paper as the source, in every language. What was trimmed
# away by mistake (a font, a table of ICU) would show here.
FROM_SOURCE=$WORK/sheets/source FROM_BUILD=$WORK/sheets/build
rm -rf "$WORK/sheets"
mkdir -p "$FROM_SOURCE" "$FROM_BUILD"
SAME=0 LANGUAGES=0
"$WORK/build/dist/Porchlight/porchlight-cli" --data "$WORK/sheets/data" --training --json find shelter >"$WORK/sheets/found"
mapfile -t CHOSEN < <(grep -o '"provider_id": "[^"]*"' "$WORK/sheets/found" | cut -d'"' -f4 | head -n 3)
for folder in "$ROOT"/resources/content/words/*/; do
  language=$(basename "$folder")
  LANGUAGES=$((LANGUAGES + 1))
  ask=(--data "$WORK/sheets/data" --training sheet full_page --language "$language" "${CHOSEN[@]/#/--provider=}" --out)
  (cd "$ROOT" && "$WORK/build/venv/bin/python" -m desktop "${ask[@]}" "$FROM_SOURCE/$language.pdf") >/dev/null 2>"$WORK/sheets/problem" || cat "$WORK/sheets/problem"
  "$WORK/build/dist/Porchlight/porchlight-cli" "${ask[@]}" "$FROM_BUILD/$language.pdf" >/dev/null 2>&1
  if cmp -s "$FROM_SOURCE/$language.pdf" "$FROM_BUILD/$language.pdf"; then SAME=$((SAME + 1)); else echo "differs: $language"; fi
done
is "sheets of the built program are those of the source, byte for byte" "$SAME" "$LANGUAGES"
