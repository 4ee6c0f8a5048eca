#!/usr/bin/env bash
# two meters of two makers on one serial line that hears itself: one board counts and proves both, exactly
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd -P)"
bin="$root/target/dist/bin"
folder="$(mktemp -d)"
pids=()
cleanup() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait
    rm -rf "$folder"
}
trap cleanup EXIT
cd "$folder"
port=$((20000 + RANDOM % 20000))

socat pty,raw,echo=0,link="$folder/meter" pty,raw,echo=0,link="$folder/line" &
pids+=($!)
for _ in {1..50}; do
    if [[ -e line && -e meter ]]; then break; fi
    sleep 0.1
done
# Unit 1: a B23, exports 1,000.00 kWh in steps of 10 Wh. Unit 2: an iEM3155, imports 2,000,000 Wh.
mkfifo to-slave
/usr/bin/python3 "$root/hal/src/test/resources/energy/cryptometer/hal/meter/slave.py" "$folder/meter" \
    '{"baud": 9600, "parity": "N", "units": {
      "1": {"3": {"20480": [0, 0, 0, 7], "20484": [0, 0, 1, 34464]}},
      "2": {"3": {"3203": [0, 0, 30, 33920], "3207": [0, 0, 0, 0]}}}}' \
    <to-slave >slave.log 2>&1 &
pids+=($!)
exec 8>to-slave

cat >community.toml <<END
[community]
name = "Two meters on one line"
origin = $(date -u -d "@$(($(date +%s) / 10 * 10))" +%FT%TZ)
step_seconds = 10
collect_seconds = 2
propose_seconds = 3
[[meter]]
name = "A"
serial = "B23-1"
mid_class = "B"
constant = 100
rated_power_watts = 1000000
[[meter]]
name = "B"
serial = "IEM-2"
mid_class = "C"
constant = 1000
rated_power_watts = 1000000
[[participant]]
name = "X"
share_ppm = 1000000
[[node]]
name = "node-1"
listen = "127.0.0.1:$port"
END
"$bin/provision" community init --file community.toml --out c >provision.log
source_of() { # MODEL UNIT DIRECTION
    cat <<END
[source]
type = "modbus"
model = "$1"
port = "$folder/line"
unit = $2
direction = "$3"
baud = 9600
parity = "none"
END
}
mkdir -p board/meters
for meter in A B; do # what a meter's file names stays beside where it was made
    sed -E "s#= \"(\.\./|key|pin|journal)#= \"$folder/c/meters/$meter/\1#" \
        "c/meters/$meter/cryptometer.toml" >"board/meters/$meter.toml"
done
source_of abb-b23 1 export >>board/meters/A.toml
source_of schneider-iem3155 2 import >>board/meters/B.toml
"$bin/community-node" run --config c/nodes/node-1/node.toml >node.log 2>&1 &
pids+=($!)
"$bin/cryptometer" run --config board >board.log 2>&1 &
pids+=($!)

status() { # METER
    "$bin/cryptometer" status --config "board/meters/$1.toml" --json 2>/dev/null
}
waited_for() { # METER SECONDS FILTER
    for ((i = 0; i < $2; i++)); do
        status "$1" | jq -e "$3" >/dev/null 2>&1 && return 0
        sleep 1
    done
    echo "meter $1, after $2 s still not: $3"; status "$1" || true; tail -n 5 board.log node.log slave.log; return 1
}
waited_for A 60 '.running and (.source | contains("register at 1000000000 mWh"))'
waited_for B 60 '.running and (.source | contains("register at 2000000000 mWh"))'
stty -F "$folder/meter" echo # from now on the line hears its own requests
for step in 1 2 3; do
    echo "1:3 20484 0 0 1 $((34464 + step))" >&8 # 10 Wh more: 1 pulse
    echo "2:3 3203 0 0 30 $((33920 + 5 * step))" >&8 # 5 Wh more: 5 pulses
    sleep 2
done
waited_for A 60 '.counted == 3 and .proven == 3 and .counters.echoes > 0 and .counters.crc_errors == 0'
waited_for B 60 '.counted == 15 and .proven == 15 and .counters.echoes > 0 and .counters.crc_errors == 0'
