#!/usr/bin/env bash
# the service's unit is sound and exposes little, yet lets the program read the clock's state and compile
set -euo pipefail
cd "$(dirname "$0")/../.."
unit=packaging/cryptometer.service

# 2.0 of 10; what it costs to read the clock's state and to reach any node is in it.
systemd-analyze security --offline=true --threshold=20 --no-pager "$unit"

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/usr/bin"
sed -E 's/^(ExecStart(Pre)?)=.*/\1=\/bin\/true/' "$unit" >"$folder/cryptometer.service"
systemd-analyze verify --man=no --recursive-errors=no "$folder/cryptometer.service" >"$folder/said" 2>&1 || true
cat "$folder/said"
# An older systemd does not know these two; they are checked by name below.
if grep -F cryptometer.service "$folder/said" |
    grep -vE "(FileDescriptorStorePreserve|ImportCredential)'.* ignoring"; then
    exit 1
fi

# What a tidy hand could add or drop, and the meter would miscount or stay down: value by value.
said() { sed -n "s/^$1=//p" "$unit" | tail -n 1; }
expect() { [[ "$(said "$1")" == "$2" ]] || { echo "$1 is '$(said "$1")', expected '$2'"; exit 1; }; }
expect Type notify
expect NotifyAccess exec
expect ExecStartPre -/usr/lib/cryptometer/hold-inputs
expect Restart always
expect StartLimitIntervalSec 0
expect RestartPreventExitStatus '64 77 78'
expect SuccessExitStatus 143
expect FileDescriptorStoreMax 16
expect FileDescriptorStorePreserve yes
expect RuntimeDirectoryPreserve yes
expect ImportCredential 'cryptometer.*'
expect DevicePolicy closed
expect ProtectClock ''
expect MemoryDenyWriteExecute ''
expect PrivateDevices ''
expect SystemCallErrorNumber EPERM
expect SystemCallFilter 'adjtimex clock_adjtime'
