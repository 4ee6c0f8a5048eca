"""The emulated board: one QEMU process, its monitor, the shell inside it, its power and its network."""
import base64
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

import cut
import hardware

BOOT_SECONDS = 180


class BoardError(Exception):
    """One line for the person in front of it."""


class Lines:
    """Lines over a unix socket that QEMU listens on."""

    def __init__(self, path, seconds):
        self.socket, self.rest = socket.socket(socket.AF_UNIX), b""
        until = time.monotonic() + seconds
        while True:
            try:
                self.socket.connect(str(path))
                return
            except OSError as problem:
                if time.monotonic() > until:
                    raise BoardError(f"the emulator does not answer on {path}: {problem}") from problem
                time.sleep(0.05)

    def send(self, line):
        self.socket.sendall(line.encode() + b"\n")

    def read(self, seconds):
        until = time.monotonic() + seconds
        while b"\n" not in self.rest:
            self.socket.settimeout(max(0.01, until - time.monotonic()))
            try:
                more = self.socket.recv(65536)
            except TimeoutError as late:
                raise BoardError(f"no answer from the board within {seconds:.0f} s") from late
            if not more:
                raise BoardError("the emulator has ended")
            self.rest += more
        line, _, self.rest = self.rest.partition(b"\n")
        return line.decode(errors="replace").strip()


class Monitor:
    """QEMU's machine protocol: each command is answered before the next."""

    def __init__(self, path, seconds=10):
        self.lines = Lines(path, seconds)
        self.lines.read(10)
        self.command("qmp_capabilities")

    def command(self, name, /, **arguments):
        self.lines.send(json.dumps({"execute": name, "arguments": arguments}))
        while True:
            answer = json.loads(self.lines.read(10))
            if "error" in answer:
                raise BoardError(f"the emulator refuses {name}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]


class Board:
    """A board on the disk overlay root and the state disk of a folder.

    `serial` is a pseudo-terminal that becomes /dev/ttyS0; `flushed_only` makes a power cut throw away what the board
    had written but not flushed.
    """

    def __init__(self, folder, image, serial=None, flushed_only=False):
        self.folder, self.image = pathlib.Path(folder), pathlib.Path(image)
        self.serial, self.flushed_only = serial, flushed_only
        self.process = self.monitor = self.agent = None
        self.number = 0
        self.boot_seconds = None

    def overlay(self, backing):
        """A new disk that keeps only what differs from the backing one."""
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F",
                        "qcow2" if str(backing).endswith("qcow2") else "raw", "-b", str(backing),
                        str(self.folder / "root.qcow2")], check=True)

    def start(self, ram=None):
        """Power on, or with the file ram go on from where keep() stopped; returns when the shell in it answers."""
        (self.folder / "share").mkdir(exist_ok=True)
        for name in ("monitor", "pulses", "levels", "agent"):
            (self.folder / name).unlink(missing_ok=True)
        if self.flushed_only:
            cut.new_log(self.folder / "state.log")
        started = time.monotonic()
        with open(self.folder / "emulator.log", "ab") as log:
            # Before all else on this machine, where it may: a processor that waits serves edges late.
            self.process = subprocess.Popen(
                ["nice", "-n", "-15", *hardware.arguments(self), *(["-incoming", f"exec:cat {ram}"] if ram else [])],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            self.agent = Lines(self.folder / "agent", 20)
            self.monitor = Monitor(self.folder / "monitor")
            if ram:
                self.go_on()
            else:
                while self.agent.read(BOOT_SECONDS) != "ready":
                    pass
        except BoardError as problem:
            raise BoardError(f"the board did not start: {problem}; see {self.folder}/console.log and emulator.log"
                             ) from problem
        self.boot_seconds = time.monotonic() - started

    def go_on(self):
        until = time.monotonic() + 60
        while self.monitor.command("query-status")["status"] == "inmigrate":
            if time.monotonic() > until:
                raise BoardError("the kept board did not load within 60 s")
            time.sleep(0.1)
        self.monitor.command("cont")
        self.ask(f"date -s @{time.time():.2f}")

    def keep(self, ram):
        """Stops the board for good and keeps its memory in a file; its disks are as they are now."""
        self.monitor.command("stop")
        self.monitor.command("migrate", uri=f"exec:cat > {ram}.new")
        while True:
            status = self.monitor.command("query-migrate")
            if status["status"] == "completed":
                break
            if status["status"] in ("failed", "cancelled"):
                raise BoardError(f"the board's memory could not be kept: {status}")
            time.sleep(0.1)
        self.monitor.command("quit")
        self.process.wait(20)
        self.process = None
        os.rename(f"{ram}.new", ram)

    def run(self, command, seconds=60):
        """Status and output of a root shell command in the board."""
        self.number += 1
        self.agent.send(f"{self.number} {seconds} {base64.b64encode(command.encode()).decode()}")
        while True:
            number, status, *said = self.agent.read(seconds + 10).split(" ")
            if number == str(self.number):
                text = base64.b64decode(said[0]).decode(errors="replace") if said else ""
                return int(status), text.strip()

    def ask(self, command, seconds=60):
        """What a command that must succeed says."""
        status, said = self.run(command, seconds)
        if status != 0:
            first = command.strip().splitlines()[0][:90]
            raise BoardError(f"in the board, '{first}' ended with {status}: {said[-600:]}")
        return said

    def write(self, path, data, mode="644", owner="root:root"):
        """A file in the board, whole or not at all."""
        encoded = base64.b64encode(data.encode() if isinstance(data, str) else data).decode()
        self.ask(f"mkdir -p '{os.path.dirname(path)}' && base64 -d >'{path}.new' <<<'{encoded}' && "
                 f"chown {owner} '{path}.new' && chmod {mode} '{path}.new' && mv '{path}.new' '{path}'")

    def share(self, file, command, seconds=60):
        """Runs the command in the board while a file of this side stands in /mnt/host."""
        shutil.copy(file, self.folder / "share" / file.name)
        self.ask("mount -t 9p -o trans=virtio,version=9p2000.L host /mnt/host")
        self.ask(f"{command} && umount /mnt/host", seconds)

    def network(self, up):
        self.monitor.command("set_link", name="net0", up=up)

    def power_cut(self):
        """The emulator dies at once; with flushed_only the disk forgets what was not flushed. Returns how many
        bytes."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None
        if not self.flushed_only:
            return 0
        return cut.apply_flushed(self.folder / "state.log", self.folder / "state.before", self.folder / "state.raw")

    def before_power_on(self):
        """Keeps the state disk as it is, for the replay of what will be written to it."""
        shutil.copyfile(self.folder / "state.raw", self.folder / "state.before")

    def shut_down(self, seconds=60):
        """Powers off in order."""
        try:
            self.agent.send("0 60 " + base64.b64encode(b"systemctl poweroff").decode())
            self.process.wait(seconds)
        except (OSError, subprocess.TimeoutExpired):
            self.kill()
        self.process = None

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process = None
