# shellcheck shell=bash
# Short runs on the emulated board, which must lose and double nothing.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)"
: "${SHOWN:=/dev/stdout}" # where a script that shows several things says what it showed

# board_result OBJECT CONTACTS PULSES: whether this is what a short run shows.
board_result() {
    jq -e --argjson contacts "$2" --argjson pulses "$3" '
        .status == 0 and .injected >= $contacts * $pulses and (.injected == .proven or .power != null)
        and .lost == 0 and .doubled == 0 and (.edges == 2 * .injected or .power != null)
        and .counted >= .signed and .signed >= .sent and .sent >= .proven and .rs485.moved == .rs485.proven' \
        <<<"$1" >/dev/null
}

# board_shows "SCENARIO TOKEN CONTACTS PULSES SENTENCE"...: the scenarios one after another, each at least so. Those for
# which the machine was too busy (status 75) are asked up to twice more.
board_shows() {
    local left=() again line scenario token contacts pulses sentence said failed=0
    local -A asked=()
    for line in "$@"; do
        read -r scenario _ <<<"$line"
        asked[$scenario]="$line"
        left+=("$scenario")
    done
    for _ in 1 2 3; do
        again=()
        while read -r said; do
            printf '%s\n' "$said"
            read -r scenario token contacts pulses sentence <<<"${asked[$(jq -r .scenario <<<"$said")]}"
            if board_result "$said" "$contacts" "$pulses" && [[ "$(jq -r .token <<<"$said")" == "$token" ]]; then
                printf 'ok\t%d\t%s\n' "$(jq .seconds <<<"$said")" "$sentence" >>"$SHOWN"
            elif (($(jq .status <<<"$said") == 75)); then
                again+=("$scenario")
            else
                failed=1
                echo "FAILED: $scenario does not show that $sentence"
                printf 'FAILED\t%d\t%s\n' "$(jq '.seconds // 0' <<<"$said")" "$sentence" >>"$SHOWN"
            fi
            unset "asked[$scenario]"
            [[ " ${again[*]} " != *" $scenario "* ]] || asked[$scenario]="$scenario $token $contacts $pulses $sentence"
        done < <("$ROOT/scripts/emulate-board" --scenario "$(IFS=,; echo "${left[*]}")" --json)
        left=("${again[@]}")
        ((${#left[@]} > 0)) || break
    done
    ((failed == 0 && ${#asked[@]} == 0)) || { echo "FAILED, or not shown: ${!asked[*]}" && return 1; }
}
