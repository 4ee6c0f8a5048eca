#!/usr/bin/env bash
# the package is installed by dpkg on a board with Debian's systemd, and its user makes keys in SoftHSM2 and in a TPM
set -euo pipefail
"$(dirname "$0")/../emulate-board" --prepare package
