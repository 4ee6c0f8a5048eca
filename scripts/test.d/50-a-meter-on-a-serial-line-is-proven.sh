#!/usr/bin/env bash
# a meter on a serial line, played by another project's Modbus slave, is counted and proven watt-hour by watt-hour
set -euo pipefail
# shellcheck source=scripts/test.d/lib/serial.sh
source "$(dirname "$0")/lib/serial.sh"

# 0x0C87 = 3207: the export total of an iEM3155, an int64 of whole watt-hours, at 1,000,000 Wh.
line_with '{"unit": 1, "baud": 19200, "parity": "N", "registers": {"3": {"3203": [0, 0, 0, 0], "3207": [0, 0, 15, 16960]}}}'
community_of 'A IEM-1 C 1000 1000000'
meter=c/meters/A/cryptometer.toml
modbus source schneider-iem3155 1 export 'type = "modbus"' 'poll_seconds = 1' 'baud = 19200' 'parity = "none"' \
    'stop_bits = 1' >>"$meter"
start meter cryptometer run --config "$meter"

becomes "$meter" 60 '.source | contains("register at 1000000000 mWh")'
for total in 16961 16963 16970; do # 1 Wh, 2 Wh and 7 Wh more
    shows 3 3207 0 0 15 "$total"
    sleep 2
done
becomes "$meter" 60 '.counted == 10 and .proven == 10 and .registerMilliwattHours == 10000'
cat status.json
