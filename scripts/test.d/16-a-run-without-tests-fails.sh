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
    CI="$6" bash -c 'say() { echo "$*" >&2; }; source scripts/lib/tally.sh; tally_reports "$1"; tally_verdict' - "$5" &&
        echo status 0 || echo status 1
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
same "$(CI=true bash -c 'say() { :; }; source scripts/lib/tally.sh; tally_reports 0; tally_verdict' && echo no)" '0 passed, 0 failed'
