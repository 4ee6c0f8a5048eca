#!/usr/bin/env bash
# launchers find their jars through a link, from another folder, and a Java with a bare environment
set -euo pipefail
bin="$(cd "$(dirname "$0")/../../target/dist/bin" && pwd -P)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

for launcher in "$bin"/*; do
    ln -s "$launcher" "$folder/linked program"
    # A JDK that is found only through JAVA_HOME still has to be named.
    env -i PATH=/usr/bin:/bin JAVA_HOME="${JAVA_HOME:-}" JAVA_OPTS=-version "$folder/linked program" 2>&1 | tee said
    grep -qE 'version "(2[5-9]|[3-9][0-9])' said
    class_path="$(sed -n 's/^ *-cp "\(.*\)" .*/\1/p' "$launcher")"
    for jar in $(tr ':' ' ' <<<"${class_path//\$lib/$bin/../lib}"); do
        [[ -f "$jar" ]] || { echo "$launcher names $jar, which is not there"; exit 1; }
    done
    rm "$folder/linked program"
done
