#!/usr/bin/env bash
# shell scripts pass shellcheck
set -euo pipefail
cd "$(dirname "$0")/../.."
mapfile -t found < <(grep -lrE '^#!.*(bash|/sh|busybox sh)$|^# shellcheck shell=' .ci scripts packaging target/dist/bin)
((${#found[@]} > 50)) || { echo "only ${#found[@]} scripts found" && exit 1; }
shellcheck -x "${found[@]}"
