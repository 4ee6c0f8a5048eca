#!/usr/bin/env bash
# a measured profile is proven to the pulse: the energy is the integral of the file, computed here by awk
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd -P)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

# A clear day in ten-minute means, with decimals, as an inverter's logger writes it.
awk -f "$root/scripts/test.d/lib/clear-day.awk" >"$folder/profile.csv"
pulses="$(awk -f "$root/scripts/test.d/lib/watt-hours.awk" "$folder/profile.csv")"

JAVA_OPTS="-Djava.io.tmpdir=$folder" "$root/target/dist/bin/community-demo" --json \
    --profile "$folder/profile.csv" --column roof_w --seconds 12 >"$folder/result.json"
cat "$folder/result.json"
jq -e --argjson pulses "$pulses" '
    (.generators.A - $pulses * 1000 | fabs) <= 1000 and .proven == .counted and .verified == true
    and .participants.X + .participants.Y == .vpp and .vpp == .generators.A' "$folder/result.json" >/dev/null ||
    { echo "the integral is $pulses Wh"; exit 1; }
