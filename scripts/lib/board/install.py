"""The board with our package: installed with dpkg in the emulator, with keys in both kinds of tokens, and booted once
more, so that each scenario goes on from a clean board in seconds. Kept per package and base image."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

import tokens
from machine import Board

HERE = pathlib.Path(__file__).resolve().parent
# Up to three on GPIO lines, one on RS485: a board has four meters at most.
METERS = {"m": "meter-key", "m2": "second-key", "m3": "third-key", "r": "serial-key"}
STATE_SIZE = "96M"  # small, so that it is full soon
FILES_OF_INSTALLATION = ("install.py", "hardware.py", "tokens.py")


def digest(*files):
    hashed = hashlib.sha256()
    for file in files:
        hashed.update(pathlib.Path(file).read_bytes())
    return hashed.hexdigest()[:16]


def installed(cache, image, package, say):
    """The folder with root.qcow2, state.raw, ram, tpm and keys.json; made when it is not there."""
    cache, image = pathlib.Path(cache).resolve(), pathlib.Path(image).resolve()
    name = f"installed-{digest(package, *(HERE / file for file in FILES_OF_INSTALLATION))}-{image.name[5:]}"
    if not (cache / name / "ram").exists():
        for old in cache.glob("installed-*"):
            shutil.rmtree(old)
        new = pathlib.Path(tempfile.mkdtemp(prefix="new.", dir=cache))
        try:
            install(new, image, pathlib.Path(package), say)
            new.rename(cache / name)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return cache / name


def install(folder, image, package, say):
    say(f"Board: installing {package.name} in the emulator (a minute or two, once per package)")
    subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-L", "state", "-m", "0", str(folder / "state.raw"), STATE_SIZE],
                   check=True, stdout=subprocess.DEVNULL)
    tpm = tokens.Tpm(folder / "tpm")
    board = Board(folder, image)
    board.overlay(image / "disk.raw")
    try:
        tpm.start()
        board.start()
        shutil.copy(package, folder / "share" / "cryptometer.deb")
        board.ask("mount -t 9p -o trans=virtio,version=9p2000.L host /mnt/host")
        # The package prepares a faster start of Java; under emulation that takes longer than it allows on a board.
        board.ask(f"CRYPTOMETER_CACHE_SECONDS={os.environ.get('CRYPTOMETER_CACHE_SECONDS', '300')} "
                  "dpkg -i /mnt/host/cryptometer.deb && umount /mnt/host", 600)
        tokens.configure(board, tpm)
        keys = {kind: tokens.make(board, tpm, kind, METERS.values()) for kind in ("softhsm", "tpm")}
        (folder / "keys.json").write_text(json.dumps(keys))
        board.ask("systemctl disable --quiet chrony; sync")
        board.shut_down()
        say(f"Board: installed, keys made; first boot took {board.boot_seconds:.0f} s")
        board.start()
        board.ask("systemctl is-system-running --wait >/dev/null; systemctl daemon-reload; sync", 120)
        board.keep(folder / "ram")
    finally:
        board.kill()
        tpm.stop()


def files_of(folder, target):
    """A board of its own in the folder target: a new overlay and copies of what is written to."""
    shutil.copyfile(folder / "state.raw", target / "state.raw")
    shutil.copytree(folder / "tpm", target / "tpm")
    return json.loads((folder / "keys.json").read_text())

