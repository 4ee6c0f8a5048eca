"""Where the board's keys live: SoftHSM2 inside the board, or a TPM, emulated by swtpm on the host and reached over its
TCP interface. Keys are made in the token; only their public side leaves the board."""
import pathlib
import re
import shlex
import socket
import subprocess
import time

from machine import BoardError

STATE = "/var/lib/cryptometer"
PIN = "board-71830264"
MODULES = {"softhsm": "softhsm2", "tpm": "tpm2_pkcs11"}
FILES = {"softhsm": "/usr/lib/softhsm/libsofthsm2.so",
         "tpm": "/usr/lib/aarch64-linux-gnu/pkcs11/libtpm2_pkcs11.so.1"}


class Tpm:
    """swtpm on two neighbouring ports of the loopback; its state is a folder."""

    def __init__(self, state):
        self.state = pathlib.Path(state)
        self.process = None
        self.port = self.two_free_ports()

    @staticmethod
    def two_free_ports():
        while True:
            with socket.socket() as first, socket.socket() as second:
                first.bind(("127.0.0.1", 0))
                port = first.getsockname()[1]
                try:
                    second.bind(("127.0.0.1", port + 1))
                    return port
                except OSError:
                    continue

    def start(self):
        self.state.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={self.state}", "--server", f"type=tcp,port={self.port}",
             "--ctrl", f"type=tcp,port={self.port + 1}", "--flags", "not-need-init,startup-clear"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.3)
        if self.process.poll() is not None:
            raise BoardError(f"swtpm ended with {self.process.returncode}: is {self.state} in use?")

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process = None


def environment(tpm):
    """The drop-in of the service that tells the two modules where their tokens are."""
    return ("[Service]\n"
            "Environment=SOFTHSM2_CONF=/etc/cryptometer/softhsm2.conf\n"
            f"Environment=TPM2_PKCS11_STORE={STATE}/tpm2_pkcs11\n"
            f"Environment=TPM2_PKCS11_TCTI=swtpm:host=10.0.2.2,port={tpm.port}\n"
            "Environment=TSS2_LOG=all+NONE\n"
            # Under plain emulation the optimising compiler costs more than it gives in a short run.
            'Environment="JAVA_OPTS=-Djava.io.tmpdir=/run/cryptometer -XX:TieredStopAtLevel=1"\n')


def as_service(tpm, command):
    lines = [line.removeprefix("Environment=").strip('"') for line in environment(tpm).splitlines() if "=" in line]
    return f"cd {STATE} && runuser -u cryptometer -- env {' '.join(map(shlex.quote, lines))} {command}"


def configure(board, tpm):
    board.write("/etc/cryptometer/softhsm2.conf",
                f"directories.tokendir = {STATE}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    board.write("/etc/credstore/cryptometer.pin", PIN, mode="600")
    board.write("/etc/systemd/system/cryptometer.service.d/board.conf", environment(tpm))


def make(board, tpm, kind, labels):
    """Initialises a token and makes a key for each label; returns their compressed public keys as hexadecimal text."""
    tool = f"pkcs11-tool --module {FILES[kind]}"
    folder = "tokens" if kind == "softhsm" else "tpm2_pkcs11"
    board.ask(as_service(tpm, f"mkdir -p {STATE}/{folder}"))
    board.ask(as_service(tpm, f"{tool} --init-token --slot-index 0 --label meter --so-pin {PIN}"))
    board.ask(as_service(tpm, f"{tool} --init-pin --token-label meter --so-pin {PIN} --pin {PIN}"))
    keys = {}
    for number, label in enumerate(labels, 1):
        board.ask(as_service(tpm, f"{tool} --token-label meter --login --pin {PIN} --keypairgen "
                                  f"--key-type EC:prime256v1 --label {label} --id 0{number} --usage-sign"))
        keys[label] = public_key(board, tpm, tool, label)
    return keys


def public_key(board, tpm, tool, label):
    """The point on the curve: 04, x, y."""
    listing = board.ask(as_service(
        tpm, f"{tool} --token-label meter --login --pin {PIN} --list-objects --type pubkey"))
    for entry in listing.split("Public Key Object"):
        point = re.search(r"EC_POINT:\s*(?:0441)?(04[0-9a-f]{128})", entry)
        if point and re.search(rf"label:\s*{label}\b", entry):
            x, y = point.group(1)[2:66], point.group(1)[66:]
            return ("02" if int(y[-1], 16) % 2 == 0 else "03") + x
    raise BoardError(f"the token shows no public key {label}: {listing[-400:]}")
