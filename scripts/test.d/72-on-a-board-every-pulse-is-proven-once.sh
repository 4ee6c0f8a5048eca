#!/usr/bin/env bash
# on a board with Debian's kernel, systemd and our package every pulse of four meters is proven once
set -euo pipefail
# shellcheck source=scripts/test.d/lib/board.sh
source "$(dirname "$0")/lib/board.sh"
board_loses_nothing steady 60 --contacts 3
