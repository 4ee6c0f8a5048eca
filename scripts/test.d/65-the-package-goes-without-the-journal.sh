#!/usr/bin/env bash
# in a copy of this system the package is installed, runs, is upgraded, removed and purged; the journal stays
set -euo pipefail
cd "$(dirname "$0")/../.."
source scripts/lib/common.sh
source scripts/lib/packages.sh
source scripts/lib/jdk.sh
jdk_set_up
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cp "$(scripts/package)" "$folder/cryptometer.deb"
cp scripts/lib/installed.sh "$folder/installed.sh"
mkdir "$folder/copy"

# Everything that is installed goes into memory, over the files of this system, where nobody else sees it.
# shellcheck disable=SC2016 # for the shell that is root
copied='set -e
    mount -t tmpfs -o mode=755 copy "$1/copy"
    mkdir "$1/copy/up" "$1/copy/work" "$1/copy/root"
    mount -t overlay overlay -o "lowerdir=/,upperdir=$1/copy/up,workdir=$1/copy/work" "$1/copy/root"'
if ! may_install || ! as_root unshare --mount --propagation private bash -c "$copied" - "$folder"; then
    echo "not root, or a root that may not mount: no copy of this system can be made"
    exit 77
fi
# shellcheck disable=SC2016 # for the same
as_root unshare --mount --pid --fork --kill-child --propagation private bash -c "$copied"'
    root="$1/copy/root"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs -o mode=1777 tmp "$root/tmp"
    mkdir -p "$root/packaged/jdk" "$root/usr/lib/jvm"
    cp "$1/cryptometer.deb" "$1/installed.sh" "$root/packaged/"
    # The JDK of the tests stands where the program looks for one.
    mount --bind "$2" "$root/packaged/jdk"
    ln -s /packaged/jdk "$root/usr/lib/jvm/a-java-of-the-test"
    exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        chroot "$root" bash /packaged/installed.sh' - "$folder" "$JAVA_HOME"
