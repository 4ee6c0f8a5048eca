#!/usr/bin/env bash
# the repository holds no private key, key store or token
set -euo pipefail
cd "$(dirname "$0")/../.."
[[ -d .git || -f .git ]] || { echo "no git repository here"; exit 77; }
git() { command git -c safe.directory='*' "$@"; }
if git ls-files | grep -iE '\.(p12|pfx|jks|key)$|softhsm.*\.object$' ||
    git grep -nI -e '-----BEGIN [A-Z ]*PRIVATE KEY' -- . ':!scripts/test.d/20-the-repository-holds-no-key.sh'; then
    exit 1
fi
