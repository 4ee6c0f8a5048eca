#!/usr/bin/env bash
# a wrong PIN, a missing token and a trial key where tokens are required end in one line, and no pulse is lost
set -euo pipefail
# shellcheck source=scripts/test.d/lib/token.sh
source "$(dirname "$0")/lib/token.sh"

(umask 077 && random >wrong-pin && : >empty-pin)
uri="$(uri_in "$MODULE")"

TERMS='hardware_keys_required = true' found street "pkcs11 = \"$uri\"" 'pin_file = "pin"'
profile_of 2400
nobody='"coap://127.0.0.1:9"'
meter_file m-run.toml street "$nobody" 90 "pkcs11 = \"$uri\"" 'pin_file = "pin"'
start meter cryptometer run --config m-run.toml
await 60 'pulses are signed' at_least signed 20
kill_now "$started"
counted="$(number counted)"

meter_file m.toml street "$nobody" 90 "pkcs11 = \"$uri\"" 'pin_file = "wrong-pin"'
for _ in 1 2; do
    refuses 77 'PIN' cryptometer run --config m.toml && one_line
done
meter_file m.toml street "$nobody" 90 "pkcs11 = \"$uri\"" 'pin_file = "empty-pin"'
refuses 77 'empty-pin' cryptometer run --config m.toml && one_line
chmod 644 pin
refuses 77 'pin' cryptometer run --config m-run.toml && one_line
chmod 600 pin
meter_file m.toml street "$nobody" 90 "pkcs11 = \"${uri/token=meter/token=absent}\"" 'pin_file = "pin"'
refuses 69 'absent' cryptometer run --config m.toml && one_line
mv tokens tokens.away && mkdir tokens
refuses 69 'meter' cryptometer run --config m-run.toml && one_line
rmdir tokens && mv tokens.away tokens
meter_file m.toml street "$nobody" 90 "pkcs11 = \"${uri/object=meter-key/object=other-key}\"" 'pin_file = "pin"'
refuses 69 'other-key' cryptometer run --config m.toml && one_line
meter_file m.toml street "$nobody" 90 "pkcs11 = \"${uri/$MODULE/\/nowhere.so}\"" 'pin_file = "pin"'
refuses 69 'nowhere.so' cryptometer run --config m.toml && one_line

echo "== a trial key where the community requires tokens"
found trial
public="$(jq -r .m.publicKey trial/accounts.json)"
TERMS='hardware_keys_required = true' found strict "public_key = \"$public\""
JOURNAL=strict.db meter_file m.toml strict "$nobody" 90 'trial_key = "trial/meters/m/key.p12"' \
    'pin_file = "trial/meters/m/pin"'
refuses 77 'requires keys in tokens, this is a trial: software key' cryptometer run --config m.toml && one_line

(($(number counted) == counted)) || fail "pulses were lost"

echo "== the right PIN again: it goes on where it stopped"
start meter cryptometer run --config m-run.toml
await 60 'every pulse of the profile is signed' at_least signed "$PULSES"
(($(number counted) == PULSES)) || fail "counted $(number counted) of $PULSES"
[[ "$(number keyKind)" == token ]] || fail "key kind $(number keyKind)"
echo "counted and signed $PULSES of $PULSES"
