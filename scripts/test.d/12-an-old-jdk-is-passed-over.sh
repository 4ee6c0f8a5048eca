#!/usr/bin/env bash
# a JAVA_HOME that is too old or empty is passed over with a word, and a fitting one is found
set -euo pipefail
cd "$(dirname "$0")/../.."
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

mkdir "$folder/bin" "$folder/empty"
printf '#!/bin/sh\necho javac 17.0.1\n' >"$folder/bin/javac"
cp "$folder/bin/javac" "$folder/bin/java"
chmod +x "$folder"/bin/*

said="$(JAVA_HOME="$folder" scripts/setup demo 2>&1)"
grep -F "JAVA_HOME=$folder is JDK 17 and is passed over" <<<"$said"
grep -E '^JDK: /' <<<"$said"
said="$(JAVA_HOME="$folder/empty" scripts/setup demo 2>&1)"
grep -F "JAVA_HOME=$folder/empty holds no working java and javac" <<<"$said"
