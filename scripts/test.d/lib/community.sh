# shellcheck shell=bash
# A community of one meter and one node on loopback, in a folder of its own. Whatever was started is stopped by
# its process id when the script ends, and the folder is removed.

BIN="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../target/dist/bin" && pwd -P)"
FOLDER="$(mktemp -d)"
RUNNING=()
MOUNTED=""
# shellcheck disable=SC2034 # for the scripts that source this
PULSES=600 # in the profile: 15 minutes at 2400 W and 1000 pulses per kWh
export JAVA_OPTS="-XX:TieredStopAtLevel=1 -Xshare:auto"
cd "$FOLDER" || exit 1

leave() {
    local status=$? pid
    for pid in "${RUNNING[@]}"; do
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true # a file system that somebody still uses is not unmounted
    done
    if ((status != 0)); then tail -n 15 ./*.log 2>/dev/null || true; fi
    cd /
    [[ -z "$MOUNTED" ]] || umount "$MOUNTED"
    rm -rf "$FOLDER"
}
trap leave EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}

# A UDP port of the loopback that nobody has, and that no other script is given: each has sixteen of its own, by its
# process id. They end below those that the kernel gives away by itself.
PORTS_GIVEN="$FOLDER/ports-given"
: >"$PORTS_GIVEN"
free_port() {
    local port number
    while :; do
        number="$(wc -c <"$PORTS_GIVEN")"
        printf . >>"$PORTS_GIVEN"
        port=$((16000 + $$ % 1000 * 16 + number % 16))
        grep -qi ":$(printf '%04X' "$port") " /proc/net/udp /proc/net/udp6 || break
    done
    echo "$port"
}

# found NAME [LINE_OF_METER...]: a community in folder NAME, steps of 4 s, begun at the last full step.
found() {
    local name="$1" terms="${TERMS:-}" now
    shift
    now="$(date +%s)"
    {
        printf '[community]\nname = "%s"\norigin = %s\n' "$name" "$(date -u -d "@$((now - now % 4))" +%FT%TZ)"
        printf 'step_seconds = 4\ncollect_seconds = 1\npropose_seconds = 2\n%s\n' "$terms"
        printf '[[meter]]\nname = "m"\nserial = "M-1"\nmid_class = "B"\nconstant = 1000\nrated_power_watts = 100000\n'
        printf '%s\n' "$@"
        printf '[[participant]]\nname = "X"\nshare_ppm = 1000000\n[[node]]\nname = "n"\nlisten = "127.0.0.1:5683"\n'
    } >"$name.toml"
    "$BIN/provision" community init --file "$name.toml" --out "$name" >"$name.log" 2>&1 || fail "$(cat "$name.log")"
}

# meter_file FILE COMMUNITY NODES LAPSE [KEY_LINE...]: a meter's configuration; without KEY_LINE with the trial key.
meter_file() {
    local file="$1" community="$2" nodes="$3" lapse="$4"
    shift 4
    (($# > 0)) || set -- "trial_key = \"$community/meters/m/key.p12\"" "pin_file = \"$community/meters/m/pin\""
    {
        printf '[meter]\ngenesis = "%s/genesis.cbor"\njournal = "%s"\n' "$community" "${JOURNAL:-m.db}"
        printf '[source]\ntype = "profile"\nfile = "profile.csv"\ncolumn = "power_w"\ntime_lapse = %s\n[key]\n' "$lapse"
        printf '%s\n' "$@"
        printf '[forward]\nnodes = [%s]\nretry_max_ms = 500\nlinger_ms = 200\n' "$nodes"
    } >"$file"
}

# profile_of WATTS: three intervals of five minutes.
profile_of() {
    printf 'timestamp_end,power_w\n' >profile.csv
    printf '2026-06-21T10:%s:00Z,'"$1"'\n' 05 10 15 >>profile.csv
}

# node_file FILE COMMUNITY PORT STORE
node_file() {
    {
        printf '[node]\ngenesis = "%s/genesis.cbor"\nstore = "%s"\nlisten = "127.0.0.1:%s"\n' "$2" "$4" "$3"
        printf '[key]\ntrial_key = "%s/nodes/n/key.p12"\npin_file = "%s/nodes/n/pin"\n' "$2" "$2"
        printf '[vrf]\nsecret_file = "%s/nodes/n/vrf.key"\n' "$2"
        printf '[plant]\ntrial_key = "%s/plant/key.p12"\npin_file = "%s/plant/pin"\n' "$2" "$2"
    } >"$1"
}

# start NAME PROGRAM ARGUMENT...: runs in the background, says everything in NAME.log; its id is in $started.
start() {
    local name="$1"
    shift
    "$BIN/$1" "${@:2}" >>"$name.log" 2>&1 </dev/null &
    started=$!
    RUNNING+=("$started")
}

kill_now() {
    kill -KILL "$1"
    wait "$1" 2>/dev/null || true
}

stop() {
    kill -TERM "$1"
    wait "$1" 2>/dev/null || true
}

# refuses STATUS PATTERN PROGRAM ARGUMENT...: the program ends with this status within 180 s, its last words match
# the pattern, and no stack trace is among them. Prints what it said.
refuses() {
    local status=0 wanted="$1" pattern="$2" program="$3"
    shift 3
    timeout 180 "$BIN/$program" "$@" >refused.log 2>&1 </dev/null || status=$?
    grep -v ' INFO ' refused.log | sed "s/^/$program: /"
    [[ "$status" == "$wanted" ]] || fail "$program ended with $status, expected $wanted"
    tail -n 1 refused.log | grep -qE "$pattern" || fail "its last line does not match '$pattern'"
    if grep -qE '^[[:space:]]+at |Exception' refused.log; then fail "$program showed a stack trace"; fi
}

# one_line: of what was refused last, exactly one line was said besides the log's information.
one_line() {
    (($(grep -cv ' INFO ' refused.log) == 1)) || fail "more than one line"
}

# number KEY [FILE]: one number of the meter's status; -1 while there is none.
number() {
    local value
    value="$("$BIN/cryptometer" status --config "${2:-m-run.toml}" --json 2>/dev/null | jq -r ".$1")" || value=""
    echo "${value:--1}"
}

# Other scripts and an emulator run beside: everything may take so many times as long as it takes alone.
readonly PATIENCE=3

# await SECONDS WHAT COMMAND...: looks again and again until the command succeeds.
await() {
    local seconds=$(($1 * PATIENCE)) what="$2" end=$((SECONDS + $1 * PATIENCE)) begun
    shift 2
    begun="$(millis)"
    until "$@"; do
        ((SECONDS < end)) || fail "not within $seconds s: $what"
        rest "$begun"
        begun="$(millis)"
    done
}

# rest BEGUN: as long as the look took that began then, so that looking takes half the time at most.
rest() {
    local took=$(($(millis) - $1))
    sleep "$((took / 1000)).$(printf '%03d' $((took % 1000 < 200 && took < 1000 ? 200 : took % 1000)))"
}
millis() { echo "$((${EPOCHREALTIME/[.,]/} / 1000))"; }

at_least() { (($(number "$1") >= $2)); }
says() { grep -qE "$2" "$1.log"; }
