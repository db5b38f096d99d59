# Sourced by try.sh: the installer for one user without rights, and the portable folder.
BIN=/home/officer/.local/bin
BASE=$FRESH/home/officer/.local/share/programs/Porchlight
apps() { (cd "$BASE" 2>/dev/null && find . -maxdepth 1 -name 'app-*' -printf '%P\n' | sort | tr '\n' ' '); }

stick "$NOW"
officer sh "/mnt/stick/$NOW/porchlight-$NOW-linux-x86_64.run"; is "run: install without root" $? 0
is "run: version" "$(version $BIN/porchlight)" "$NOW"
officer $BIN/porchlight --self-check; is "run: self-check" $? 0
cp "$WORK/said" "$WORK/self-check-run.txt"
officer $BIN/porchlight import /home/officer/list.csv --apply; is "run: import a list" $? 0
stick "$NEXT"
fresh sh -c "mount -t tmpfs -o size=60m,mode=777 none /home/officer/.local/share/programs && exec runuser -u officer -- env HOME=/home/officer sh /mnt/stick/$NEXT/porchlight-$NEXT-linux-x86_64.run"
is "run: a full disk is refused" $? 6
says "run: it says what to do" "Free some space"
officer $BIN/porchlight update /mnt/stick; is "run: update from the signed stick" $? 0
is "run: version, the one before kept" "$(version $BIN/porchlight) $(apps)" "$NEXT app-$NOW app-$NEXT "
stick "$NOW"
officer sh "/mnt/stick/$NOW/porchlight-$NOW-linux-x86_64.run"; is "run: a downgrade is refused" $? 8
says "run: downgrade: it names the way back" "--rollback"
stick "$NEXT"
head -c 20000000 "$STICK/$NEXT/porchlight-$NEXT-linux-x86_64.run" >"$STICK/half.run"
officer sh /mnt/stick/half.run; is "run: a half-copied file is refused" $? 7
says "run: half copied: it says so" "half copied"
chmod a-w "$BASE"
officer sh "/mnt/stick/$NEXT/porchlight-$NEXT-linux-x86_64.run"; is "run: a folder that may not be written is refused" $? 6
says "run: not written: it says so" "may not be written"
chmod u+w "$BASE"
officer sh -c "QT_QPA_PLATFORM=offscreen $BIN/porchlight-window --data /tmp/other & sleep 8 # not the data
  sh $BIN/../share/programs/Porchlight/install-user.sh --uninstall; code=\$?; kill \$!; exit \$code"
is "run: removing it while it runs is refused" $? 5
says "run: running: it says what to do" "Close it"
is "run: after all that, the version is the same" "$(version $BIN/porchlight) $(apps)" "$NEXT app-$NOW app-$NEXT "

stick "$WRONG"
officer $BIN/porchlight update /mnt/stick; is "run: a version that fails its self-check is refused" $? 1
is "run: nothing left of it" "$(version $BIN/porchlight) $(apps)" "$NEXT app-$NOW app-$NEXT "
officer $BIN/porchlight rollback-program; is "run: roll-back" "$(version $BIN/porchlight)" "$NOW"
officer $BIN/porchlight find trial shelter; says "run: data still there" "Trial House"
officer sh $BIN/../share/programs/Porchlight/install-user.sh --uninstall; is "run: uninstall" $? 0
is "run: program gone, data kept" "$(apps)$(kept)" kept
stick "$NEXT"
officer sh "/mnt/stick/$NEXT/porchlight-$NEXT-linux-x86_64.run" --uninstall --purge
is "run: with --purge the data go" "$(test -e "$DATA" && echo still there)" ""

stick "$NOW"
PLACE="/home/officer/Streife Öl"
officer sh -c "mkdir '$PLACE' && tar -C '$PLACE' -xzf '/mnt/stick/$NOW/Porchlight-$NOW-linux-portable.tar.gz'"; is "portable: unpack" $? 0
CARRIED="$PLACE/Porchlight-$NOW-portable"
officer "$CARRIED/porchlight-cli" import /home/officer/list.csv --apply; is "portable: import a list" $? 0
is "portable: data beside the program, nothing at home" "$(ls "$FRESH$CARRIED/data/directory/directory.db" >/dev/null && echo beside)$(test -e "$DATA" && echo and at home)" beside
stick "$NEXT"
officer "$CARRIED/porchlight-cli" update /mnt/stick; is "portable: update from the signed stick" $? 0
officer "$PLACE/Porchlight-$NEXT-portable/porchlight-cli" find trial shelter; says "portable: the new folder has the data" "Trial House"
officer "$PLACE/Porchlight-$NEXT-portable/porchlight-cli" rollback-program; says "portable: it names the way back" "Porchlight-$NOW-portable"
