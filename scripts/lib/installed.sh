#!/usr/bin/env bash
# Installs, uses and removes /packaged/cryptometer.deb: for a system that is thrown away afterwards.
set -euo pipefail
trap 'echo "line $LINENO does not hold: $BASH_COMMAND"' ERR

installed() { dpkg -i --force-depends /packaged/cryptometer.deb; }
as_service() { setpriv --reuid cryptometer --regid cryptometer --init-groups env -i PATH=/usr/bin:/bin "$@"; }
# is MODE OWNER GROUP PATH
is() { [[ "$(stat -c '%a %U %G' "$4")" == "$1 $2 $3" ]]; }

# What is written in the program's name where others may write: nothing.
left_about() { find /tmp /var/tmp /dev/shm -user cryptometer; }

dpkg --purge cryptometer 2>/dev/null || true
rm -rf /var/lib/cryptometer /etc/cryptometer
installed

echo "= user, folders and modes"
[[ " $(id -nG cryptometer) " == *' dialout '* && " $(id -nG cryptometer) " == *' tss '* ]]
[[ "$(getent passwd cryptometer | cut -d: -f6-)" == /var/lib/cryptometer:/usr/sbin/nologin ]]
is 750 root cryptometer /etc/cryptometer
is 750 root cryptometer /etc/cryptometer/meters
is 750 cryptometer cryptometer /var/lib/cryptometer
is 755 root root /var/cache/cryptometer
[[ -L /etc/systemd/system/multi-user.target.wants/cryptometer.service ]]
as_service cat /etc/cryptometer/board.toml >/dev/null
[[ ! -e /etc/cryptometer/meters/meter.toml ]]

echo "= the start cache was made, is taken, and cannot be changed by the service"
is 644 root root /var/cache/cryptometer/cryptometer.aot
as_service JAVA_OPTS=-Xlog:class+load cryptometer --version >/packaged/classes
grep -q '^.*energy.cryptometer.* source: shared objects file' /packaged/classes
[[ "$(ls -A /var/cache/cryptometer)" == cryptometer.aot ]]

echo "= it runs from the folder of the package, and writes nothing where others may write"
cd /var/lib/cryptometer
sed -n '/<<END/,/^END/{/END/d;p}' /usr/lib/cryptometer/make-start-cache | sed '/^\[source\]/,$d' >/packaged/community.in
origin="$(date -u -d "@$(($(date +%s) / 10 * 10))" +%FT%TZ)"
sed "s|^origin.*|origin = $origin|" /packaged/community.in >/packaged/community.toml
as_service provision community init --file /packaged/community.toml --out street >/dev/null
cat >>street/meters/A/cryptometer.toml <<END
[source]
type = "modbus"
model = "eastron-sdm120"
port = "/dev/pts/no-such-line"
direction = "export"
END
as_service sh -c 'echo $$ >program; exec cryptometer run --config street/meters/A/cryptometer.toml' 2>/packaged/log &
shell=$!
until [[ -s program ]] && grep -q libjSerialComm "/proc/$(cat program)/maps"; do
    kill -0 "$shell" || { cat /packaged/log; exit 1; }
    sleep 0.2
done
libraries="$(sed -nE 's#.* (/.*lib(sqlitejdbc|jSerialComm).*)#\1#p' "/proc/$(cat program)/maps" | sort -u)"
machine="/usr/lib/cryptometer/lib/native/$(uname -m)"
echo "$libraries"
[[ "$libraries" == "$machine/libjSerialComm.so"$'\n'"$machine/libsqlitejdbc.so" ]]
[[ -z "$(left_about)" ]]
kill -TERM "$(cat program)"
status=0
wait "$shell" || status=$?
((status == 143))
[[ -z "$(left_about)" ]]
[[ -s street/meters/A/journal.db ]]

echo "= an upgrade keeps what was changed and counted"
echo '# mine' >>/etc/cryptometer/board.toml
cp /etc/cryptometer/meters/meter.toml.example /etc/cryptometer/meters/roof.toml
before="$(sha256sum street/meters/A/journal.db)"
CRYPTOMETER_CACHE_SECONDS=0 installed
grep -q '^# mine$' /etc/cryptometer/board.toml
[[ "$(sha256sum street/meters/A/journal.db)" == "$before" ]]
# Without a cache it runs as well.
[[ ! -e /var/cache/cryptometer/cryptometer.aot ]]
as_service cryptometer --version

echo "= removed and purged, the journal stays and it is said where"
dpkg --remove cryptometer
[[ ! -e /usr/bin/cryptometer && ! -e /usr/lib/cryptometer && ! -e /var/cache/cryptometer ]]
[[ "$(sha256sum street/meters/A/journal.db)" == "$before" ]]
dpkg --purge cryptometer 2>/packaged/said
cat /packaged/said
grep -qF '/var/lib/cryptometer is kept' /packaged/said
[[ "$(sha256sum street/meters/A/journal.db)" == "$before" ]]
[[ -e /etc/cryptometer/meters/roof.toml && ! -e /etc/cryptometer/board.toml ]]
[[ ! -L /etc/systemd/system/multi-user.target.wants/cryptometer.service ]]

echo "= purged with nothing in them, the folders go too"
rm -rf /var/lib/cryptometer /etc/cryptometer
CRYPTOMETER_CACHE_SECONDS=0 installed
cd /
dpkg --purge cryptometer
[[ ! -e /var/lib/cryptometer && ! -e /etc/cryptometer ]]
