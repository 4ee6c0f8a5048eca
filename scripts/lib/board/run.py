"""What scenarios stand on: a board whose program counts, a community of one node, the slave on the serial line."""
import contextlib
import json
import pathlib
import subprocess
import sys
import time

import install
import meters
import tokens
from community import Community, NotNow, TimeServer
from machine import Board, BoardError
from serial_line import SerialLine

SERVICE = "cryptometer.service"
CONFIGURATION = """[meter]
genesis = "/etc/cryptometer/genesis.cbor"
journal = "/var/lib/cryptometer/{name}.db"
[source]
{source}
[key]
pkcs11 = "pkcs11:token=meter;object={key}?module-path={module}"
pin_credential = "cryptometer.pin"
[forward]
nodes = ["coap://10.0.2.2:{port}"]
retry_max_ms = 1000
linger_ms = 500
"""
GPIO = ('type = "{type}"\nchip = "/dev/gpiochip0"\nline = {line}\nactive_low = false\nbias = "as-is"\n'
        'min_pulse_ms = 25')
TYPES = {"gpio": "gpio", "pi4j": "gpio-pi4j"}
PANEL = '[status]\nfolder = "/run/cryptometer"\n[led]\nline = 5\n[tamper]\nline = 6\n'
MODBUS = ('type = "modbus"\nmodel = "schneider-iem3155"\nport = "/dev/ttyS0"\nunit = 1\ndirection = "export"\n'
          'poll_seconds = 1\nbaud = 19200\nparity = "none"\nstop_bits = 1')
LAST_WORDS = f"journalctl -u {SERVICE} -n 20 --no-pager -o cat"


def say(text):
    print(text, file=sys.stderr, flush=True)


def field(status, name):
    """A number that the meter's status must have; one that is missing is an error, not a zero."""
    for place in (status, status.get("counters", {})):
        if place.get(name) is not None:
            return place[name]
    raise BoardError(f"'cryptometer status --json' has no field '{name}': it has "
                     f"{', '.join(sorted([*status, *status.get('counters', {})]))}")


class Run:
    """A board and the world around it; `stop` ends every process that was started.

    `installed` is the folder of the board with our package, `flushed_only` makes its disk forget at a power cut what
    was not flushed, and `input` says how the program gets the edges.
    """

    def __init__(self, folder, image, installed, programs, flushed_only=False, input="gpio"):
        self.folder, self.kept, self.input = pathlib.Path(folder), installed, input
        self.meters = []  # that the program has now
        self.proven, self.last = {}, {}  # of each meter: what was proven, and its status, after the last scenario
        self.time, self.line = TimeServer(), SerialLine(self.folder)
        keys = install.files_of(installed, self.folder)
        self.tpm = tokens.Tpm(self.folder / "tpm")
        self.community = Community(self.folder, programs,
                                   {meter.name: keys[meter.token][meter.key] for meter in meters.in_community()})
        self.board = Board(self.folder, image, self.line.board_end, flushed_only)
        self.board.overlay(installed / "root.qcow2")

    @property
    def contacts(self):
        """The meters on contacts that the program has now."""
        return [meter for meter in self.meters if meter.line is not None]

    def start(self):
        self.time.start()
        self.tpm.start()
        self.line.start()
        self.community.start_node()
        self.board.before_power_on()
        self.board.start(self.kept / "ram")
        tokens.configure(self.board, self.tpm)
        self.board.write("/etc/chrony/sources.d/host.sources",
                         f"server 10.0.2.2 port {self.time.port} iburst minpoll 0 maxpoll 1\n")
        self.board.write("/etc/cryptometer/genesis.cbor", (self.folder / "c/genesis.cbor").read_bytes())
        if self.input == "pi4j":
            self.board.write("/etc/cryptometer/board.toml", PANEL)
        self.board.ask("systemctl daemon-reload; systemctl enable --quiet --now chrony; "
                       f"systemctl enable --quiet {SERVICE}")

    def configure(self, wanted):
        """The program has exactly these meters; where it had others it is started anew."""
        if self.meters == wanted:
            return
        self.board.ask("rm -f /etc/cryptometer/meters/*.toml")
        for meter in wanted:
            source = GPIO.format(type=TYPES[self.input], line=meter.line) if meter.line is not None else MODBUS
            self.board.write(f"/etc/cryptometer/meters/{meter.name}.toml", CONFIGURATION.format(
                name=meter.name, source=source, key=meter.key, module=tokens.FILES[meter.token],
                port=self.community.port), owner="root:cryptometer", mode="640")
        self.meters = wanted
        self.board.ask(f"systemctl restart {SERVICE} || {{ {LAST_WORDS}; exit 1; }}; sync", 240)
        say(f"Board: the program counts {len(wanted)} meters, {self.startup_seconds():.1f} s after its start")

    def show(self, *properties):
        said = self.board.ask(f"systemctl show {SERVICE} -p {','.join(properties)}")
        return dict(line.split("=", 1) for line in said.splitlines() if "=" in line)

    def startup_seconds(self):
        """From the start of the program to its READY=1, as systemd saw it."""
        names = "ExecMainStartTimestampMonotonic", "ActiveEnterTimestampMonotonic"
        times = self.show(*names)
        start, ready = (int(times[name]) for name in names)
        if not 0 < start <= ready:
            raise BoardError(f"systemd does not say when {SERVICE} was ready: {times}")
        return (ready - start) / 1e6

    def started(self):
        """When systemd started the program: seconds of this side's monotonic clock, no earlier than it was. The lines
        are held from before that on."""
        said = self.board.ask(f"systemctl show {SERVICE} -p ExecMainStartTimestampMonotonic --value; "
                              "cut -d' ' -f1 /proc/uptime").split()
        if len(said) != 2 or said[0] == "0":
            raise BoardError(f"systemd does not say when {SERVICE} was started: {said}")
        return time.monotonic() - (float(said[1]) - int(said[0]) / 1e6)

    def await_ready(self, seconds=240):
        """Waits in the board until the service is running; its own word, READY=1, makes it active."""
        self.board.ask(f"for i in $(seq {seconds * 5}); do "
                       f"[ \"$(systemctl is-active {SERVICE})\" = active ] && exit 0; "
                       f"sleep 0.2; done; {LAST_WORDS}; exit 1", seconds + 5)

    def main_pid(self):
        return int(self.show("MainPID")["MainPID"])

    def statuses(self):
        """The own word of each meter on a contact, by its name, out of that of the board."""
        said = self.board.ask("runuser -u cryptometer -- cryptometer status --config /etc/cryptometer --json "
                              "2>/dev/null || test $? = 69", 240)  # 69: an input is away now
        words = {meter["serial"].removeprefix("BOARD-"): meter for meter in json.loads(said)["meters"]}
        if set(words) != {meter.name for meter in self.meters}:
            raise BoardError(f"'cryptometer status' names the meters {sorted(words)}, not {self.meters}")
        return {meter.name: words[meter.name] for meter in self.contacts}

    def await_proof(self, name, wanted, seconds):
        """What the light client proves of a meter, as soon as it is as much as wanted, else after the time."""
        until, proven = time.monotonic() + seconds, -1
        while time.monotonic() < until:
            # On a busy machine a block is made while the light client, which looked at its clock before, asks for it.
            with contextlib.suppress(NotNow):
                proven = self.community.proven(name)
            if proven >= wanted:
                break
            time.sleep(1)
        return proven

    def watch_edges(self):
        """Both halves of the kernel's interrupt handler on one processor."""
        self.board.ask("for t in $(grep -l '^irq/[0-9]*-crypt' /proc/[0-9]*/comm | cut -d/ -f3); do "
                       "taskset -pc 0 $t >/dev/null; done")

    def edges_in_kernel(self, contacts, anew=False):
        """How often the lines of these contacts have interrupted the kernel since the last boot, and how many edges it
        made of that, or `anew`, forgets the edges so far. It looks at a line's level in a thread, after the interrupt:
        two interrupts are one edge to every program when the second comes before the first one's look, and an edge of
        the wrong kind when it comes just before. Such edges are not in the number. Read while no edge comes. Where the
        record of edges has run over, both are the interrupts."""
        lines = "|".join(str(meter.line) for meter in contacts)
        said = self.board.ask(f"/usr/local/lib/board/edges '{lines}'{' anew' if anew else ''}").split()
        interrupts, edges, overrun = map(int, said)
        return interrupts, interrupts if overrun else edges

    def lines(self):
        """The direction of each GPIO line that the program holds, by its number."""
        return self.board.ask("mountpoint -q /sys/kernel/debug || mount -t debugfs none /sys/kernel/debug; "
                              "sed -n 's/^ *gpio-.*|cryptometer *) \\(in\\|out\\) .*/\\1/p' "
                              "/sys/kernel/debug/gpio").split()

    def usage(self):
        """CPU ticks of the program, its resident KiB, and seconds since boot."""
        said = self.board.ask(f"p=$(systemctl show {SERVICE} -p MainPID --value); cut -d' ' -f14,15 /proc/$p/stat; "
                              "sed -n 's/^VmRSS:[ \\t]*\\([0-9]*\\).*/\\1/p' /proc/$p/status; "
                              "cut -d' ' -f1 /proc/uptime; getconf CLK_TCK; echo $p").split()
        user, system, resident, uptime, tick, process = said
        return {"cpu": (int(user) + int(system)) / int(tick), "kib": int(resident), "at": float(uptime), "pid": process}

    def stop(self):
        for end in (self.board.kill, self.line.stop, self.tpm.stop, self.community.stop):
            try:
                end()
            except (OSError, subprocess.SubprocessError) as problem:
                say(f"Board: {problem}")
