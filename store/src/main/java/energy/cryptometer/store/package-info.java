/// SQLite in one small place: connection, pragmas, migrations, integrity check, quarantine.
///
/// A store is one file with exactly one owning program ([Database#open]); others may look at it
/// with [Database#openReadOnly]. What [Database#write] returned has been synced to the disk.
///
/// The SQLite library is native code that its driver unpacks at start. On a device set the system
/// property `org.sqlite.tmpdir` to a private, executable directory (systemd: `RuntimeDirectory=`),
/// otherwise each unclean end leaves a 1.1 MB copy in the common temporary directory.
@NullMarked
package energy.cryptometer.store;

import org.jspecify.annotations.NullMarked;
