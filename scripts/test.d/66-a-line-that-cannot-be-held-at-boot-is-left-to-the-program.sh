#!/usr/bin/env bash
# the helper that requests lines at boot refuses every plan that is not one, says so, and never fails
set -euo pipefail
cd "$(dirname "$0")/../.."
perl -wc packaging/hold-inputs 2>&1
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/state/inputs" "$folder/run"

held() {
    env -i PATH="$PATH" STATE_DIRECTORY="$folder/state" RUNTIME_DIRECTORY="$folder/run" NOTIFY_SOCKET=@nobody \
        packaging/hold-inputs
}
plan() { # NAME CHIP LINE INPUT
    printf 'chip=%s\nlabel=a chip\nline=%s\nflags=52\nbuffer=1024\ninput=%s\n' "$2" "$3" "$4" >"$folder/state/inputs/$1"
}

echo "= without plans, and without a service manager, there is nothing to do"
[[ -z "$(held)" ]]
[[ -z "$(env -i packaging/hold-inputs)" ]]

plan no-chip /dev/null 17 "a line"
plan no-device /dev/gpiochip-none 17 "a line"
plan no-path /etc/passwd 17 "a line"
plan no-number /dev/null 1.5 "a line"
plan no-text /dev/null 17 $'two\nlines'
printf 'x%.0s' {1..4000} >"$folder/state/inputs/no-end"
: >"$folder/state/inputs/nothing"
plan ../outside /dev/null 17 "a line"
plan 'a name' /dev/null 17 "a line"
said="$(held)"
printf '%s\n' "$said"
is() { grep -qxE "input $1 is left to the program: $2" <<<"$said" || { echo "not said of $1: $2"; exit 1; }; }
is no-chip '/dev/null is no GPIO chip: .*'
is no-device '/dev/gpiochip-none: No such file or directory'
for name in no-path no-number no-text no-end nothing; do is "$name" 'is no plan'; done
(($(wc -l <<<"$said") == 7))
[[ -z "$(ls -A "$folder/run")" ]]
