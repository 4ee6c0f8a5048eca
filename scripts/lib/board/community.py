"""The community on the host: its description, one node, the light client that proves, and the time the board asks
for."""
import datetime
import json
import os
import pathlib
import socket
import struct
import subprocess
import threading
import time

import chain
from machine import BoardError

STEP_SECONDS = 4
TEMPORARY = 75
NTP_EPOCH = 2208988800
DESCRIPTION = """[community]
name = "One emulated board"
origin = {origin}
step_seconds = {step}
collect_seconds = 1
propose_seconds = 2
{meters}[[participant]]
name = "X"
share_ppm = 1000000
[[node]]
name = "n"
listen = "127.0.0.1:{port}"
"""


METER = """[[meter]]
name = "{name}"
serial = "BOARD-{name}"
mid_class = "B"
constant = 1000
rated_power_watts = 100000
public_key = "{key}"
"""


def free_port(kind):
    """A port of the loopback that nobody has now."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NotNow(BoardError):
    """A program that may succeed when it is asked again."""


class Community:
    """Founded at once in a folder; BIN holds the programs."""

    def __init__(self, folder, programs, keys):
        self.folder, self.programs = pathlib.Path(folder), pathlib.Path(programs)
        self.port = free_port(socket.SOCK_DGRAM)
        self.address = f"coap://127.0.0.1:{self.port}"
        self.node = None
        now = int(time.time())
        origin = datetime.datetime.fromtimestamp(now - now % STEP_SECONDS - 30 * STEP_SECONDS, datetime.timezone.utc)
        (self.folder / "community.toml").write_text(DESCRIPTION.format(
            origin=origin.strftime("%Y-%m-%dT%H:%M:%SZ"), step=STEP_SECONDS, port=self.port,
            meters="".join(METER.format(name=name, key=key) for name, key in keys.items())))
        self.call("provision", "community", "init", "--file", "community.toml", "--out", "c")

    def call(self, program, *arguments, seconds=90):
        """Standard output of a program that must succeed."""
        done = subprocess.run([self.programs / program, *arguments], cwd=self.folder, capture_output=True, text=True,
                              timeout=seconds, check=False, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            last = (done.stderr or done.stdout).strip().splitlines() or ["no word"]
            said = f"{program} {arguments[0]} ended with {done.returncode}: {last[-1]}"
            raise NotNow(said) if done.returncode == TEMPORARY else BoardError(said)
        return done.stdout

    def start_node(self):
        with open(self.folder / "node.log", "ab") as log:
            self.node = subprocess.Popen([self.programs / "community-node", "run", "--config", "c/nodes/n/node.toml"],
                                         cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                         env={**os.environ, "JAVA_OPTS": "-XX:TieredStopAtLevel=1"})

    def proven(self, name):
        """Pulses of the meter that the light client proves from the node, trusting only the genesis."""
        said = json.loads(self.call(
            "lightclient", "statement", "--account", name, "--accounts", "c/accounts.json", "--genesis",
            "c/genesis.cbor", "--node", self.address, "--store", "lightclient.db", "--json"))
        energy = said.get("milliwattHours")
        if not isinstance(energy, int):
            raise BoardError(f"the light client's statement has no milliwattHours: {said}")
        return energy // 1000

    def signed_windows(self, name):
        """When nobody listened to the meter's line, by the meter's own signed word, out of a chain verified whole."""
        copy = self.folder / "copy"
        self.call("community-node", "export", "--config", "c/nodes/n/node.toml", "--out", copy)
        self.call("lightclient", "verify", copy, "--genesis", "c/genesis.cbor", seconds=300)
        accounts = json.loads((self.folder / "c/accounts.json").read_text())
        return chain.windows(copy, accounts[name]["keyId"])

    def stop(self):
        if self.node is not None and self.node.poll() is None:
            self.node.terminate()
            try:
                self.node.wait(15)
            except subprocess.TimeoutExpired:
                self.node.kill()


class TimeServer(threading.Thread):
    """Answers SNTP questions (RFC 4330) on a port of the loopback with this machine's time."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    @staticmethod
    def stamp(seconds):
        whole = int(seconds)
        return struct.pack("!II", (whole + NTP_EPOCH) & 0xFFFFFFFF, int((seconds - whole) * (1 << 32)))

    def run(self):
        while True:
            question, sender = self.socket.recvfrom(512)
            received = self.stamp(time.time())
            if len(question) < 48:
                continue
            # Leap 0, version 4, mode 4; stratum 1; the same poll; precision 2^-20 s.
            head = struct.pack("!BBbb", 0x24, 1, question[2], -20) + struct.pack("!II4s", 0, 0, b"HOST")
            self.socket.sendto(head + received + question[40:48] + received + self.stamp(time.time()), sender)
