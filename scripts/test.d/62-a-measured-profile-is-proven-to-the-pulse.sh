#!/usr/bin/env bash
# a measured profile is proven to the pulse: the energy is the integral of the file, computed here by awk
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd -P)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

# A clear day in ten-minute means, with decimals, as an inverter's logger writes it.
awk 'BEGIN {
    print "timestamp_end,roof_w,other_w"
    for (i = 1; i <= 90; i++) {
        s = 5 * 3600 + i * 600
        printf "2026-06-21T%02d:%02d:00+02:00,%.2f,0\n", int(s / 3600), int(s % 3600 / 60), 9000 * sin(3.14159265 * i / 91)
    }
}' >"$folder/profile.csv"
pulses="$(awk -F, 'NR > 1 { cent += int($2 * 100 + 0.5) } END { printf "%d", int(cent / 100 * 600 / 3600) }' "$folder/profile.csv")"

JAVA_OPTS="-Djava.io.tmpdir=$folder" "$root/target/dist/bin/community-demo" --json \
    --profile "$folder/profile.csv" --column roof_w --seconds 12 >"$folder/result.json"
cat "$folder/result.json"
jq -e --argjson pulses "$pulses" '
    (.generators.A - $pulses * 1000 | fabs) <= 1000 and .proven == .counted and .verified == true
    and .participants.X + .participants.Y == .vpp and .vpp == .generators.A' "$folder/result.json" >/dev/null ||
    { echo "the integral is $pulses Wh"; exit 1; }
