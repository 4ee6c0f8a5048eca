#!/usr/bin/env bash
# one scenario after another on one running board loses and doubles no pulse
set -euo pipefail
# shellcheck source=scripts/test.d/lib/board.sh
source "$(dirname "$0")/lib/board.sh"
board_shows \
    "steady softhsm 3 60 on a board with Debian's kernel and systemd every pulse of four meters is proven once" \
    "clock softhsm 1 60 a clock that is stepped forward and back loses and doubles no pulse" \
    "network softhsm 1 60 a network that goes and comes back loses and doubles no pulse" \
    "diskfull softhsm 1 60 a disk that is full and is freed loses and doubles no pulse" \
    "commands softhsm 1 100 on a board each command says what it is asked for, while every pulse is proven" \
    "kill softhsm 1 100 kill -9 of the program on a board: the kernel keeps the edges, every pulse is proven once" \
    "token tpm 1 60 a TPM that goes and comes back loses and doubles no pulse"
