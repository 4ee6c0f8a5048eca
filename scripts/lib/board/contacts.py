"""The contacts of the meters: lines of the board's PL061, whose levels are set through QEMU's qtest protocol.

A processor that QEMU emulates stands still now and then: for a third of a second while a second Java starts (ADR 22),
for longer where the machine is busy. Edges that come meanwhile become one interrupt,
which silicon, serving each within microseconds, never shows. So a contact keeps its level until the interrupt that it
made is served. QMP's own pulse, system_powerdown, is over after 100 ms, served or not.
"""
import time

from machine import BoardError, Lines, Monitor

# GPIOMIS of the PL061 of QEMU's machine virt: interrupts asked for and not yet served, a bit a line.
MASKED_STATUS = 0x09030418
SERVED_SECONDS = 20


class Contacts:
    """Contacts on lines of one emulator, which open and close together; any failure of that is a BoardError or
    OSError."""

    def __init__(self, folder, lines, seconds=10):
        devices = Monitor(folder / "pulses", seconds).command("qom-list", path="/machine/unattached")
        self.chip = next(f"/machine/unattached/{one['name']}" for one in devices if "pl061" in one["type"])
        self.socket, self.lines = Lines(folder / "levels", seconds), lines
        self.bits = sum(1 << int(line) for line in lines)

    def ask(self, command):
        self.socket.send(command)
        answer = self.socket.read(10)
        if not answer.startswith("OK"):
            raise BoardError(f"the emulator refuses '{command}': {answer}")
        return answer.removeprefix("OK").strip()

    def set(self, level):
        """Returns when the board has served the edge; at once where it does not listen to the lines."""
        for line in self.lines:
            self.ask(f"set_irq_in {self.chip} unnamed-gpio-in {line} {level}")
        until = time.monotonic() + SERVED_SECONDS
        while int(self.ask(f"readl {MASKED_STATUS:#x}"), 16) & self.bits:
            if time.monotonic() > until:
                raise BoardError(f"the board does not serve an interrupt within {SERVED_SECONDS} s")
            time.sleep(0.002)

    def pulse(self, seconds):
        """Closed for at least so long after the board knows it."""
        self.set(1)
        time.sleep(seconds)
        self.set(0)
