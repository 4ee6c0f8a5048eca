#!/usr/bin/env bash
# while a commit does not return the watchdog is not fed and the status says why; when it does, nothing is lost
set -euo pipefail
# shellcheck source=scripts/test.d/lib/community.sh
source "$(dirname "$0")/lib/community.sh"

cc -shared -fPIC -o stuck_disk.so "$BIN/../../../firmware/src/test/c/stuck_disk.c" -ldl || fail "no C compiler"
found street
profile_of 2400
meter_file m-run.toml street '"coap://127.0.0.1:9"' 20

cat >manager.py <<'END'
import socket
heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
heard.bind("notify")
while True:
    print(heard.recv(65536).decode(errors="replace"), flush=True)
END
python3 manager.py >heard.log 2>&1 &
RUNNING+=("$!")
await 20 'the manager listens' test -S notify

NOTIFY_SOCKET="$FOLDER/notify" WATCHDOG_USEC=60000000 STUCK_DISK="$FOLDER/stuck" LD_PRELOAD="$FOLDER/stuck_disk.so" \
    start meter cryptometer run --config m-run.toml
fed() { grep -c '^WATCHDOG=1' heard.log || true; }
fed_more_than() { (($(fed) > $1)); }
await 60 'pulses are counted' at_least counted 5
await 20 'the watchdog is fed' fed_more_than 2

: >stuck
await 90 'the manager hears what hangs' says heard 'STATUS=meter M-1: capture has not moved for 3[0-9] s; input or disk'
says meter 'capture has not moved' || fail "the log does not say what hangs"
hungry="$(fed)"
told() { "$BIN/cryptometer" status --config m-run.toml | grep -qE '^problem +meter M-1: capture has not moved'; }
await 30 'the status says what hangs' told
(($(fed) == hungry)) || fail "the watchdog was fed $(($(fed) - hungry)) times while the journal hung"

rm stuck
await 30 'the watchdog is fed again' fed_more_than "$hungry"
await 90 'every pulse is counted' at_least counted "$PULSES"
(($(number counted) == PULSES)) || fail "counted $(number counted) of $PULSES"
echo "fed $hungry times, then not while the disk hung, then again; counted $PULSES of $PULSES"
