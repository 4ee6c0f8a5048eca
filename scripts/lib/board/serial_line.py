"""An RS485 line: a pair of pseudo-terminals, pymodbus as a meter with a register behind one, the board on the other."""
import json
import os
import pathlib
import subprocess
import time

from machine import BoardError

SLAVE = "hal/src/test/resources/energy/cryptometer/hal/modbus/slave.py"
FIRST_WATT_HOURS = 1_000_000
REGISTER = 3207  # the export total of an iEM3155: four words, whole watt-hours


class SerialLine:
    """`moved` watt-hours have gone over the register since the start."""

    def __init__(self, folder):
        self.folder, self.moved = pathlib.Path(folder), 0
        self.meter_end, self.board_end = self.folder / "line-meter", self.folder / "line-board"
        self.socat = self.slave = None

    def start(self):
        self.socat = subprocess.Popen(["socat", f"pty,raw,echo=0,link={self.meter_end}",
                                       f"pty,raw,echo=0,link={self.board_end}"], stdin=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while not (self.meter_end.exists() and self.board_end.exists()):
            if time.monotonic() > until:
                raise BoardError("socat made no pair of pseudo-terminals")
            time.sleep(0.05)
        plan = {"unit": 1, "baud": 19200, "parity": "N",
                "registers": {"3": {"3203": [0, 0, 0, 0], str(REGISTER): self.words()}}}
        with open(self.folder / "slave.log", "ab") as log:
            self.slave = subprocess.Popen(
                ["/usr/bin/python3", os.path.join(os.environ["ROOT"], SLAVE), str(self.meter_end), json.dumps(plan)],
                stdin=subprocess.PIPE, stdout=log, stderr=log)

    def words(self):
        total = FIRST_WATT_HOURS + self.moved
        return [total >> shift & 0xFFFF for shift in (48, 32, 16, 0)]

    def move(self, watt_hours):
        """The meter measures some energy."""
        self.moved += watt_hours
        self.slave.stdin.write(f"3 {REGISTER} {' '.join(map(str, self.words()))}\n".encode())
        self.slave.stdin.flush()

    def stop(self):
        for process in (self.slave, self.socat):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
