# shellcheck shell=bash
# Runs the end-to-end scripts, and counts what passed, failed and was skipped.

passed=0 failed=0 skipped=0
# Of the skipped: tests over published examples of others that are not part of the repository and not here.
without_vectors=0

# tally_reports MAVEN_STATUS: adds the XML reports of all modules. A build that failed without a failed test
# (format, size limits, a compiler's warning, a crashed JVM) counts as one failure.
tally_reports() {
    local tests=0 bad=0 left_out=0 absent=0 files=()
    shopt -s nullglob
    files=("$ROOT"/*/target/{surefire,failsafe}-reports/TEST-*.xml)
    shopt -u nullglob
    ((${#files[@]} == 0)) || read -r tests bad left_out absent < <(awk '
        function count(name) { return match($0, " " name "=\"[0-9]+\"") \
            ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
        function suite(line) { sub(/.* name="/, "", line); sub(/".*/, "", line); return line }
        /<testsuite / {
            tests += count("tests"); bad += count("errors") + count("failures"); out += count("skipped")
            if (count("errors") + count("failures") > 0) print "failed in " suite($0) >"/dev/stderr"
            if (count("skipped") > 0) print "skipped in " suite($0) >"/dev/stderr"
        }
        /<skipped .*Assumption failed: no (published )?vectors/ { absent++ }
        END { print tests + 0, bad + 0, out + 0, absent + 0 }' "${files[@]}")
    ((passed += tests - bad - left_out, skipped += left_out, without_vectors += absent)) || true
    ((failed += bad > 0 || $1 == 0 ? bad : 1)) || true
}

# run_end_to_end SCRIPT...: each says in its second line, a comment, what it shows, and ends with 0 when it
# holds, with 77 when it cannot be tried here, with anything else when it does not hold.
run_end_to_end() {
    local script name status log begun
    mkdir -p "$ROOT/target/test.d"
    for script in "$@"; do
        [[ -f "$script" ]] || continue
        name="$(basename "$script" .sh)"
        log="$ROOT/target/test.d/$name.log"
        status=0
        begun=$SECONDS
        timeout --kill-after=10 "${TEST_D_SECONDS:-1200}" bash "$script" >"$log" 2>&1 </dev/null || status=$?
        case "$status" in
            0) ((passed += 1)) && printf 'ok      %s (%d s)\n' "$(sentence_of "$script")" $((SECONDS - begun)) ;;
            77) ((skipped += 1)) && printf 'skipped %s: %s\n' "$(sentence_of "$script")" "$(tail -n 1 "$log")" ;;
            *)
                ((failed += 1))
                printf 'FAILED  %s (status %d; %s)\n' "$(sentence_of "$script")" "$status" "$log"
                tail -n 40 "$log" | sed 's/^/    /'
                ;;
        esac
    done
}

sentence_of() { sed -n '2s/^# *//p' "$1"; }

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
