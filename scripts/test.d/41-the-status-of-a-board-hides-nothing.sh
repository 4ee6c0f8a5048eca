#!/usr/bin/env bash
# status, top and metrics find the running program by folder and by file, and a broken meter hides no other
set -euo pipefail
# shellcheck source=scripts/test.d/lib/community.sh
source "$(dirname "$0")/lib/community.sh"

found street
mkdir -p board/meters run
profile_of 2400
cp profile.csv board/meters
JOURNAL="$FOLDER/roof.db" meter_file board/meters/roof.toml "$FOLDER/street" '"coap://127.0.0.1:9"' 30
printf '[status]\nfolder = "%s/run"\n[metrics]\nfile = "%s/run/metrics.prom"\n' "$FOLDER" "$FOLDER" >board/board.toml

# shows STATUS COMMAND ARGUMENT...: the command ends with this status; what it said is in shown.out and shown.err.
shows() {
    local status=0 wanted="$1"
    shift
    timeout 180 "$BIN/cryptometer" "$@" >shown.out 2>shown.err </dev/null || status=$?
    [[ "$status" == "$wanted" ]] || fail "$* ended with $status, expected $wanted: $(cat shown.err)"
    if grep -qF "$(cat street/meters/m/pin)" shown.out shown.err; then fail "$* shows the PIN"; fi
    if grep -q $'\e' shown.out; then fail "$* colours a file"; fi
}
ordered() { jq -e '.counted >= .signed and .signed >= .sent and .sent >= .proven' >/dev/null; }

echo "== before the first start"
shows 74 status --config board
grep -q 'roof.db: is not there; start its program once' shown.err || fail "no reason: $(cat shown.err)"

echo "== the program of the folder is found by one of its files"
start meter cryptometer run --config board
meter="$started"
counts() { (($(number counted board/meters/roof.toml) >= 5)); }
await 60 'pulses are counted' counts
for _ in 1 2 3; do
    shows 0 status --config board/meters/roof.toml --json
    ordered <shown.out || fail "not counted >= signed >= sent >= proven: $(cat shown.out)"
done
jq -e .running shown.out >/dev/null || fail "the running program is not found: $(cat shown.out)"
shows 0 status --config board/meters/roof.toml
grep -qE '^program +running$' shown.out || fail "$(cat shown.out)"

echo "== a second meter whose journal is missing"
sed 's/roof.db/barn.db/' board/meters/roof.toml >board/meters/barn.toml
for command in "status" "metrics" "status --json" "top --looks 1"; do
    if [[ "$command" == top* ]]; then wanted=0; else wanted=74; fi
    # shellcheck disable=SC2086 # a command with its options
    shows "$wanted" $command --config board
    grep -q 'M-1' shown.out || fail "$command hides the other meter: $(cat shown.out)"
    grep -q 'barn.db: is not there' shown.out shown.err || fail "$command does not say what is broken"
    ((wanted == 0 || $(wc -l <shown.err) == 1)) || fail "$command says more than one line: $(cat shown.err)"
done
shows 74 status --json --config board
jq -e '.schema == 1 and (.meters | length) == 1 and (.unreadable | length) == 1' shown.out >/dev/null ||
    fail "$(cat shown.out)"
refuses 64 'looks 0 is less than 1' cryptometer top --looks 0 --config board

echo "== a program that was killed"
rm board/meters/barn.toml
kill_now "$meter"
gone() { shows 0 status --config board && grep -q 'not running' shown.out; }
await 30 'the status knows that it is gone' gone
grep -q 'its last sign of life is of 20' shown.out || fail "$(cat shown.out)"
shows 0 metrics --config board
grep -q '^cryptometer_running{meter="M-1"} 0.0' shown.out || fail "$(cat shown.out)"
echo "$(grep -c '^cryptometer_' shown.out) series of a board whose program is gone"
