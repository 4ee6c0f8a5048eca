#!/usr/bin/env bash
# Table 1 of the paper, live: 15 and 10 kWh become 8 and 17 through two SIGKILLs, and nothing is left running
set -euo pipefail
bin="$(cd "$(dirname "$0")/../../target/dist/bin" && pwd -P)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

SECONDS=0
JAVA_OPTS="-Djava.io.tmpdir=$folder" "$bin/community-demo" --json >"$folder/result.json"
cat "$folder/result.json"
[[ "$(wc -l <"$folder/result.json")" == 1 ]] || { echo "standard output is not one line"; exit 1; }
jq -e '
    .counted == 25000 and .signed == 25000 and .sent == 25000 and .proven == 25000
    and .generators == {"A": 15000000, "B": 10000000} and .vpp == 25000000
    and .participants == {"X": 8000000, "Y": 17000000}
    and .verified == true and .restarts == 2
    and .bytesPerPulseOnWire > 64 and .bytesPerPulseOnWire <= 120' "$folder/result.json" >/dev/null ||
    { echo "the result is not Table 1"; exit 1; }
# About a minute alone; other tests run beside.
((SECONDS < 240)) || { echo "took $SECONDS s, allowed 240 s"; exit 1; }
if pgrep -f "$folder/cryptometer-demo-"; then echo "these are still running"; exit 1; fi
if compgen -G "$folder/cryptometer-demo-*" >/dev/null; then echo "the demonstration left its folder behind"; exit 1; fi
