#!/usr/bin/env bash
# meters on a serial line are found, named, and offered as a configuration that is then taken as it is
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

"$bin/cryptometer" meter models --json >models.json
jq -e '(.models | length) >= 10 and all(.models[]; .source != "" and .importRegister != .exportRegister)' models.json >/dev/null
"$bin/cryptometer" meter models | grep -q '^eastron-sdm630$'

code=0
"$bin/cryptometer" meter scan --port "$folder/absent" --units 1 >absent.out 2>absent.err || code=$?
[[ $code == 69 ]] || { echo "a port that is not there gave $code"; exit 1; }
grep -q 'does not exist: is the adapter plugged in?' absent.err

socat pty,raw,echo=0,link="$folder/meter" pty,raw,echo=0,link="$folder/board" &
pids+=($!)
for _ in {1..50}; do
    if [[ -e board && -e meter ]]; then break; fi
    sleep 0.1
done
# Unit 3: an SDM630 that says so (0070 at 0xFC02). Unit 5: an EM24. Unit 7: something else.
mkfifo to-slave
/usr/bin/python3 "$root/hal/src/test/resources/energy/cryptometer/hal/meter/slave.py" "$folder/meter" \
    '{"baud": 9600, "parity": "N", "units": {
      "3": {"3": {"64514": [112]}, "4": {"72": [17562, 21029], "74": [17142, 59769]}},
      "5": {"4": {"11": [71], "62": [57920, 1], "92": [12345, 0]}},
      "7": {"3": {"256": [1, 2]}}}}' \
    <to-slave >slave.log 2>&1 &
pids+=($!)
exec 8>to-slave
for _ in {1..20}; do # until the slave listens
    "$bin/cryptometer" meter scan --port "$folder/board" --bauds 9600 --units 3 --json >found.json 2>scan.err
    if jq -e '.found | length == 1' found.json >/dev/null; then break; fi
done
"$bin/cryptometer" meter scan --port "$folder/board" --bauds 9600 --units 1-8 --json >found.json 2>scan.err
grep -q 'Scanning: 100 %' scan.err
jq -e '[.found[] | [.unit, .certainty, .models[0].model]] ==
    [[3, "says-so", "eastron-sdm630"], [5, "says-so", "carlo-gavazzi-em24"], [7, "unknown", null]]' found.json >/dev/null ||
    { cat found.json; exit 1; }
jq -e '.found[0].models[0] | .importMilliwattHours == 1234567016 and .exportMilliwattHours == 123456001' found.json >/dev/null
jq -e '.found[1].models[0] | .importMilliwattHours == 12345600000 and .exportMilliwattHours == 1234500000' found.json >/dev/null

"$bin/cryptometer" meter scan --port "$folder/board" --bauds 9600 --units 3 >found.txt 2>/dev/null
grep -q 'import 0x0048, drawn from the grid: 1234.567016 kWh' found.txt
grep -q 'export 0x004A, fed into the grid:   123.456001 kWh' found.txt
sed -n '/^\[source\]/,$p' found.txt >source.toml
grep -q '^direction = "export"' source.toml

cat >community.toml <<END
[community]
name = "A meter that was found"
origin = $(date -u -d "@$(($(date +%s) / 10 * 10))" +%FT%TZ)
step_seconds = 10
collect_seconds = 2
propose_seconds = 3
[[meter]]
name = "A"
serial = "SDM-1"
mid_class = "B"
constant = 1000
rated_power_watts = 1000000
[[participant]]
name = "X"
share_ppm = 1000000
[[node]]
name = "node-1"
listen = "127.0.0.1:$((20000 + RANDOM % 20000))"
END
"$bin/provision" community init --file community.toml --out c >provision.log
cat source.toml >>c/meters/A/cryptometer.toml
"$bin/cryptometer" run --config c/meters/A/cryptometer.toml >meter.log 2>&1 &
pids+=($!)
counts() {
    for ((i = 0; i < 60; i++)); do
        "$bin/cryptometer" status --config c/meters/A/cryptometer.toml 2>/dev/null |
            grep -q 'counts, register at 123456001 mWh' && return 0
        sleep 1
    done
    echo "the configuration that was offered does not count:"; cat source.toml; tail -n 5 meter.log; return 1
}
counts
