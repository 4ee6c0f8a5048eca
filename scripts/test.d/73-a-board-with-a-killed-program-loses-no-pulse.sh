#!/usr/bin/env bash
# kill -9 of the program on a board: the kernel keeps the edges, every pulse is proven once
set -euo pipefail
# shellcheck source=scripts/test.d/lib/board.sh
source "$(dirname "$0")/lib/board.sh"
board_loses_nothing kill 100
