#!/usr/bin/env bash
# power cuts: only what came while the power was off is missing, and that time is in a signed event
set -euo pipefail
# shellcheck source=scripts/test.d/lib/board.sh
source "$(dirname "$0")/lib/board.sh"
board_shows "powercut softhsm 1 100 power cuts: only what came while the power was off is missing, and that time is in \
a signed event"
