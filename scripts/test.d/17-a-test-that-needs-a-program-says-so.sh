#!/usr/bin/env bash
# a Java test that needs a program besides Java carries a tag, so that scripts/test --unit runs where there is none
set -euo pipefail
cd "$(dirname "$0")/../.."
programs='python3|socat|cc|gcc|softhsm2-util|pkcs11-tool|swtpm|tpm2[_-][a-z0-9_-]*|dbus-daemon|coap-[a-z-]*|jq'

# Classes that start one, and the tests that use such a class or are one.
mapfile -t starters < <(grep -lrE "\"(/usr/bin/)?($programs)\"" --include='*.java' ./*/src/test)
((${#starters[@]} >= 7)) || { echo "only these start a program: ${starters[*]}" && exit 1; }
names="$(basename -s .java "${starters[@]}" | paste -sd '|')"
untagged="$(grep -lrwE "$names" --include='*Test.java' ./*/src/test | xargs grep -L '@Tag("')"
[[ -z "$untagged" ]] || { echo "without a tag: $untagged" && exit 1; }
echo "start programs: $names"
