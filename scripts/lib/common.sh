# shellcheck shell=bash
# What every command needs: where the tree lies, and how to speak. Standard output belongs to the command's
# result, so everything said here goes to standard error.

ROOT="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd -P)"
export ROOT

# Maven and apt want a home, and a bare environment has none.
if [[ -z "${HOME:-}" ]]; then
    HOME="$(getent passwd "$(id -u)" | cut -d: -f6)"
    export HOME
fi

say() { printf '%s\n' "$*" >&2; }

# die STATUS LINE: one line, then a status of sysexits (64 usage, 69 unavailable).
die() {
    local status="$1"
    shift
    say "$*"
    exit "$status"
}

# The comment block at the head of a command is its --help.
help_of() { sed -n '2,/^[^#]/{/^#/!d; s/^# \{0,1\}//; p}' "$1"; }

# quietly LOG COMMAND...: keeps the output in LOG and shows its last lines only when the command fails.
quietly() {
    local log="$1" status=0
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if ((status != 0)); then
        tail -n 25 "$log" >&2
        say "failed with status $status: $1 ... (all of its output: $log)"
    fi
    return "$status"
}

# maven ARGUMENT...: the wrapper, with the JDK found before, without progress bars and without a terminal.
maven() { (cd "$ROOT" && exec ./mvnw -B -ntp "$@" </dev/null); }
