#!/usr/bin/env bash
# a meter on a serial line, played by another project's Modbus slave, is counted and proven watt-hour by watt-hour
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

socat pty,raw,echo=0,link="$folder/meter" pty,raw,echo=0,link="$folder/board" &
pids+=($!)
for _ in {1..50}; do
    if [[ -e board && -e meter ]]; then break; fi
    sleep 0.1
done
# 0x0C87 = 3207: the export total of an iEM3155, an int64 of whole watt-hours, at 1,000,000 Wh.
mkfifo to-slave
/usr/bin/python3 "$root/hal/src/test/resources/energy/cryptometer/hal/meter/slave.py" "$folder/meter" \
    '{"unit": 1, "baud": 19200, "parity": "N", "registers": {"3": {"3203": [0, 0, 0, 0], "3207": [0, 0, 15, 16960]}}}' \
    <to-slave >slave.log 2>&1 &
pids+=($!)
exec 8>to-slave

cat >community.toml <<END
[community]
name = "One meter on a serial line"
origin = $(date -u -d "@$(($(date +%s) / 10 * 10))" +%FT%TZ)
step_seconds = 10
collect_seconds = 2
propose_seconds = 3
[[meter]]
name = "A"
serial = "IEM-1"
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
cat >>c/meters/A/cryptometer.toml <<END
[source]
type = "modbus"
model = "schneider-iem3155"
port = "$folder/board"
unit = 1
direction = "export"
poll_seconds = 1
baud = 19200
parity = "none"
stop_bits = 1
END
"$bin/community-node" run --config c/nodes/node-1/node.toml >node.log 2>&1 &
pids+=($!)
"$bin/cryptometer" run --config c/meters/A/cryptometer.toml >meter.log 2>&1 &
pids+=($!)

status() { "$bin/cryptometer" status --config c/meters/A/cryptometer.toml --json 2>/dev/null; }
waited_for() { # SECONDS FILTER
    for ((i = 0; i < $1; i++)); do
        status | jq -e "$2" >/dev/null 2>&1 && return 0
        sleep 1
    done
    echo "after $1 s still not: $2"; status || true; tail -n 5 meter.log node.log slave.log; return 1
}
waited_for 30 '.running'
sleep 3
for total in 16961 16963 16970; do # 1 Wh, 2 Wh and 7 Wh more
    echo "3 3207 0 0 15 $total" >&8
    sleep 2
done
waited_for 60 '.counted == 10 and .proven == 10 and .registerMilliwattHours == 10000'
status
