#!/usr/bin/env python3
"""initramfs.py OUT INIT BUSYBOX MODULES NAME...: the first file system of the board, as a newc archive.

INIT is its /init, BUSYBOX the board's static busybox, MODULES a folder lib/modules/VERSION, and
each NAME a kernel module: it and what it needs go into /modules, and /modules/order tells insmod the order.
"""
import lzma
import os
import pathlib
import re
import stat
import sys


class Archive:
    """The kernel's own format, Documentation/driver-api/early-userspace/buffer-format.rst."""

    def __init__(self, out):
        self.out, self.number = out, 0

    def add(self, name, mode, data=b"", device=(0, 0)):
        self.number += 1
        encoded = name.encode() + b"\0"
        fields = [self.number, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(encoded), 0]
        head = b"070701" + b"".join(b"%08X" % value for value in fields) + encoded
        self.out.write(head + b"\0" * (-len(head) % 4) + data + b"\0" * (-len(data) % 4))

    def end(self):
        self.add("TRAILER!!!", 0)


def plain(path):
    return lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()


def needs(module):
    """What the module's own .modinfo says it depends on."""
    found = re.search(rb"\0depends=([^\0]*)\0", b"\0" + module)
    return [name for name in found.group(1).decode().split(",") if name] if found else []


def in_order(modules, names):
    """Name and bytes of the modules and of what they need, each after what it needs."""
    files = {path.name.split(".ko")[0].replace("-", "_"): path for path in modules.glob("kernel/**/*.ko*")}
    builtin = {os.path.basename(line).split(".ko")[0].replace("-", "_")
               for line in (modules / "modules.builtin").read_text().splitlines()}
    order = {}

    def take(name):
        name = name.replace("-", "_")
        if name in order or name in builtin:
            return
        if name not in files:
            raise SystemExit(f"the kernel in {modules} has no module {name}")
        module = plain(files[name])
        for needed in needs(module):
            take(needed)
        order[name] = module

    for name in names:
        take(name)
    return order


def main(out, init, busybox, modules, *names):
    modules = pathlib.Path(modules)
    with open(out, "wb") as stream:
        archive = Archive(stream)
        for folder in ("dev", "proc", "sys", "root", "bin", "modules"):
            archive.add(folder, stat.S_IFDIR | 0o755)
        archive.add("dev/console", stat.S_IFCHR | 0o600, device=(5, 1))
        archive.add("init", stat.S_IFREG | 0o755, pathlib.Path(init).read_bytes())
        archive.add("bin/busybox", stat.S_IFREG | 0o755, pathlib.Path(busybox).read_bytes())
        order = in_order(modules, names)
        for name, module in order.items():
            archive.add(f"modules/{name}.ko", stat.S_IFREG | 0o644, module)
        listing = "".join(f"{name}.ko\n" for name in order)
        archive.add("modules/order", stat.S_IFREG | 0o644, listing.encode())
        archive.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
