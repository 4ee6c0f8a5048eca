#!/usr/bin/env bash
# two builds in different folders, time zones and languages give the same bytes
set -euo pipefail
cd "$(dirname "$0")/../.."
other="$(mktemp -d)"
trap 'rm -rf "$other"' EXIT

tar -c --exclude=target --exclude=.git . | tar -x -C "$other"
(cd "$other" && TZ=Pacific/Auckland LC_ALL=C.UTF-8 ./mvnw -q -B -ntp -pl demo -am -Dmaven.test.skip=true \
    -Duser.language=de -Duser.country=AT package </dev/null)
for jar in "$other"/*/target/*-[0-9]*.jar; do
    [[ "$jar" == *-tests.jar ]] && continue
    cmp "$jar" "target/dist/lib/$(basename "$jar")"
    echo "same: $(basename "$jar")"
done
