#!/usr/bin/env bash
# two meters of two makers on one serial line that hears itself: one board counts and proves both, exactly
set -euo pipefail
# shellcheck source=scripts/test.d/lib/serial.sh
source "$(dirname "$0")/lib/serial.sh"

# Unit 1: a B23, exports 1,000.00 kWh in steps of 10 Wh. Unit 2: an iEM3155, imports 2,000,000 Wh.
line_of 9600 1 "$(b23 7 100000)" 2 "$(iem3155 2000000 0)"
community_of 'A B23-1 B 100 1000000' 'B IEM-2 C 1000 1000000'
mkdir -p board/meters
for name in A B; do # what a meter's file names stays beside where it was made
    sed -E "s#= \"(\.\./|key|pin|journal)#= \"$FOLDER/c/meters/$name/\1#" \
        "c/meters/$name/cryptometer.toml" >"board/meters/$name.toml"
done
modbus source abb-b23 1 export 'type = "modbus"' 'baud = 9600' 'parity = "none"' >>board/meters/A.toml
modbus source schneider-iem3155 2 import 'type = "modbus"' 'baud = 9600' 'parity = "none"' >>board/meters/B.toml
start board cryptometer run --config board

becomes board/meters/A.toml 60 '.running and (.source | contains("register at 1000000000 mWh"))'
becomes board/meters/B.toml 60 '.running and (.source | contains("register at 2000000000 mWh"))'
stty -F "$FAR_END" echo # from now on the line hears its own requests
for step in 1 2 3; do
    # shellcheck disable=SC2046 # words
    shows 1:3 20484 $(words $((100000 + step))) # 10 Wh more: 1 pulse
    # shellcheck disable=SC2046 # words
    shows 2:3 3203 $(words $((2000000 + 5 * step))) # 5 Wh more: 5 pulses
    sleep 2
done
becomes board/meters/A.toml 60 '.counted == 3 and .proven == 3 and .counters.echoes > 0 and .counters.crc_errors == 0'
becomes board/meters/B.toml 60 '.counted == 15 and .proven == 15 and .counters.echoes > 0 and .counters.crc_errors == 0'
