# shellcheck shell=bash
# What community.sh gives, and a SoftHSM2 with one token "meter" in the folder: its PIN is in the file pin.

# shellcheck source=scripts/test.d/lib/community.sh
source "$(dirname "${BASH_SOURCE[0]}")/community.sh"

MODULE="$(find /usr/lib /usr/local/lib -name libsofthsm2.so 2>/dev/null | head -n 1)"
[[ -n "$MODULE" ]] || { echo "softhsm2 is not installed" && exit 77; }

random() { od -An -N8 -tx1 /dev/urandom | tr -d ' \n'; }

mkdir tokens
printf 'directories.tokendir = %s/tokens\nobjectstore.backend = file\nlog.level = ERROR\n' "$FOLDER" >softhsm2.conf
export SOFTHSM2_CONF="$FOLDER/softhsm2.conf"
(umask 077 && random >pin)
softhsm2-util --init-token --free --label meter --pin "$(cat pin)" --so-pin "$(random)" >/dev/null

# uri_in MODULE: the name of the meter's key behind this module.
uri_in() { echo "pkcs11:token=meter;object=meter-key?module-path=$1"; }
