#!/usr/bin/env bash
# the package's manual pages name every option, its completions complete, its example is sound, its licences are told
set -euo pipefail
cd "$(dirname "$0")/../.."
root="$PWD"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
dpkg-deb -x "$(scripts/package)" "$folder"
cd "$folder"

for page in usr/share/man/man*/*.gz; do
    said="$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=100 man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)"
    [[ -z "$said" ]] || { echo "$page: $said"; exit 1; }
done

# The completion knows every command and option.
for program in cryptometer provision; do
    completion="usr/share/bash-completion/completions/$program"
    page="$(zcat "usr/share/man/man1/$program.1.gz" | sed 's/\\-/-/g')"
    words="$(grep -oE -- '--[a-z][a-z-]+' "$completion" | sort -u
        sed -nE 's/^ *local commands="([^"]*)"$/\1/p' "$completion" | tr ' ' '\n' | sort -u)"
    [[ "$words" == *--stack-trace* && "$words" == *init* || "$words" == *status* ]]
    for word in $words; do
        [[ "$page" == *"$word"* ]] || { echo "$program(1) does not name $word"; exit 1; }
    done
done

# complete WORD...: what bash offers for the last of the words.
complete_words() (
    # shellcheck disable=SC1090 # one per program
    source "usr/share/bash-completion/completions/$1"
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=$((${#COMP_LINE}))
    export COMP_LINE COMP_POINT
    "_complete_$1" 2>/dev/null
    printf '%s\n' "${COMPREPLY[@]}"
)
[[ "$(complete_words cryptometer st)" == status ]]
[[ "$(complete_words cryptometer status --js)" == --json ]]
[[ "$(complete_words provision key init --pin-f)" == --pin-file ]]
grep -q "_complete_cryptometer.* cryptometer" usr/share/bash-completion/completions/cryptometer

# The example is refused only for the genesis, which nobody has yet.
cp etc/cryptometer/meters/meter.toml.example etc/cryptometer/meters/roof.toml
status=0
said="$(usr/bin/cryptometer status --config etc/cryptometer 2>&1)" || status=$?
[[ $status == 78 && "$said" == *"meter.genesis"*"does not exist"* && "$said" != *$'\n'* ]] ||
    { echo "the example is refused: $said"; exit 1; }

mapfile -t named < <(sed -n 's/^\(Files:\)\? \(usr[^ ]*\)$/\2/p' usr/share/doc/cryptometer/copyright)
for library in usr/lib/cryptometer/lib/*.jar usr/lib/cryptometer/lib/native/*/*.so; do
    name="${library##*/}"
    [[ -f "$root/${name%-[0-9]*}/pom.xml" ]] && continue
    found=0
    for pattern in "${named[@]}"; do
        # shellcheck disable=SC2053 # a pattern
        [[ "$library" == $pattern ]] && found=1
    done
    ((found)) || { echo "usr/share/doc/cryptometer/copyright does not name $library"; exit 1; }
done
