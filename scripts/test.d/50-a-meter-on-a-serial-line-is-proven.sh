#!/usr/bin/env bash
# a meter on a serial line, played by another project's Modbus slave, is counted and proven watt-hour by watt-hour
set -euo pipefail
# shellcheck source=scripts/test.d/lib/serial.sh
source "$(dirname "$0")/lib/serial.sh"

line_of 19200 1 "$(iem3155 0 1000000)"
lone_meter IEM-1 C 1000 1000000
modbus source schneider-iem3155 1 export 'type = "modbus"' 'poll_seconds = 1' 'baud = 19200' 'parity = "none"' \
    'stop_bits = 1' >>"$meter"
run_meter

becomes "$meter" 60 '.source | contains("register at 1000000000 mWh")'
for total in 1000001 1000003 1000010; do # 1 Wh, 2 Wh and 7 Wh more
    # shellcheck disable=SC2046 # words
    shows 3 3207 $(words "$total")
    sleep 2
done
becomes "$meter" 60 '.counted == 10 and .proven == 10 and .registerMilliwattHours == 10000'
cat status.json
