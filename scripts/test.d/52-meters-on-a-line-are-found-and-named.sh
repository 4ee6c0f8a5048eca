#!/usr/bin/env bash
# meters on a serial line are found, named, and offered as a configuration that is then taken as it is
set -euo pipefail
# shellcheck source=scripts/test.d/lib/serial.sh
source "$(dirname "$0")/lib/serial.sh"

"$BIN/cryptometer" meter models --json >models.json
jq -e '(.models | length) >= 10 and all(.models[]; .source != "" and .importRegister != .exportRegister)' \
    models.json >/dev/null
"$BIN/cryptometer" meter models | grep -q '^eastron-sdm630$'
refuses 69 'does not exist: is the adapter plugged in\?' cryptometer meter scan --port "$FOLDER/absent" --units 1

# Unit 3: an SDM630 that says so (0070 at 0xFC02). Unit 5: an EM24. Unit 7: something else.
line_of 9600 3 '{"3": {"64514": [112]}, "4": {"72": [17562, 21029], "74": [17142, 59769]}}' \
    5 '{"4": {"11": [71], "62": [57920, 1], "92": [12345, 0]}}' \
    7 '{"3": {"256": [1, 2]}}'
scan() { "$BIN/cryptometer" meter scan --port "$LINE" --bauds 9600 "$@" 2>scan.err; } # OPTION...
slave_listens() { scan --units 3 --json | jq -e '.found | length == 1' >/dev/null; }
found_is() { jq -e "$1" found.json >/dev/null || fail "not so: $1 in $(cat found.json)"; } # FILTER
await 60 'the slave listens' slave_listens
scan --units 1-8 --json >found.json
grep -q 'Scanning: 100 %' scan.err
found_is '[.found[] | [.unit, .certainty, .models[0].model]] ==
    [[3, "says-so", "eastron-sdm630"], [5, "says-so", "carlo-gavazzi-em24"], [7, "unknown", null]]'
found_is '.found[0].models[0] | .importMilliwattHours == 1234567016 and .exportMilliwattHours == 123456001'
found_is '.found[1].models[0] | .importMilliwattHours == 12345600000 and .exportMilliwattHours == 1234500000'

scan --units 3 >found.txt
grep -q 'import 0x0048, drawn from the grid: 1234.567016 kWh' found.txt
grep -q 'export 0x004A, fed into the grid:   123.456001 kWh' found.txt
sed -n '/^\[source\]/,$p' found.txt >source.toml
grep -q '^direction = "export"' source.toml

lone_meter SDM-1 B 1000 1000000
cat source.toml >>"$meter"
run_meter
becomes "$meter" 60 '.source | contains("counts, register at 123456001 mWh")'
