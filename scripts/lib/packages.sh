# shellcheck shell=bash
# Debian packages: asks apt only for what is missing, and says in one line what it installs.

# What the demonstration runs with, besides the JDK.
# shellcheck disable=SC2034 # for the commands that source this
readonly DEMO_PACKAGES=(softhsm2)
# The other projects' programs that the tests talk to, and what the benchmarks are compared with.
# shellcheck disable=SC2034 # for the commands that source this
readonly TEST_PACKAGES=(softhsm2 opensc socat python3 python3-pymodbus python3-serial python3-serial-asyncio
    libcoap3-bin jq openssl procps shellcheck gcc libc6-dev swtpm swtpm-tools tpm2-tools libtpm2-pkcs11-1
    libtpm2-pkcs11-tools libtss2-tcti-swtpm0 tpm2-abrmd libtss2-tcti-tabrmd0 dbus-daemon systemd man-db)
# The emulated board: the emulator, what plays the world around the board, and what unpacks Debian for it.
# shellcheck disable=SC2034 # for the commands that source this
readonly BOARD_PACKAGES=(qemu-system-arm qemu-utils swtpm socat python3 python3-pymodbus python3-serial
    python3-serial-asyncio e2fsprogs fakeroot debian-archive-keyring)

package_installed() { [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]; }

package_candidate() {
    [[ "$(LC_ALL=C apt-cache policy "$1" 2>/dev/null | awk '/Candidate:/ { print $2 }')" =~ ^[0-9] ]]
}

# Root, or a sudo that can ask for the password (a terminal) or needs none.
may_install() {
    (($(id -u) == 0)) || { command -v sudo >/dev/null && { [[ -t 2 ]] || sudo -n true 2>/dev/null; }; }
}

as_root() { if (($(id -u) == 0)); then "$@"; else sudo "$@"; fi; }

apt_update() {
    say "apt-get update"
    quietly "$ROOT/target/setup.log" as_root apt-get -q -o DPkg::Lock::Timeout=300 update
}

apt_install() {
    quietly "$ROOT/target/setup.log" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"
}

# Whether apt can install a package, after one look for news when it does not know it.
package_offered() {
    command -v apt-cache >/dev/null || return 1
    package_candidate "$1" && return 0
    may_install && apt_update && package_candidate "$1"
}

# named_here NAME: the name a package bears in this Debian; since Debian 13 some libraries end in t64, for their
# 64-bit time.
named_here() {
    local t64="${1}t64"
    if package_installed "$1"; then
        echo "$1"
    elif package_installed "$t64" || { ! package_candidate "$1" && package_candidate "$t64"; }; then
        echo "$t64"
    else
        echo "$1"
    fi
}

# packages_set_up NAME...: installs those that are missing.
packages_set_up() {
    local name here missing=() unknown=0
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "Not a Debian system: expecting the equivalents of these packages to be installed: $*"
        return 0
    fi
    for name in "$@"; do
        here="$(named_here "$name")"
        package_installed "$here" && continue
        missing+=("$here")
        package_candidate "$here" || unknown=1
    done
    ((${#missing[@]} == 0)) && return 0
    may_install ||
        die 69 "Neither root nor sudo: install the missing packages with: apt-get install ${missing[*]}"
    say "Installing Debian packages: ${missing[*]}"
    if ((unknown)); then
        apt_update
        for name in "${!missing[@]}"; do missing[name]="$(named_here "${missing[name]}")"; done
    fi
    apt_install "${missing[@]}" || { apt_update && apt_install "${missing[@]}"; } ||
        die 69 "apt-get could not install: ${missing[*]} (see the lines above)"
}
