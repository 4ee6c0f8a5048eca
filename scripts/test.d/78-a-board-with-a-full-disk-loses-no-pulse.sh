#!/usr/bin/env bash
# a disk that is full and is freed loses and doubles no pulse
set -euo pipefail
# shellcheck source=scripts/test.d/lib/board.sh
source "$(dirname "$0")/lib/board.sh"
board_loses_nothing diskfull 60
