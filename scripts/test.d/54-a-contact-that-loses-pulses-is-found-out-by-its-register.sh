#!/usr/bin/env bash
# pulses that no register confirms are counted, and their disagreement is shown and becomes a signed, proven event
set -euo pipefail
# shellcheck source=scripts/test.d/lib/serial.sh
source "$(dirname "$0")/lib/serial.sh"

# The export register of a B23 stands at 1,000.00 kWh and does not move.
line_of 9600 1 "$(b23 0 100000)"
lone_meter B23-1 B 1000 3600
{
    echo "timestamp_end,power_w"
    for minute in {1..9}; do echo "2026-06-21T12:0$minute:00Z,3600"; done
} >c/meters/A/profile.csv
{
    printf '[source]\ntype = "profile"\nfile = "profile.csv"\ncolumn = "power_w"\ntime_lapse = 20\n'
    modbus reference_register abb-b23 1 export
} >>"$meter"
run_meter

becomes "$meter" 60 'any(.problems[]; contains("pulses and register disagree"))'
becomes "$meter" 60 '.counted > 100 and .proven == .counted and .counters.reference_requests > 0'
echo "== a start anew says it again, and does not sign it again"
kill_now "$started"
run_meter
becomes "$meter" 60 '.starts == 2 and .running and any(.problems[]; contains("pulses and register disagree"))'
becomes "$meter" 60 '.proven == .counted and .counters.reference_answers > 5'
# Kind 12 is REGISTER_DRIFT (docs/spec/transactions.md): signed once, and proven.
/usr/bin/python3 - c/meters/A/journal.db <<'END'
import sqlite3
import sys

journal = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
drifts = journal.execute(
    "SELECT capture.words, entry.sequence <= journal.proven_sequence FROM journal, capture"
    " JOIN entry ON entry.capture = capture.id WHERE capture.kind = 12"
).fetchall()
if len(drifts) != 1 or not drifts[0][0].startswith("beyond ") or not drifts[0][1]:
    sys.exit(f"not one proven event of drift but {drifts}")
END
