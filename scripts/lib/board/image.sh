# shellcheck shell=bash
# The board's disk: Debian 13 for arm64, unpacked on the host, installed by booting it once in the emulator.
# Every file is made under another name and renamed when it is whole, so that a broken run leaves nothing wrong.
# What is made is for every clone on this machine: its name says what went in, and only the last few are kept.

BOARD_LIB="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
BOARD_CACHE="${CRYPTOMETER_BOARD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cryptometer/board}"
BOARD_WORK="$ROOT/target/board" # of this clone: the folders of its runs
readonly BOARD_LIB BOARD_CACHE BOARD_WORK
readonly BOARD_KEPT=2 # disks with Debian
readonly BOARD_ROOT_MEBIBYTES=1536
# What the program needs on a Raspberry Pi, and what the test asks the board with.
readonly BOARD_DEBIAN=('?priority(required)' '?essential' systemd-sysv udev dbus chrony kmod iproute2 procps gpiod
    openjdk-25-jre-headless softhsm2 opensc libtpm2-pkcs11-1 libtss2-tcti-swtpm0t64 adduser tzdata e2fsprogs sqlite3
    busybox-static)
# In the initramfs: what the root lies on, and what no udev rule would load early enough.
readonly BOARD_MODULES=(virtio_pci virtio_mmio virtio_blk crc32c_generic ext4 virtio_net virtio_console virtio_rng
    9p 9pnet_virtio)

# Of the kernel's modules only these folders are kept.
readonly BOARD_MODULE_FOLDERS=(arch crypto lib fs/ext4 fs/jbd2 fs/mbcache.ko.xz fs/9p fs/netfs fs/fat fs/nls net/9p
    net/core net/packet net/sched drivers/block/virtio_blk.ko.xz drivers/net/virtio_net.ko.xz
    drivers/net/net_failover.ko.xz drivers/virtio drivers/char drivers/gpio drivers/tty drivers/md
    drivers/block/loop.ko.xz)

# Only root may own files as root; everybody else pretends.
as_owner() { if (($(id -u) == 0)); then "$@"; else fakeroot "$@"; fi; }

# The archive that this machine's own packages come from.
board_mirror() {
    local mirror="${CRYPTOMETER_BOARD_MIRROR:-}"
    # shellcheck disable=SC2016 # apt's own variable
    [[ -n "$mirror" ]] || mirror="$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
        sed -n '/\/debian\/\{0,1\}$/{p;q}')"
    [[ -n "$mirror" ]] ||
        die 69 "Board: apt names no Debian archive here: put the address of one into CRYPTOMETER_BOARD_MIRROR"
    printf '%s\n' "$mirror"
}

apt_of_board() { APT_CONFIG="$BOARD_CACHE/apt/apt.conf" "$@"; }

# apt_set_up MIRROR
apt_set_up() {
    local apt="$BOARD_CACHE/apt"
    mkdir -p "$apt"/{lists/partial,archives/partial,none,kernel}
    : >"$apt/status"
    cat >"$apt/apt.conf" <<END
APT { Architecture "arm64"; Architectures { "arm64"; }; Sandbox::User "root"; Get::Assume-Yes "true"; };
APT::Install-Recommends "false";
Acquire { Languages "none"; Retries "3"; };
Dir { Cache "$apt"; Log "$apt"; State "$apt"; State::status "$apt/status"; Bin::dpkg "/bin/true"; };
Dir::Etc { SourceList "$apt/sources.list"; SourceParts "$apt/none"; Parts "$apt/none"; Main "$apt/none/main";
    Preferences "$apt/none/preferences"; PreferencesParts "$apt/none"; };
END
    printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s trixie main\n' "$1" \
        >"$apt/sources.list"
}

# Downloads what is not there yet; the names of the files are in $BOARD_CACHE/apt/archives and .../kernel.
download_packages() {
    local kernel mirror
    mirror="$(board_mirror)" || exit
    apt_set_up "$mirror"
    say "Board: downloading Debian 13 for arm64 from $mirror (about 200 MB, kept in $BOARD_CACHE/apt)"
    quietly "$BOARD_CACHE/apt.log" apt_of_board apt-get -q update || return 1
    apt_of_board apt-get -q autoclean >/dev/null 2>&1 || true
    quietly "$BOARD_CACHE/apt.log" apt_of_board apt-get -q install --download-only "${BOARD_DEBIAN[@]}" || return 1
    kernel="$(apt_of_board apt-cache depends linux-image-arm64 2>/dev/null | sed -n 's/^ *Depends: //p')"
    [[ -n "$kernel" ]] || die 69 "Board: apt offers no kernel linux-image-arm64"
    [[ -n "$(find "$BOARD_CACHE/apt/kernel" -name "$kernel"'_*_arm64.deb')" ]] ||
        (cd "$BOARD_CACHE/apt/kernel" && rm -f ./*.deb &&
            quietly "$BOARD_CACHE/apt.log" apt_of_board apt-get -q download "$kernel")
}

# kernel_into FOLDER ROOT: the kernel and its modules of use; the modules go into the root, too.
kernel_into() {
    local folder="$1" root="$2" all="$1/kernel" version kept
    mkdir -p "$all"
    dpkg-deb -x "$BOARD_CACHE"/apt/kernel/linux-image-*.deb "$all"
    mv "$all"/boot/vmlinuz-* "$folder/vmlinuz"
    version="$(basename "$all"/usr/lib/modules/*)"
    mkdir -p "$root/usr/lib/modules/$version/kernel"
    cp "$all/usr/lib/modules/$version"/modules.{builtin,builtin.modinfo,order} "$root/usr/lib/modules/$version/"
    for kept in "${BOARD_MODULE_FOLDERS[@]}"; do
        [[ -e "$all/usr/lib/modules/$version/kernel/$kept" ]] || continue
        mkdir -p "$root/usr/lib/modules/$version/kernel/$(dirname "$kept")"
        cp -r "$all/usr/lib/modules/$version/kernel/$kept" "$root/usr/lib/modules/$version/kernel/$kept"
    done
    python3 "$BOARD_LIB/initramfs.py" "$folder/initramfs" "$BOARD_LIB/init" "$root/usr/bin/busybox" \
        "$root/usr/lib/modules/$version" "${BOARD_MODULES[@]}"
    rm -rf "$all"
}

# unpack_disk FOLDER: the disk with unpacked packages. Runs as the (pretended) owner of every file.
unpack_disk() {
    local folder="$1" root="$1/root"
    mkdir -p "$root"
    python3 "$BOARD_LIB/unpack.py" "$BOARD_CACHE/apt/archives" "$root"
    cp -r "$BOARD_LIB/root/." "$root/"
    chown -R 0:0 "$root/usr/local/lib/board" "$root/etc/systemd" "$root/etc/chrony"
    kernel_into "$folder" "$root"
    mke2fs -q -F -t ext4 -L board -m 0 -O ^metadata_csum_seed,^orphan_file -d "$root" "$folder/disk.raw" \
        "${BOARD_ROOT_MEBIBYTES}M"
    rm -rf "$root"
}

# The emulator as a board without a network, until it powers off; says when the last line came.
second_stage() {
    local folder="$1"
    timeout 900 qemu-system-aarch64 "${BOARD_MACHINE[@]}" -kernel "$folder/vmlinuz" -initrd "$folder/initramfs" \
        -append "console=ttyAMA0 quiet second-stage" -no-reboot -nic none -serial stdio -monitor none \
        -drive "file=$folder/disk.raw,format=raw,if=none,id=root,cache=unsafe" -device virtio-blk-pci,drive=root \
        </dev/null >"$BOARD_CACHE/second-stage.log" 2>&1 || true
    grep -q 'board: second stage done' "$BOARD_CACHE/second-stage.log" || {
        tail -n 20 "$BOARD_CACHE/second-stage.log" >&2
        die 70 "Board: Debian's packages could not be installed (all of it: $BOARD_CACHE/second-stage.log)"
    }
}

# What the disk is made of; another value, another disk.
board_hash() {
    (cd "$BOARD_LIB" && find image.sh unpack.py initramfs.py init root -type f -print0 | sort -z | xargs -0 sha256sum) |
        sha256sum | cut -c1-16
}

# board_make: Debian installed, in the folder $BOARD_IMAGE.
board_make() {
    local new begun=$SECONDS
    new="$(mktemp -d "$BOARD_CACHE/new.XXXXXX")"
    download_packages || die 69 "Board: apt could not download Debian 13 for arm64, see $BOARD_CACHE/apt.log"
    say "Board: unpacking"
    export BOARD_CACHE BOARD_LIB ROOT
    # shellcheck disable=SC2016 # for the shell of the owner
    as_owner bash -c 'set -euo pipefail; source "$1/scripts/lib/common.sh"; source "$2/image.sh"; unpack_disk "$3"' \
        - "$ROOT" "$BOARD_LIB" "$new" || die 70 "Board: the packages could not be unpacked"
    say "Board: first boot, installs the packages in the emulator (some minutes, once)"
    second_stage "$new"
    mv "$new" "$BOARD_IMAGE"
    say "Board: ready after $((SECONDS - begun)) s"
}

# board_forget: of the disks with Debian only those that were used last stay, with what was installed on them.
board_forget() {
    local old
    while read -r _ old; do
        rm -rf "$old" "$BOARD_CACHE"/installed-*-"${old##*/base-}"
    done < <(find "$BOARD_CACHE" -maxdepth 1 -name 'base-*' -printf '%T@ %p\n' | sort -rn |
        tail -n "+$((BOARD_KEPT + 1))")
}

# board_image: the folder with disk.raw, vmlinuz and initramfs, made if it is not there, in $BOARD_IMAGE.
board_image() {
    BOARD_IMAGE="$BOARD_CACHE/base-$(board_hash)"
    [[ -f "$BOARD_IMAGE/disk.raw" ]] || board_make
    touch "$BOARD_IMAGE"
    board_forget
}

# board_lock: one at a time, of all clones on this machine: each runs an emulator, and what it stands on must stay.
board_lock() {
    mkdir -p "$BOARD_CACHE" "$BOARD_WORK"
    exec 8>"$BOARD_CACHE/lock"
    flock -n 8 || { say "Board: another run is going on, waiting for it" && flock 8; }
    rm -rf "$BOARD_CACHE"/new.* "$BOARD_WORK"/run.*
}

# The machine: what a Raspberry Pi 3 to 4 is to a program, as far as plain emulation goes.
BOARD_MACHINE=(-M virt -cpu cortex-a72 -accel "tcg,thread=multi" -smp 2 -m 1536 -display none)
readonly BOARD_MACHINE
