# shellcheck shell=bash
# What community.sh gives, and meters on a serial line: two pseudo-terminals joined by socat, on whose far end
# another project's Modbus slave plays the meters. Programs under test open $LINE.

# shellcheck source=scripts/test.d/lib/community.sh
source "$(dirname "${BASH_SOURCE[0]}")/community.sh"

LINE="$FOLDER/line"
FAR_END="$FOLDER/far-end"
SLAVE="$BIN/../../../hal/src/test/resources/energy/cryptometer/hal/modbus/slave.py"

# beside COMMAND...: runs in the background, with our standard input, until the script ends.
beside() {
    "$@" <&0 &
    RUNNING+=("$!")
}

# line_with MAP: a line with the meters of MAP, as slave.py takes it.
line_with() {
    beside socat "pty,raw,echo=0,link=$FAR_END" "pty,raw,echo=0,link=$LINE"
    await 10 'there is a line' test -e "$LINE" -a -e "$FAR_END"
    mkfifo to-slave
    exec 8<>to-slave # for reading, too: so it does not wait for the slave
    beside /usr/bin/python3 "$SLAVE" "$FAR_END" "$1" <to-slave >slave.log 2>&1
}

# shows [UNIT:]FUNCTION ADDRESS WORD...: from now on the register shows this.
shows() { echo "$*" >&8; }

# words NUMBER: as the four words of a register.
words() { echo "$(($1 >> 48 & 0xFFFF)) $(($1 >> 32 & 0xFFFF)) $(($1 >> 16 & 0xFFFF)) $(($1 & 0xFFFF))"; }

# The totals of the meters that we play, as registers of the map. An iEM3155 counts whole watt-hours, a B23 tens.
four() { words "$1" | sed 's/ /, /g; s/.*/[&]/'; }
iem3155() { echo "{\"3\": {\"3203\": $(four "$1"), \"3207\": $(four "$2")}}"; }   # IMPORT EXPORT
b23() { echo "{\"3\": {\"20480\": $(four "$1"), \"20484\": $(four "$2")}}"; }      # IMPORT EXPORT

# line_of BAUD UNIT REGISTERS [UNIT REGISTERS]...: a line with these meters, without parity.
line_of() {
    local baud="$1" units="\"$2\": $3"
    shift 3
    while (($# > 1)); do
        units+=", \"$1\": $2"
        shift 2
    done
    line_with "{\"baud\": $baud, \"parity\": \"N\", \"units\": {$units}}"
}

# community_of "NAME SERIAL CLASS CONSTANT WATTS"...: a community in the folder c, steps of 4 s, of these meters and
# a node that runs.
community_of() {
    local now begun meter name serial class constant watts
    now="$(date +%s)"
    begun="$(date -u -d "@$((now - now % 4))" +%FT%TZ)"
    {
        printf '[community]\nname = "Meters on a serial line"\norigin = %s\n' "$begun"
        printf 'step_seconds = 4\ncollect_seconds = 1\npropose_seconds = 2\n'
        for meter in "$@"; do
            read -r name serial class constant watts <<<"$meter"
            printf '[[meter]]\nname = "%s"\nserial = "%s"\nmid_class = "%s"\n' "$name" "$serial" "$class"
            printf 'constant = %s\nrated_power_watts = %s\n' "$constant" "$watts"
        done
        printf '[[participant]]\nname = "X"\nshare_ppm = 1000000\n'
        printf '[[node]]\nname = "n"\nlisten = "127.0.0.1:%s"\n' "$(free_port)"
    } >c.toml
    "$BIN/provision" community init --file c.toml --out c >c.log 2>&1 || fail "$(cat c.log)"
    start node community-node run --config c/nodes/n/node.toml
}

# lone_meter SERIAL CLASS CONSTANT WATTS: a community of one meter, whose configuration is the file $meter.
lone_meter() {
    community_of "A $*"
    meter=c/meters/A/cryptometer.toml
}

# run_meter: the program with the configuration $meter; its id is in $started.
run_meter() { start meter cryptometer run --config "$meter"; }

# modbus SECTION MODEL UNIT DIRECTION [LINE...]: a section that reads a meter of the line.
modbus() {
    printf '[%s]\nmodel = "%s"\nport = "%s"\nunit = %s\ndirection = "%s"\n' "$1" "$2" "$LINE" "$3" "$4"
    printf '%s\n' "${@:5}"
}

# is FILE FILTER: whether jq's FILTER holds for the status of the meter with the configuration FILE.
is() { "$BIN/cryptometer" status --config "$1" --json 2>/dev/null | tee status.json | jq -e "$2" >/dev/null 2>&1; }

# becomes FILE SECONDS FILTER: it does within this time.
becomes() {
    local end=$((SECONDS + $2 * PATIENCE)) begun
    begun="$(millis)"
    until is "$1" "$3"; do
        ((SECONDS < end)) || fail "after $(($2 * PATIENCE)) s still not: $3 in $(cat status.json)"
        rest "$begun"
        begun="$(millis)"
    done
}
