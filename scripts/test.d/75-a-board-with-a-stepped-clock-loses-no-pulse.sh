#!/usr/bin/env bash
# a clock that is stepped forward and back loses and doubles no pulse
set -euo pipefail
# shellcheck source=scripts/test.d/lib/board.sh
source "$(dirname "$0")/lib/board.sh"
board_loses_nothing clock 60
