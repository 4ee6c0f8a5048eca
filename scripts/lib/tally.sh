# shellcheck shell=bash
# Counts what passed, failed and was skipped, of Maven's reports and of the end-to-end scripts, and how long each took.

passed=0 failed=0 skipped=0
# Of the skipped: tests over published examples of others that are not part of the repository and not here.
without_vectors=0
# What Maven's tests took: lines of milliseconds, a tabulator, a name. Beside it the results of lib/one-test.
TIMES="$ROOT/target/test.d/times" RESULTS="$ROOT/target/test.d/results"
readonly TIMES RESULTS
export RESULTS
TALLY_LIB="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
readonly TALLY_LIB

tally_begins() {
    mkdir -p "$ROOT/target/test.d"
    : >"$TIMES" && : >"$RESULTS"
}

# tally_reports MAVEN_STATUS: adds the XML reports of all modules. A build that failed without a failed test
# (format, size limits, a compiler's warning, a crashed JVM) counts as one failure.
tally_reports() {
    local tests=0 bad=0 left_out=0 absent=0 files=()
    shopt -s nullglob
    files=("$ROOT"/*/target/{surefire,failsafe}-reports/TEST-*.xml)
    shopt -u nullglob
    ((${#files[@]} == 0)) || read -r tests bad left_out absent < <(
        awk -v times="$TIMES" -f "$TALLY_LIB/reports.awk" "${files[@]}")
    ((passed += tests - bad - left_out, skipped += left_out, without_vectors += absent)) || true
    ((failed += bad > 0 || $1 == 0 ? bad : 1)) || true
}

# tally_results: adds what lib/one-test noted.
tally_results() {
    local status
    while IFS=$'\t' read -r status _; do
        case "$status" in
            ok) ((passed += 1)) ;;
            skipped) ((skipped += 1)) ;;
            *) ((failed += 1)) ;;
        esac
    done <"$RESULTS"
}

# The ten slowest classes and scripts.
tally_slowest() {
    say "The slowest:"
    { cat "$TIMES" && awk 'BEGIN { FS = OFS = "\t" } { print $2 * 1000, $3 }' "$RESULTS"; } |
        sort -rn | sed 10q | awk -f "$TALLY_LIB/slowest.awk" >&2
}

# The last line and the status of a test run.
tally_verdict() {
    ((without_vectors == 0)) ||
        say "$without_vectors skipped: their published vectors are not beside the repository (-Dvectors=FOLDER)"
    if [[ "${CI:-}" == true ]] && ((skipped > without_vectors)); then
        say "$((skipped - without_vectors)) skipped: with CI=true every test must run"
        ((failed += skipped - without_vectors, skipped = without_vectors)) || true
    fi
    ((passed + failed > 0)) || say "no test ran"
    if ((skipped > 0)); then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    ((failed == 0 && passed > 0))
}
