#!/usr/bin/env bash
# on a full disk pulses wait in one line and are counted when there is space; a read-only folder is refused
set -euo pipefail
# A mount of its own goes with the script; without the right to one, a limit on the size of files fills the disk.
if [[ -z "${1:-}" ]]; then
    for private in 'unshare -m' 'unshare -rm'; do
        # shellcheck disable=SC2086 # a command with its option
        if $private sh -c 'mount -t tmpfs tmpfs /mnt' 2>/dev/null; then exec $private bash "$0" inside; fi
    done
fi
# shellcheck source=scripts/test.d/lib/community.sh
source "$(dirname "$0")/lib/community.sh"

found street
profile_of 2400
mkdir disk
if [[ "${1:-}" == inside ]]; then
    mount -t tmpfs -o size=4m tmpfs disk
    MOUNTED="$FOLDER/disk"
    fill() { dd if=/dev/zero of=disk/ballast bs=4096 2>/dev/null || true; }
    empty() { rm disk/ballast; }
    protect() { mount -o "remount,$1" disk; }
else
    fill() { prlimit --pid "$meter" "--fsize=$(stat -c %s disk/m.db-wal):unlimited"; }
    empty() { prlimit --pid "$meter" --fsize=unlimited:unlimited; }
    protect() { if [[ "$1" == ro ]]; then chmod 555 disk; else chmod 755 disk; fi; }
fi
JOURNAL=disk/m.db meter_file m-run.toml street '"coap://127.0.0.1:9"' 90

start meter cryptometer run --config m-run.toml
meter="$started"
await 40 'pulses are counted' at_least counted 20
fill
await 40 'the full disk is reported' says meter 'journal cannot be written, pulses wait'
stuck="$(number counted)"
sleep 3
kill -0 "$meter" || fail "the meter ended on a full disk"
echo "on the full disk: counted $stuck, then $(number counted)"
empty
await 40 'the journal is written again' says meter 'journal can be written again, nothing was lost'
await 60 'every pulse is counted' at_least signed "$PULSES"
(($(number counted) == PULSES)) || fail "counted $(number counted) of $PULSES"
stop "$meter"
grep -E 'WARNING|works again' meter.log
# A limit on sizes is met anew after each checkpoint; a disk is full once.
[[ -z "$MOUNTED" ]] || (($(grep -c 'pulses wait' meter.log) <= 2)) || fail "the full disk is reported again and again"
if grep -qE '^[[:space:]]+at |Exception' meter.log; then fail "a stack trace"; fi

echo "== a folder that may not be written"
protect ro
if [[ -w disk ]]; then echo "not tried: this user may write everywhere"; else
    refuses 77 'm.db: not writable' cryptometer run --config m-run.toml && one_line
fi
protect rw
(($(number counted) == PULSES)) || fail "pulses were lost"
echo "counted $PULSES of $PULSES"
