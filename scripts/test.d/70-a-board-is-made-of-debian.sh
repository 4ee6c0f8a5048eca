#!/usr/bin/env bash
# Debian 13 for arm64 is installed in an emulated board, without root's rights on this machine
set -euo pipefail
"$(dirname "$0")/../emulate-board" --prepare debian
