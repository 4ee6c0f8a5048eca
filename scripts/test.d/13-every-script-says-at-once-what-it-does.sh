#!/usr/bin/env bash
# --help of every script answers at once, and installs, builds and downloads nothing
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd -P)"
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT
cp -r "$root/scripts" "$root/pom.xml" "$copy"

# Neither Java nor apt nor a network tool is there, and nothing may be written.
mkdir "$copy/bin"
for program in bash env sed awk cat dirname basename readlink getent id cut grep; do
    ln -s "$(command -v "$program")" "$copy/bin/$program"
done
find "$copy" ! -type l | sort >"$copy.before"
for script in "$copy"/scripts/*; do
    [[ -f "$script" ]] || continue
    for option in --help -h; do
        said="$(timeout 5 env -i PATH="$copy/bin" HOME=/nowhere "$script" "$option")"
        [[ "$said" == "scripts/${script##*/}"* ]] || { echo "${script##*/} $option says: $said" && exit 1; }
    done
    echo "${script##*/}"
done
find "$copy" ! -type l | sort | diff "$copy.before" -
rm "$copy.before"
