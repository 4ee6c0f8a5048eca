#!/usr/bin/env bash
# node and meter killed again and again under load: in the end every pulse is proven exactly once
set -euo pipefail
# shellcheck source=scripts/test.d/lib/community.sh
source "$(dirname "$0")/lib/community.sh"

PULSES=6000 # 15 minutes at 24 kW, played in 30 s: 200 a second
found street
profile_of 24000
port="$(free_port)"
address="coap://127.0.0.1:$port"
meter_file m-run.toml street "\"$address\"" 30
node_file n.toml street "$port" n.db

run_node() { start node community-node run --config n.toml && node="$started"; }
run_meter() { start meter cryptometer run --config m-run.toml && meter="$started"; }
runs() { (($(grep -c "$2" "$1.log" || true) >= $3)); }

run_node
await 40 'the node runs' runs node 'started ' 1
run_meter
await 40 'pulses are sent' at_least sent 100
for again in 1 2 3 4; do
    kill_now "$node"
    run_node
    await 40 'the node runs again' runs node 'started ' $((again + 1))
    sleep 1."$((RANDOM % 10))"
done
for again in 1 2 3 4; do
    kill_now "$meter"
    run_meter
    await 40 'the meter counts again' runs meter 'counting, start' $((again + 1))
    sleep 1."$((RANDOM % 10))"
done
kill_now "$node"
kill_now "$meter"
run_meter
run_node
await 90 'every pulse is proven' at_least proven "$PULSES"
for number in counted signed sent proven; do
    (($(number "$number") == PULSES)) || fail "$number $(number "$number") of $PULSES"
done
stop "$meter"

account="$(jq -r .m.account street/accounts.json)"
statement="$("$BIN/lightclient" statement --account "$account" --genesis street/genesis.cbor --node "$address" \
    --store lc.db --json)"
echo "$statement"
[[ "$(jq -r '.. | .milliwattHours? // empty' <<<"$statement" | tail -n 1)" == "${PULSES}000" ]] ||
    grep -q "${PULSES}000" <<<"$statement" || fail "the statement does not say ${PULSES}000 mWh"
stop "$node"
if grep -qE '^[[:space:]]+at |Exception' node.log meter.log; then fail "a stack trace"; fi
echo "5 kills of the node, 5 of the meter: $PULSES of $PULSES pulses proven once"
