"""What a power cut leaves on a disk: only what was flushed. Reads the log of QEMU's blklogwrites driver, which has
the format of the kernel's dm-log-writes (Documentation/admin-guide/device-mapper/log-writes.rst)."""
import os
import pathlib
import shutil
import struct

SECTOR = 512
MAGIC = 0x6A736677736872
FLUSH, FUA, DISCARD = 1, 2, 4


def new_log(path):
    pathlib.Path(path).write_bytes(b"")


def entries(log):
    """(flags, offset, length, where its data stands in the log) of every whole entry."""
    size = os.path.getsize(log)
    if size < SECTOR:
        return # nothing was ever flushed
    with open(log, "rb") as stream:
        magic, _, count, sector = struct.unpack("<QQQI", stream.read(28))
        if magic != MAGIC:
            raise ValueError(f"{log} is no log of writes")
        at = sector
        # The number of entries in the head is older than the last ones: what follows is read as long as it is whole.
        while at + sector <= size:
            stream.seek(at)
            first, sectors, flags, _ = struct.unpack("<QQQQ", stream.read(32))
            data = 0 if flags & DISCARD else sectors * sector
            if flags > 15 or at + sector + data > size or (sectors == 0 and not flags):
                return
            yield flags, first * sector, sectors * sector, at + sector
            at += sector + data
            count -= 1


def apply_flushed(log, before, disk):
    """Makes disk what before becomes by all writes up to the last flush; returns how many later bytes are forgotten."""
    found = list(entries(log))
    last = max((index for index, entry in enumerate(found) if entry[0] & (FLUSH | FUA)), default=-1)
    shutil.copyfile(before, disk)
    with open(log, "rb") as source, open(disk, "r+b") as target:
        for flags, offset, length, data in found[:last + 1]:
            if length == 0 or flags & DISCARD:
                continue
            source.seek(data)
            target.seek(offset)
            target.write(source.read(length))
    return sum(length for _, _, length, _ in found[last + 1:])
