"""One scenario on a board that stands: its pulses, what happens meanwhile, and what is proven of them in the end."""
import dataclasses
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import losses
import meters
from machine import BoardError
from run import field, say

HERE = pathlib.Path(__file__).resolve().parent
ENDLESS = 10**9
PULSES_AFTER_POWER = 20
PROOF_SECONDS = 120
PANEL_LINES = ["out", "in"]  # LED, tamper switch; the contacts have lower numbers


class TooBusy(BoardError):
    """The trial says nothing."""


@dataclasses.dataclass(frozen=True)
class Order:
    """What is asked of a scenario: so many pulses on so many contacts, keys in this token, and chance from the seed."""
    scenario: str
    pulses: int
    contacts: int
    token: str
    every: int
    seed: int
    soak: int


class Trial:
    """A scenario is a function of the trial; pulses have begun when it is called, and after it they go on to the end
    undisturbed. Everything is counted from the beginning of the trial."""

    def __init__(self, run, order):
        self.run, self.order = run, order
        self.board, self.line, self.tpm = run.board, run.line, run.tpm
        self.contacts = [meters.on_contact(number, order.token) for number in range(order.contacts)]
        self.log = run.folder / "pulses.log"
        self.windows = []
        self.injector = None
        self.begun = time.monotonic()
        self.moved = run.line.moved
        self.interrupts = 0

    def inject(self):
        """The pulses begin; they come from a process of their own, which waits for nobody. With power cuts they go on
        until some have come after the last one."""
        self.log.unlink(missing_ok=True)
        count = ENDLESS if self.order.scenario == "powercut" else self.order.pulses
        self.injector = subprocess.Popen(
            [sys.executable, str(HERE / "pulses.py"), str(self.run.folder), str(count), str(self.order.every),
             str(self.order.seed), *(str(meter.line) for meter in self.contacts)], stdin=subprocess.DEVNULL)

    def injected(self):
        """The injector's record so far."""
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.endswith("}")]

    def await_pulses(self, share):
        """Returns when this share of the pulses has been given."""
        wanted = int(self.order.pulses * share)
        while len(self.injected()) < wanted:
            if self.injector.poll() not in (None, 0):
                raise BoardError(f"the injector ended with {self.injector.returncode}")
            if self.board.process is not None and self.board.process.poll() is not None:
                raise BoardError(f"the emulator ended with {self.board.process.returncode}, see emulator.log")
            time.sleep(0.1)

    def await_injector(self):
        self.await_pulses(1)
        if self.windows:
            while sum(pulse["sent"] > self.windows[-1]["ready"] for pulse in self.injected()) < PULSES_AFTER_POWER:
                time.sleep(0.1)
            self.stop_injector()
        elif self.injector.wait(30) != 0:
            raise BoardError(f"the injector ended with {self.injector.returncode}")

    def stop_injector(self):
        if self.injector is not None and self.injector.poll() is None:
            os.kill(self.injector.pid, signal.SIGTERM)
            self.injector.wait(5)

    def power_is_back(self, window):
        """After a power cut the kernel counts anew."""
        self.windows.append(window)
        self.interrupts = 0
        self.run.watch_edges()

    def unmerged_edges(self):
        """How many edges there were since the beginning or the last boot. On a busy machine QEMU stops one of its
        processors so long that its kernel makes one edge of two. No program could see that, and nothing can be said of
        lost pulses then."""
        interrupts, edges = self.run.edges_in_kernel(self.contacts)
        interrupts -= self.interrupts
        if edges < interrupts:
            raise TooBusy(f"the kernel in the emulator made {edges} edges of {interrupts} interrupts: this machine is "
                          "too busy, try again later")
        return interrupts

    def check_edges(self):
        """Every edge that was given is one to the board's kernel, too; with power cuts, whose counts begin anew, each
        interrupt is an edge."""
        time.sleep(1)
        edges, wanted = self.unmerged_edges(), 2 * len(self.injected()) * len(self.contacts)
        if not self.windows and edges != wanted:
            raise BoardError(f"the board's kernel had {edges} edges of {wanted} that were given")
        return edges

    def proofs(self):
        """The statuses in the end, and what the light client proves of each meter. More than there should be may still
        be on its way, so what the program counted is waited for, too."""
        certain = losses.sort_pulses(self.injected(), self.windows)[0]
        say(f"Board: {certain} pulses must be proven")
        before = self.run.proven
        wanted = {meter.name: before.get(meter.name, 0) + (certain if meter in self.contacts else 0)
                  for meter in self.run.meters}
        rs485 = next(meter.name for meter in self.run.meters if meter.line is None)
        wanted[rs485] += self.line.moved - self.moved
        proven = {name: self.run.await_proof(name, least, PROOF_SECONDS) for name, least in wanted.items()}
        statuses = self.run.statuses()
        for name, status in statuses.items():
            if proven[name] < field(status, "counted"):
                proven[name] = self.run.await_proof(name, field(status, "counted"), PROOF_SECONDS)
        return statuses, proven, rs485

    def take(self, scenario):
        """The whole of it; returns what the scenario shows."""
        self.run.watch_edges()
        self.interrupts = self.run.edges_in_kernel(self.contacts, anew=True)[0]
        before = self.run.usage()
        self.inject()
        scenario(self)
        if self.run.usage()["pid"] != before["pid"]:
            before = self.run.usage()
        self.await_injector()
        after = self.run.usage()
        edges = self.check_edges()
        statuses, proven, rs485 = self.proofs()
        said = self.result(edges, statuses, proven, rs485)
        said |= {"residentMebibytes": round(after["kib"] / 1024, 1),
                 "cpuPercent": round(100 * (after["cpu"] - before["cpu"]) / (after["at"] - before["at"]), 1)}
        if self.run.input == "pi4j":
            said["lines"] = self.run.lines()
        said["seconds"] = round(time.monotonic() - self.begun)
        said["status"] = self.verdict(said)
        self.run.proven |= proven
        self.run.last |= statuses
        return said

    def result(self, edges, statuses, proven, rs485):
        """The object on standard output; what is counted is of all contacts together, since the scenario began."""
        record = self.injected()
        certain, possible, impossible = losses.sort_pulses(record, self.windows)
        fresh = {name: count - self.run.proven.get(name, 0) for name, count in proven.items()}
        pulsed = [meter.name for meter in self.contacts]
        judged = {name: losses.judge(*((certain, possible) if name in pulsed else (0, 0)), fresh[name])
                  for name in statuses}

        def since(name, field_name, last=None):
            last = self.run.last.get(name) if last is None else last
            return field(statuses[name], field_name) - (field(last, field_name) if last else 0)

        restarts = since(pulsed[0], "starts", self.run.last.get(pulsed[0], {"starts": 1}))

        def total(field_name):
            return sum(since(name, field_name) for name in statuses)

        def durable(percentile):
            return max(field(statuses[name], f"captureToDurableMicros{percentile}") for name in pulsed) / 1000

        # The program counts the edges it reads anew whenever it starts.
        read = sum(field(status, "edges") for status in statuses.values()) if restarts else total("edges")
        said = {"scenario": self.order.scenario, "input": self.run.input,
                "injected": len(record) * len(pulsed), "edges": edges, "edgesRead": read,
                **{name: total(name) for name in ("counted", "signed", "sent")},
                "proven": sum(fresh[name] for name in statuses),
                "lost": sum(lost for lost, _ in judged.values()),
                "doubled": sum(doubled for _, doubled in judged.values()),
                "restarts": restarts,
                "captureToDurableMillis": {name: durable(name.capitalize()) for name in ("p50", "p99", "max")},
                "startupSeconds": round(self.run.startup_seconds(), 2), "token": self.order.token,
                "rs485": {"moved": self.line.moved - self.moved, "proven": fresh[rs485]},
                "contacts": [{"line": meter.line, "counted": since(meter.name, "counted"), "proven": fresh[meter.name]}
                             for meter in self.run.contacts]}
        if self.windows:
            signed = self.run.community.signed_windows
            unsigned = sum(losses.unsigned_cuts(self.windows, signed(name)) for name in pulsed)
            held = min(window["ready"] - window["to"] for window in self.windows)
            said["power"] = {"cuts": len(self.windows), "unsigned": unsigned, "whileOff": impossible,
                             "atTheEdges": possible, "bootSeconds": round(self.board.boot_seconds, 1),
                             "heldSeconds": round(held, 1)}
        return said

    def verdict(self, said):
        """0 when nothing is lost, doubled or unsigned, else 1."""
        lines = ["in"] * len(self.run.contacts) + PANEL_LINES
        wrong = said["lost"] or said["doubled"] or said["rs485"]["moved"] != said["rs485"]["proven"] or \
            said.get("power", {}).get("unsigned") or said.get("lines", lines) != lines
        return 1 if wrong else 0
