#!/usr/bin/env bash
# a test run fails when nothing ran, when one failed, and when CI skipped one
set -euo pipefail
cd "$(dirname "$0")/../.."
ROOT="$(mktemp -d)"
export ROOT
trap 'rm -rf "$ROOT"' EXIT
mkdir -p "$ROOT/module/target/surefire-reports"

# verdict_of TESTS ERRORS SKIPPED FAILURES MAVEN_STATUS CI: the last line and its status.
verdict_of() {
    printf '<testsuite name="a.B" time="0" tests="%s" errors="%s" skipped="%s" failures="%s">\n</testsuite>' \
        "$1" "$2" "$3" "$4" >"$ROOT/module/target/surefire-reports/TEST-a.B.xml"
    # shellcheck disable=SC2016 # for the other shell
    said_of 'tally_reports "$1"' "$6" "$5"
}
# said_of COMMANDS CI [ARGUMENT]: what the verdict is after them, and its status.
said_of() {
    # shellcheck disable=SC2016 # for the other shell
    CI="$2" bash -c 'say() { echo "$*" >&2; }
        source scripts/lib/tally.sh
        tally_begins
        eval "$0"
        tally_verdict' "$1" "${@:3}" && echo status 0 || echo status 1
}
same() { [[ "$1" == "$2" ]] || { printf 'expected: %s\nbut was: %s\n' "$2" "$1"; exit 1; }; }

same "$(verdict_of 5 0 0 0 0 true)" $'5 passed, 0 failed\nstatus 0'
same "$(verdict_of 5 1 0 2 1 true)" $'2 passed, 3 failed\nstatus 1'
same "$(verdict_of 5 0 1 0 0 false)" $'4 passed, 0 failed, 1 skipped\nstatus 0'
same "$(verdict_of 5 0 1 0 0 true)" $'4 passed, 1 failed\nstatus 1'
same "$(verdict_of 5 0 0 0 1 true)" $'5 passed, 1 failed\nstatus 1'

# Published examples of others are not part of the repository; that they are missing is said, not hidden.
vectors='<skipped type="T"><![CDATA[T: Assumption failed: no vectors at /x]]></skipped>'
printf '<testsuite name="a.C" tests="1" errors="0" skipped="1" failures="0">\n%s\n</testsuite>' "$vectors" \
    >"$ROOT/module/target/surefire-reports/TEST-a.C.xml"
same "$(verdict_of 5 0 0 0 0 true)" $'5 passed, 0 failed, 1 skipped\nstatus 0'
same "$(verdict_of 5 0 1 0 0 true)" $'4 passed, 1 failed, 1 skipped\nstatus 1'
rm "$ROOT/module/target/surefire-reports/TEST-a.C.xml"

same "$(verdict_of 0 0 0 0 0 true)" $'0 passed, 0 failed\nstatus 1'
rm -r "$ROOT/module"
same "$(said_of 'tally_reports 0' true 0)" $'0 passed, 0 failed\nstatus 1'

# The end-to-end scripts: one sentence each, or several, and what is slowest is told.
script="$ROOT/a-script.sh"
# of COMMANDS CI: what is noted of a script of these commands, and the verdict.
of() {
    printf '#!/bin/sh\n# it holds\n%s\n' "$1" >"$script"
    # shellcheck disable=SC2016 # for the other shell
    said_of 'scripts/lib/one-test "$1" >"$ROOT/said"; tally_results; tally_slowest 2>"$ROOT/slowest"' "$2" "$script"
}
same "$(of 'exit 0' true)" $'1 passed, 0 failed\nstatus 0'
grep -qx 'ok      it holds ([0-9]* s)' "$ROOT/said"
grep -qx ' *[0-9.]* s  it holds' "$ROOT/slowest"
same "$(of 'echo why; exit 3' true)" $'0 passed, 1 failed\nstatus 1'
grep -q 'FAILED  it holds .*status 3' "$ROOT/said" && grep -qx '    why' "$ROOT/said"
same "$(of 'echo no tool; exit 77' false)" $'0 passed, 0 failed, 1 skipped\nstatus 1'
grep -q 'skipped it holds .*: no tool' "$ROOT/said"
same "$(of 'echo no tool; exit 77' true)" $'0 passed, 1 failed\nstatus 1'
two='printf "ok\t3\tthis\n%s\t900\tthat\n"'
same "$(of "$two ok >>\"\$SHOWN\"" true)" $'2 passed, 0 failed\nstatus 0'
same "$(sed -n 2p "$ROOT/slowest")" '   900.0 s  that'
same "$(of "$two FAILED >>\"\$SHOWN\"; exit 1" true)" $'1 passed, 1 failed\nstatus 1'
same "$(of "$two ok >>\"\$SHOWN\"; exit 1" true)" $'2 passed, 1 failed\nstatus 1'
