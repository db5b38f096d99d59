# Sourced by try.sh: the package for everybody on a laptop.
LIST='Name,Phone,City,State,Services\nTrial House,406-555-0142,Forsyth,MT,Emergency shelter\n'
kept() { test -f "$DATA/directory/directory.db" && echo kept; }
DATA=$FRESH/home/officer/.local/share/Porchlight

stick "$NOW"
fresh apt-get install -y "/mnt/stick/$NOW/porchlight_${NOW}_amd64.deb"; is "deb: install without a network" $? 0
is "deb: version" "$(version)" "$NOW"
officer porchlight --self-check; is "deb: self-check" $? 0
cp "$WORK/said" "$WORK/self-check-deb.txt"
officer env DISPLAY=":$DISPLAY_NUMBER" porchlight-window --once; is "deb: the window opens on an X screen" $? 0
says "deb: the window is usable" usable
printf "$LIST" >"$FRESH/home/officer/list.csv"
officer porchlight import /home/officer/list.csv --apply; is "deb: import a list" $? 0
officer porchlight find trial shelter; says "deb: find it" "Trial House"
officer porchlight sheet wallet_card --language es --out /home/officer/card.pdf; is "deb: make a sheet" $? 0

echo 'county = "Rosebud County, MT"' >"$WORK/policy.toml"
install -D -m 644 "$WORK/policy.toml" "$FRESH/etc/porchlight/policy.toml"
officer porchlight policy; says "policy: in force" "Rosebud County"
chmod 666 "$FRESH/etc/porchlight/policy.toml"
officer porchlight policy; is "policy: a file that anybody may write is refused" $? 1
rm -r "$FRESH/etc/porchlight"

stick "$NEXT"
officer porchlight update /mnt/stick; is "update: an officer may not" $? 1
says "update: it says who may" "administrator"
truncate -s 20M "$STICK/$NEXT/porchlight_${NEXT}_amd64.deb"
fresh porchlight update /mnt/stick; is "update: half-copied stick refused" $? 1
says "update: it names the file" "half copied"
is "update: nothing changed" "$(version) $(left)" "$NOW app-$NOW "
stick "$NEXT"
fresh sh -c 'mount -t tmpfs -o size=60m none /usr/lib/porchlight/package && porchlight update /mnt/stick'
is "update: a full disk is refused" $? 1
is "update: full disk: the version before goes on" "$(version) $(left)" "$NOW app-$NOW "
fresh sh -c 'runuser -u officer -- env HOME=/home/officer QT_QPA_PLATFORM=offscreen porchlight-window &
  sleep 8; porchlight update /mnt/stick || exit 1; sleep 2; kill -0 $! && echo still open; kill $!; true'
is "update: from the signed stick, while a window is open" $? 0
says "update: the window goes on" "still open"
is "update: version, the one before kept" "$(version) $(left)" "$NEXT app-$NOW app-$NEXT "
officer porchlight find trial shelter; says "update: data still there" "Trial House"

stick "$WRONG"
fresh porchlight update /mnt/stick; is "update: a version that fails its self-check is refused" $? 1
says "update: it says so" "self-check"
is "update: the version before goes on" "$(version) $(left)" "$NEXT app-$NOW app-$NEXT "
stick "$NOW"
fresh porchlight update /mnt/stick; says "downgrade: refused by the program" "newer"
fresh apt-get install -y "/mnt/stick/$NOW/porchlight_${NOW}_amd64.deb"; is "downgrade: refused by apt" "$(version)" "$NEXT"
is "the list of files is signed by the test key, and by nobody else" \
  "$(minisign -Vqm "$STICK/$NOW/SHA256SUMS" -p "$WORK/key/test.pub" && echo yes)" yes

fresh porchlight rollback-program; is "roll-back" $? 0
is "roll-back: version" "$(version)" "$NOW"
BEFORE=$(sha256sum <"$DATA/directory/directory.db")
officer porchlight find trial shelter; is "newer data: the older program refuses them" $? 1
says "newer data: it says so" "newer"
is "newer data: not a byte was changed" "$(sha256sum <"$DATA/directory/directory.db")" "$BEFORE"
SNAPSHOT=$(find "$DATA/directory/backups" -name '*.db' | sort | tail -n 1)
officer porchlight restore "${SNAPSHOT#"$FRESH"}"; is "newer data: the snapshot before the step is put back" $? 0
officer porchlight find trial shelter; says "newer data: the older program works on it" "Trial House"
DAMAGED=$FRESH/usr/lib/porchlight/app-$NOW/_internal/resources/content/hotlines.toml
cp "$DAMAGED" "$WORK/kept"
cp "$WORK/kept" "$DAMAGED.new" && echo '# changed' >>"$DAMAGED.new" && mv "$DAMAGED.new" "$DAMAGED"
officer porchlight --self-check; is "damaged program file: the self-check fails" $? 1
says "damaged program file: named" "resources/content/hotlines.toml"
fresh porchlight rollback-program
is "damaged program file: the other version still works" "$(officer porchlight --self-check; echo $?)" 0

fresh apt-get remove -y porchlight; is "remove" $? 0
is "remove: program gone, data kept" "$(test -e "$FRESH/usr/lib/porchlight" && echo program)$(kept)" kept
stick "$NEXT"
fresh apt-get install -y "/mnt/stick/$NEXT/porchlight_${NEXT}_amd64.deb"
officer porchlight find trial shelter; says "install again: data still there" "Trial House"
fresh apt-get purge -y porchlight; is "purge: without an answer the data stay" "$(kept)" kept
fresh apt-get install -y "/mnt/stick/$NEXT/porchlight_${NEXT}_amd64.deb"
fresh sh -c 'echo porchlight porchlight/delete-data boolean true | debconf-set-selections && apt-get purge -y porchlight'
is "purge: with a yes they go" "$(kept)" ""
