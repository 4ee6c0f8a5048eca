"""One run: the board, the community, the injector and the slave on the serial line, from the first pulse to the proof."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import install
import tokens
from community import Community, TimeServer
from machine import Board, BoardError
from serial_line import SerialLine

HERE = pathlib.Path(__file__).resolve().parent
SERVICE = "cryptometer.service"
ENDLESS = 10**9
PULSES_AFTER_POWER = 20
CONFIGURATION = """[meter]
genesis = "/etc/cryptometer/genesis.cbor"
journal = "/var/lib/cryptometer/{name}.db"
[source]
{source}
[key]
pkcs11 = "pkcs11:token=meter;object={label}?module-path={module}"
pin_credential = "cryptometer.pin"
[forward]
nodes = ["coap://10.0.2.2:{port}"]
retry_max_ms = 1000
linger_ms = 500
"""
GPIO = ('type = "{type}"\nchip = "/dev/gpiochip0"\nline = {line}\nactive_low = false\nbias = "as-is"\nmin_pulse_ms = 25')
CONTACTS = {"m": 3, "m2": 2, "m3": 1}  # meters and their lines
TYPES = {"gpio": "gpio", "pi4j": "gpio-pi4j"}
PANEL = '[status]\nfolder = "/run/cryptometer"\n[led]\nline = 5\n[tamper]\nline = 6\n'
# The kernel's looks at a line after an interrupt that found another level than the look before.
EDGES_OF_TRACE = '/^ *irq.*gpio_value: .* get / { n += $NF "" != last[$(NF - 2)] ""; last[$(NF - 2)] = $NF } END { print n + 0 }'
MODBUS = ('type = "modbus"\nmodel = "schneider-iem3155"\nport = "/dev/ttyS0"\nunit = 1\ndirection = "export"\n'
          'poll_seconds = 1\nbaud = 19200\nparity = "none"\nstop_bits = 1')


def say(text):
    print(text, file=sys.stderr, flush=True)


class TooBusy(BoardError):
    """The run says nothing."""


class Run:
    """Everything that one scenario stands on; `stop` ends every process that was started."""

    def __init__(self, folder, options):
        self.folder, self.options = pathlib.Path(folder), options
        self.token = options.token
        self.injector = None
        self.windows = []
        self.contacts = dict(list(CONTACTS.items())[:options.contacts])
        self.meters = {name: label for name, label in install.METERS.items() if name == "r" or name in self.contacts}
        self.log = self.folder / "pulses.log"
        self.time, self.line = TimeServer(), SerialLine(self.folder)
        kept = install.installed(options.cache, options.image, options.package, say)
        self.kept = kept
        keys = install.files_of(kept, self.folder)[self.token]
        self.tpm = tokens.Tpm(self.folder / "tpm")
        self.community = Community(self.folder, options.programs,
                                   {name: keys[label] for name, label in self.meters.items()})
        self.board = Board(self.folder, options.image, self.line.board_end, options.scenario == "powercut")
        self.board.overlay(kept / "root.qcow2")

    def start(self):
        say(f"Board: {self.options.scenario}, {self.options.pulses} pulses on {len(self.contacts)} contacts, keys in "
            f"{'swtpm' if self.token == 'tpm' else 'SoftHSM2'}")
        self.time.start()
        self.tpm.start()
        self.line.start()
        self.community.start_node()
        self.board.before_power_on()
        self.board.start(self.kept / "ram")
        board = self.board
        tokens.configure(board, self.tpm)
        board.write("/etc/chrony/sources.d/host.sources",
                    f"server 10.0.2.2 port {self.time.port} iburst minpoll 0 maxpoll 1\n")
        board.write("/etc/cryptometer/genesis.cbor", (self.folder / "c/genesis.cbor").read_bytes())
        for name, label in self.meters.items():
            source = MODBUS if name == "r" else GPIO.format(type=TYPES[self.options.input], line=self.contacts[name])
            board.write(f"/etc/cryptometer/meters/{name}.toml", CONFIGURATION.format(
                name=name, source=source, label=label, module=tokens.FILES[self.token],
                port=self.community.port), owner="root:cryptometer", mode="640")
        if self.options.input == "pi4j":
            board.write("/etc/cryptometer/board.toml", PANEL)
        board.ask(f"systemctl daemon-reload; systemctl enable --quiet --now chrony; systemctl enable --quiet {SERVICE}; "
                  f"systemctl start {SERVICE} || {{ journalctl -u {SERVICE} -n 20 --no-pager -o cat; exit 1; }}; sync", 240)

    def show(self, *properties):
        said = self.board.ask(f"systemctl show {SERVICE} -p {','.join(properties)}")
        return dict(line.split("=", 1) for line in said.splitlines() if "=" in line)

    def startup_seconds(self):
        """From the start of the program to its READY=1, as systemd saw it."""
        times = self.show("ExecMainStartTimestampMonotonic", "ActiveEnterTimestampMonotonic")
        start, ready = (int(times[name]) for name in ("ExecMainStartTimestampMonotonic", "ActiveEnterTimestampMonotonic"))
        if not 0 < start <= ready:
            raise BoardError(f"systemd does not say when {SERVICE} was ready: {times}")
        return (ready - start) / 1e6

    def started(self):
        """When systemd started the program: seconds of this side's monotonic clock, no earlier than it was. The lines are
        held from before that on."""
        said = self.board.ask(f"systemctl show {SERVICE} -p ExecMainStartTimestampMonotonic --value; "
                              "cut -d' ' -f1 /proc/uptime").split()
        if len(said) != 2 or said[0] == "0":
            raise BoardError(f"systemd does not say when {SERVICE} was started: {said}")
        return time.monotonic() - (float(said[1]) - int(said[0]) / 1e6)

    def await_ready(self, seconds=240):
        """Waits in the board until the service is running; its own word, READY=1, makes it active."""
        self.board.ask(f"for i in $(seq {seconds * 5}); do [ \"$(systemctl is-active {SERVICE})\" = active ] && exit 0; "
                       f"sleep 0.2; done; journalctl -u {SERVICE} -n 20 --no-pager -o cat; exit 1", seconds + 5)

    def main_pid(self):
        return int(self.show("MainPID")["MainPID"])

    def inject(self):
        """The pulses begin; they come from a process of their own, which waits for nobody. With power cuts they go on until
        some have come after the last one."""
        count = ENDLESS if self.options.scenario == "powercut" else self.options.pulses
        self.injector = subprocess.Popen(
            [sys.executable, str(HERE / "pulses.py"), str(self.folder), str(count), str(self.options.every),
             str(self.options.seed), *map(str, self.contacts.values())], stdin=subprocess.DEVNULL)

    def injected(self):
        """The injector's record so far."""
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.endswith("}")]

    def await_pulses(self, share):
        """Returns when this share of the pulses has been given."""
        wanted = int(self.options.pulses * share)
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

    def statuses(self):
        """The own word of each meter on a contact, by its name, out of that of the board."""
        said = self.board.ask("runuser -u cryptometer -- cryptometer status --config /etc/cryptometer --json 2>/dev/null"
                              " || test $? = 69", 240)  # 69: an input is away now
        meters = {meter["serial"].removeprefix("BOARD-"): meter for meter in json.loads(said)["meters"]}
        if set(meters) != set(self.meters):
            raise BoardError(f"'cryptometer status' names the meters {sorted(meters)}, not {sorted(self.meters)}")
        return {name: meters[name] for name in self.contacts}

    def await_proof(self, name, wanted, seconds):
        """What the light client proves of a meter, as soon as it is as much as wanted, else after the time."""
        until, proven = time.monotonic() + seconds, -1
        while time.monotonic() < until:
            proven = self.community.proven(name)
            if proven >= wanted:
                return proven
            time.sleep(1)
        return proven

    def watch_edges(self):
        """Both halves of the kernel's interrupt handler on one processor."""
        self.board.ask(
            "for t in $(grep -l '^irq/[0-9]*-crypt' /proc/[0-9]*/comm | cut -d/ -f3); do taskset -pc 0 $t >/dev/null; done")

    def edges_in_kernel(self):
        """How often the contacts' lines have interrupted the kernel since the last boot, and how many edges it made of that.
        It looks at a line's level in a thread, after the interrupt: two interrupts are one edge to every program when the
        second comes before the first one's look, and an edge of the wrong kind when it comes just before. Such edges are
        not in the number. Read while no edge comes. Where the record of edges has run over, both are the interrupts."""
        lines = "|".join(str(line) for line in self.contacts.values())
        said = self.board.ask(
            "[ -e /sys/kernel/tracing/trace ] || mount -t tracefs tracefs /sys/kernel/tracing; cd /sys/kernel/tracing; "
            f"interrupts() {{ awk '/pl061 +({lines}) / {{ sum += $2 + $3 }} END {{ print sum + 0 }}' /proc/interrupts; }}; "
            f"for i in $(seq 30); do before=$(interrupts); edges=$(awk '{EDGES_OF_TRACE}' trace); "
            "[ $before = $(interrupts) ] && break; done; "
            "echo $before $edges; awk '/^overrun/ { sum += $2 } END { print sum + 0 }' per_cpu/cpu*/stats").split()
        interrupts, edges, overrun = map(int, said)
        return interrupts, interrupts if overrun else edges

    def check_edges(self):
        """On a busy machine QEMU stops one of its processors so long that its kernel makes one edge of two. No program could
        see that, and nothing can be said of lost pulses then. Returns how many edges there were since the last boot."""
        interrupts, edges = self.edges_in_kernel()
        if edges < interrupts:
            raise TooBusy(f"the kernel in the emulator made {edges} edges of {interrupts} interrupts: this machine is too "
                          "busy, try again later")
        return interrupts

    def lines(self):
        """The direction of each GPIO line that the program holds, by its number."""
        return self.board.ask("mountpoint -q /sys/kernel/debug || mount -t debugfs none /sys/kernel/debug; "
                              "sed -n 's/^ *gpio-.*|cryptometer *) \\(in\\|out\\) .*/\\1/p' /sys/kernel/debug/gpio").split()

    def usage(self):
        """CPU ticks of the program, its resident KiB, and seconds since boot."""
        said = self.board.ask(f"p=$(systemctl show {SERVICE} -p MainPID --value); cut -d' ' -f14,15 /proc/$p/stat; "
                              "sed -n 's/^VmRSS:[ \\t]*\\([0-9]*\\).*/\\1/p' /proc/$p/status; cut -d' ' -f1 /proc/uptime; "
                              "getconf CLK_TCK; echo $p").split()
        user, system, resident, uptime, tick, process = said
        return {"cpu": (int(user) + int(system)) / int(tick), "kib": int(resident), "at": float(uptime), "pid": process}

    def stop(self):
        for end in (self.stop_injector, self.board.kill, self.line.stop, self.tpm.stop, self.community.stop):
            try:
                end()
            except (OSError, subprocess.SubprocessError) as problem:
                say(f"Board: {problem}")

    def stop_injector(self):
        if self.injector is not None and self.injector.poll() is None:
            os.kill(self.injector.pid, signal.SIGTERM)
            self.injector.wait(5)
