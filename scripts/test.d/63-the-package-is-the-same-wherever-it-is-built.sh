#!/usr/bin/env bash
# the package built in another folder, time zone, language and umask, from files of another age, has the same bytes
set -euo pipefail
cd "$(dirname "$0")/../.."
other="$(mktemp -d)"
trap 'rm -rf "$other"' EXIT

scripts/package --out "$other/here" >/dev/null
# The jars are shown to be the same by a test of their own, so they are copied.
mkdir "$other/there"
tar -c --exclude='./*/target' --exclude=./target --exclude=.git . | tar -x -C "$other/there"
mkdir "$other/there/target"
cp -r target/dist "$other/there/target/dist"
find "$other/there" -exec touch --no-dereference --date='2031-07-01 12:00:00' '{}' +
touch --date='2031-07-01 12:00:01' "$other/there/target/dist/.built"
(umask 077 && TZ=Pacific/Auckland LC_ALL=C "$other/there/scripts/package" >/dev/null)
cmp "$other"/here/*.deb "$other"/there/target/package/*.deb
sha256sum "$other"/here/*.deb

# And what is in it belongs to root, and nobody else may change it.
dpkg-deb -c "$other"/here/*.deb | tee "$other/listing"
if grep -vE '^([d-]r[w-][x-]r-[x-]r-[x-]|lrwxrwxrwx) root/root ' "$other/listing"; then
    echo "the above are not root's, or others may write or not read them"
    exit 1
fi
