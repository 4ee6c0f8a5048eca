#!/usr/bin/env bash
# no line of a script is longer than 120 characters
set -euo pipefail
cd "$(dirname "$0")/../.."
mapfile -t scripts < <(find .ci scripts packaging -type f ! -path 'packaging/man/*')
! LC_ALL=C.UTF-8 grep -nE '.{121}' "${scripts[@]}"
