#!/usr/bin/env bash
# on a board each command of the manual says what it is asked for, while every pulse is proven
set -euo pipefail
# shellcheck source=scripts/test.d/lib/board.sh
source "$(dirname "$0")/lib/board.sh"
board_loses_nothing commands 100
