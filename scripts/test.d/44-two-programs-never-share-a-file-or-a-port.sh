#!/usr/bin/env bash
# a second program on one journal, one store or one port is refused in one line, and the first goes on
set -euo pipefail
# shellcheck source=scripts/test.d/lib/community.sh
source "$(dirname "$0")/lib/community.sh"

found street
profile_of 2400
port="$(free_port)"
other="$(free_port)"
meter_file m-run.toml street "\"coap://127.0.0.1:$port\"" 90
node_file n.toml street "$port" n.db
node_file same-store.toml street "$other" n.db
node_file same-port.toml street "$port" n2.db

start node community-node run --config n.toml
node="$started"
await 40 'the node runs' says node 'started '
start meter cryptometer run --config m-run.toml
meter="$started"
await 40 'pulses are proven' at_least proven 1

refuses 75 'store .*m.db: .*' cryptometer run --config m-run.toml && one_line
refuses 75 'store .*n.db: .*' community-node run --config same-store.toml && one_line
refuses 69 "port $port on .* is in use" community-node run --config same-port.toml && one_line

kill -0 "$node" "$meter" || fail "a first program was disturbed"
await 60 'every pulse is proven' at_least proven "$PULSES"
(($(number counted) == PULSES)) || fail "counted $(number counted) of $PULSES"
# What the machine of the test lacks, a time service or space on its disk, is no problem of the meter.
own='problems | map(select(test("^(clock|disk|supply):") | not))'
[[ "$(number "$own | length")" == 0 ]] || fail "problems: $(number problems)"
stop "$meter"
stop "$node"
echo "counted and proven $PULSES of $PULSES"
