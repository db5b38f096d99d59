# Sourced by try.sh: the built program writes the same paper as the source, in every language. What was trimmed
# away by mistake (a font, a table of ICU) would show here.
FROM_SOURCE=$WORK/sheets/source FROM_BUILD=$WORK/sheets/build
rm -rf "$WORK/sheets"
mkdir -p "$FROM_SOURCE" "$FROM_BUILD"
LANGUAGES=0
"$WORK/build/dist/Porchlight/porchlight-cli" --data "$WORK/sheets/data" --training --json find shelter >"$WORK/sheets/found"
mapfile -t CHOSEN < <(grep -o '"provider_id": "[^"]*"' "$WORK/sheets/found" | cut -d'"' -f4 | head -n 3)
for folder in "$ROOT"/resources/content/words/*/; do
  language=$(basename "$folder")
  LANGUAGES=$((LANGUAGES + 1))
  ask=(--data "$WORK/sheets/data" --training sheet full_page --language "$language" "${CHOSEN[@]/#/--provider=}" --out)
  # a sheet that a language does not have is refused by both, in the same words
  (cd "$ROOT" && "$WORK/build/venv/bin/python" -m desktop "${ask[@]}" "$FROM_SOURCE/$language.pdf") >/dev/null 2>"$FROM_SOURCE/$language.said"
  "$WORK/build/dist/Porchlight/porchlight-cli" "${ask[@]}" "$FROM_BUILD/$language.pdf" >/dev/null 2>"$FROM_BUILD/$language.said"
done
DIFFERENT=$(diff -rq "$FROM_SOURCE" "$FROM_BUILD" | wc -l)
MADE=$(find "$FROM_BUILD" -name '*.pdf' -size +4k | wc -l)
echo "      $LANGUAGES languages, $MADE sheets"
is "sheets of the built program are those of the source, byte for byte" "$DIFFERENT" 0
is "nearly every language has the sheet" "$([ "$MADE" -ge $((LANGUAGES - 2)) ] && echo yes)" yes
