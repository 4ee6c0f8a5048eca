#!/usr/bin/env bash
# pulses that no register confirms are counted, and their disagreement is shown and becomes a signed, proven event
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
# The export register of a B23 stands at 1,000.00 kWh and does not move.
mkfifo to-slave
/usr/bin/python3 "$root/hal/src/test/resources/energy/cryptometer/hal/meter/slave.py" "$folder/meter" \
    '{"unit": 1, "baud": 9600, "parity": "N", "registers": {"3": {"20480": [0, 0, 0, 0], "20484": [0, 0, 1, 34464]}}}' \
    <to-slave >slave.log 2>&1 &
pids+=($!)
exec 8>to-slave

cat >community.toml <<END
[community]
name = "A contact and its witness"
origin = $(date -u -d "@$(($(date +%s) / 10 * 10))" +%FT%TZ)
step_seconds = 10
collect_seconds = 2
propose_seconds = 3
[[meter]]
name = "A"
serial = "B23-1"
mid_class = "B"
constant = 1000
rated_power_watts = 3600
[[participant]]
name = "X"
share_ppm = 1000000
[[node]]
name = "node-1"
listen = "127.0.0.1:$port"
END
"$bin/provision" community init --file community.toml --out c >provision.log
{
    echo "timestamp_end,power_w"
    for minute in {1..9}; do echo "2026-06-21T12:0$minute:00Z,3600"; done
} >c/meters/A/profile.csv
cat >>c/meters/A/cryptometer.toml <<END
[source]
type = "profile"
file = "profile.csv"
column = "power_w"
time_lapse = 20
[witness]
model = "abb-b23"
port = "$folder/board"
unit = 1
direction = "export"
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
waited_for 60 'any(.problems[]; contains("pulses and register disagree"))'
waited_for 60 '.counted > 100 and .proven == .counted and .counters.witness_requests > 0'
# Kind 12 is REGISTER_DRIFT (docs/spec/transactions.md): signed once, and proven.
/usr/bin/python3 - c/meters/A/journal.db <<'END'
import sqlite3
import sys

journal = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
drifts = journal.execute(
    "SELECT capture.words, entry.sequence <= journal.proven_sequence FROM journal, capture"
    " JOIN entry ON entry.capture = capture.id WHERE capture.kind = 12"
).fetchall()
if len(drifts) != 1 or not drifts[0][0].startswith("beyond ") or not drifts[0][1]:
    sys.exit(f"not one proven event of drift but {drifts}")
END
