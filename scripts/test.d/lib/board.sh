# shellcheck shell=bash
# board_loses_nothing SCENARIO PULSES [OPTION...]: a short run on the emulated board, which must lose and double nothing.
# A machine that was too busy for the emulator (status 75) is asked up to twice more.
board_loses_nothing() {
    local root scenario="$1" pulses="$2" said status=0
    root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)"
    shift 2
    for _ in 1 2 3; do
        status=0
        said="$("$root/scripts/emulate-board" --scenario "$scenario" --pulses "$pulses" --json "$@")" || status=$?
        ((status == 75)) || break
    done
    printf '%s\n' "$said"
    ((status == 0)) || { echo "FAILED: status $status" && return 1; }
    jq -e --arg scenario "$scenario" --argjson pulses "$pulses" '
        .scenario == $scenario and .injected >= $pulses and .lost == 0 and .doubled == 0
        and .counted >= .signed and .signed >= .sent and .sent >= .proven and .rs485.moved == .rs485.proven' \
        <<<"$said" >/dev/null || { echo "FAILED: not what a short run shows" && return 1; }
}
