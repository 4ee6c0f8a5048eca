#!/usr/bin/env bash
# every wrong or unknown key of a configuration is named at once with its line; so is a bad line of a profile
set -euo pipefail
# shellcheck source=scripts/test.d/lib/community.sh
source "$(dirname "$0")/lib/community.sh"

found street
profile_of 2400
node='"coap://127.0.0.1:9"'
meter_file m-run.toml street "$node" 90

{
    printf '[meter]\ngenesis = "nowhere.cbor"\njornal = "m.db"\n[source]\ntype = "profile"\nfile = "profile.csv"\n'
    printf 'column = "power_w"\ntime_lapse = -3\n[key]\ntrial_key = "k.p12"\npin_file = "pin"\n'
    printf '[forward]\nnodes = ["http://example.org", "%s"]\nbatch = 501\nlinger_ms = "soon"\n' "coap://127.0.0.1:9"
} >wrong.toml
refuses 78 '.' cryptometer run --config wrong.toml
for problem in 'wrong.toml:2.*genesis' 'wrong.toml:3.*jornal.*journal' 'wrong.toml:8.*time_lapse' \
    'wrong.toml:13.*http://example.org' 'wrong.toml:14.*501.*1 to 500' 'wrong.toml:15.*linger_ms'; do
    grep -qE "$problem" refused.log || fail "no line like $problem"
done

printf 'not toml at all = = =\n' >broken.toml
refuses 78 'broken.toml:1' cryptometer run --config broken.toml
refuses 78 'absent.toml does not exist' cryptometer run --config absent.toml && one_line

echo "== a profile with a bad line"
for bad in '2026-06-21T10:20:00Z,abc' '2026-06-21T10:20:00Z' 'yesterday,5' '2026-06-21T10:00:00Z,5' \
    '2026-06-21T10:20:00Z,-1e99'; do
    profile_of 2400
    echo "$bad" >>profile.csv
    refuses 65 'profile.csv:5: ' cryptometer run --config m-run.toml && one_line
done
profile_of 2400
head -c 200000 /dev/urandom >>profile.csv
refuses 65 'profile.csv:[5-9]: ' cryptometer run --config m-run.toml && one_line
profile_of 2400
sed -i 's/column = "power_w"/column = "power_kw"/' m-run.toml
refuses 65 'power_kw' cryptometer run --config m-run.toml && one_line
[[ ! -e m.db ]] || fail "a refused profile has made a journal"

echo "== status before the first start"
meter_file m-run.toml street "$node" 90
refuses 74 'm.db: is not there; start its program once' cryptometer status --config m-run.toml && one_line

echo "== the genesis of another community, and the journal of this one"
start meter cryptometer run --config m-run.toml
await 40 'pulses are counted' at_least counted 20
kill_now "$started"
counted="$(number counted)"
found avenue
meter_file other.toml avenue "$node" 90
refuses 78 'm.db: the journal belongs to .*give another path' cryptometer run --config other.toml && one_line
meter_file mixed.toml avenue "$node" 90 'trial_key = "street/meters/m/key.p12"' 'pin_file = "street/meters/m/pin"'
refuses 78 'is no meter of community .avenue.' cryptometer run --config mixed.toml && one_line
(($(number counted) == counted)) || fail "pulses were lost"

echo "== a damaged status file"
echo '{"writtenAt":' >m.db.status.json
(($(number counted) == counted)) || fail "status does not read the journal"
echo "counted $counted, all of them still there"
