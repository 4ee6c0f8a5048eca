"""The board with our package: installed with dpkg in the emulator, with keys in both kinds of tokens, and its memory
kept, so that a run goes on from it in seconds. Kept per package and base image, the last few of them."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import meters
import tokens
from machine import Board

HERE = pathlib.Path(__file__).resolve().parent
STATE_SIZE = "96M"  # small, so that it is full soon
FILES_OF_INSTALLATION = ("install.py", "hardware.py", "meters.py", "tokens.py")
# The package prepares a faster start of Java. Under emulation that takes minutes, more than all starts of a run gain;
# scripts/bench-board, which compares, asks for it.
START_CACHE_SECONDS = os.environ.get("CRYPTOMETER_CACHE_SECONDS", "0")
KEPT = 3  # boards with our package, of the packages that were asked for last


def digest(*files):
    hashed = hashlib.sha256(START_CACHE_SECONDS.encode())
    for file in files:
        hashed.update(pathlib.Path(file).read_bytes())
    return hashed.hexdigest()[:16]


def installed(cache, image, package, say):
    """The folder with root.qcow2, state.raw, ram, tpm and keys.json; made when it is not there."""
    cache, image = pathlib.Path(cache).resolve(), pathlib.Path(image).resolve()
    kept = cache / f"installed-{digest(package, *(HERE / file for file in FILES_OF_INSTALLATION))}-{image.name[5:]}"
    if not (kept / "ram").exists():
        new = pathlib.Path(tempfile.mkdtemp(prefix="new.", dir=cache))
        try:
            install(new, image, pathlib.Path(package), say)
            new.rename(kept)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    os.utime(kept)
    for old in sorted(cache.glob("installed-*"), key=lambda folder: folder.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(old)
    return kept


def install(folder, image, package, say):
    say(f"Board: installing {package.name} in the emulator (a minute or two, once per package)")
    subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-L", "state", "-m", "0", str(folder / "state.raw"),
                    STATE_SIZE], check=True, stdout=subprocess.DEVNULL)
    tpm = tokens.Tpm(folder / "tpm")
    board, begun = Board(folder, image), time.monotonic()
    board.overlay(image / "disk.raw")
    try:
        tpm.start()
        board.start()
        say(f"Board: booted in {board.boot_seconds:.0f} s")
        shutil.copy(package, folder / "share" / "cryptometer.deb")
        board.ask("mount -t 9p -o trans=virtio,version=9p2000.L host /mnt/host")
        board.ask(f"CRYPTOMETER_CACHE_SECONDS={START_CACHE_SECONDS} dpkg -i /mnt/host/cryptometer.deb && "
                  "umount /mnt/host", 900)
        say(f"Board: installed after {time.monotonic() - begun:.0f} s")
        tokens.configure(board, tpm)
        board.ask("systemctl daemon-reload")
        keys = {kind: tokens.make(board, tpm, kind, meters.KEYS) for kind in ("softhsm", "tpm")}
        (folder / "keys.json").write_text(json.dumps(keys))
        say(f"Board: keys made in both tokens after {time.monotonic() - begun:.0f} s")
        board.ask("systemctl disable --quiet --now chrony; systemctl is-system-running --wait >/dev/null; sync", 120)
        board.keep(folder / "ram")
        say(f"Board: its memory is kept after {time.monotonic() - begun:.0f} s")
    finally:
        board.kill()
        tpm.stop()


def files_of(folder, target):
    """A board of its own in the folder target: a new overlay and copies of what is written to."""
    shutil.copyfile(folder / "state.raw", target / "state.raw")
    shutil.copytree(folder / "tpm", target / "tpm")
    return json.loads((folder / "keys.json").read_text())
