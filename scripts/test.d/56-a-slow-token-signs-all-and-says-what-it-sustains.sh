#!/usr/bin/env bash
# a token that needs 200 ms signs every pulse late but in full, bundles where it may, and key test says what it sustains
set -euo pipefail
# shellcheck source=scripts/test.d/lib/token.sh
source "$(dirname "$0")/lib/token.sh"

cc -shared -fPIC -o slow_token.so "$BIN/../../../hal/src/test/c/slow_token.c" -ldl || fail "no C compiler"
mkdir faults
export SLOW_TOKEN_MODULE="$MODULE" SLOW_TOKEN_FAULTS="$FOLDER/faults"
uri="$(uri_in "$FOLDER/slow_token.so")"
TERMS='max_pulses_per_transaction = 5' found street "pkcs11 = \"$uri\"" 'pin_file = "pin"'
profile_of 2400
nobody='"coap://127.0.0.1:9"'
meter_file m-run.toml street "$nobody" 90 "pkcs11 = \"$uri\"" 'pin_file = "pin"'
printf '[sign]\nmax_pulses_per_transaction = 5\n' >>m-run.toml

# tested N: what key test --json says.
tested() {
    "$BIN/cryptometer" key test --config m-run.toml --signatures "$1" --json 2>progress.log >tested.json ||
        fail "$(cat progress.log)"
}
is() { jq -e "$1" tested.json >/dev/null || fail "not so: $1 in $(cat tested.json)"; }

echo "== a quick token is enough for 100 kW, a slow one is not"
tested 20
is '.schema == 1 and .kind == "token" and .signatures == 20 and .constant == 1000 and .ratedPowerWatts == 100000'
is '.p50Micros <= .p95Micros and .p95Micros <= .p99Micros and .p99Micros <= .longestMicros'
is '.sunnyDay[0].pulses > 600000'
grep -q 'Signing: 100 % (20 of 20)' progress.log || fail "no progress"
export SLOW_TOKEN_MILLIS=200
tested 5
# At least 200 ms each: never more than 5 signatures in a second, which are 18 kW.
is '.p50Micros >= 200000 and .sustainedWatts <= 18000 and (.enough | not)'
is '.sunnyDay[0].maxPulses == 1 and .sunnyDay[0].largestBacklog > 0'
is '.sunnyDay[1].maxPulses == 5 and .sunnyDay[1].largestBacklog < .sunnyDay[0].largestBacklog'
"$BIN/cryptometer" key test --config m-run.toml --signatures 2 2>/dev/null | tee tested.txt
grep -qE '^verdict +not enough: [0-9.]+ kW short' tested.txt || fail "no verdict"
refuses 64 '1001 is outside 1 to 1000' cryptometer key test --config m-run.toml --signatures 1001 && one_line

echo "== counting is done long before signing, and all is signed"
start meter cryptometer run --config m-run.toml
await 60 'every pulse of the profile is counted' at_least counted "$PULSES"
(($(number signed) < PULSES)) || fail "a token of 200 ms signed $PULSES pulses as they came"
await 60 'the program says that it bundles' says meter \
    'backlog [0-9]+ pulses: up to 5 pulses in one transaction, as the community allows'
: >faults/fail
await 120 'every pulse of the profile is signed' at_least signed "$PULSES"
await 10 'the program says that it bundles no more' says meter \
    'backlog [0-9]+ pulses: one pulse in each transaction again'
[[ ! -e faults/fail ]] || fail "the token was never lost"
(($(number counted) == PULSES && $(number signed) == PULSES)) ||
    fail "counted $(number counted), signed $(number signed)"
echo "counted and signed $PULSES of $PULSES with 200 ms for each signature"
