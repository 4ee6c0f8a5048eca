#!/usr/bin/env python3
"""pulses.py FOLDER COUNT EVERY_MILLIS SEED [LINE...]: gives COUNT pulses to the board, by a schedule that waits for nobody.

A pulse is QEMU's system_powerdown, 100 ms on line 3 of the board's PL061, and at the same time as much on each further
LINE. The next begins 0.6 to 1.4 times EVERY_MILLIS after it, never less than 250 ms after QEMU's answer. pulses.log gets
one line for each: its number, seconds of the monotonic clock when it was sent and when it was over, and what became of
it: given, off (no emulator), or unanswered.
"""
import json
import pathlib
import random
import signal
import sys
import time

from machine import BoardError, Levels, Monitor

LEAST_SECONDS = 0.250
PULSE_SECONDS = 0.1


class Contacts:
    """The meters' contacts, in the hands of one emulator."""

    def __init__(self, folder, lines):
        self.monitor = Monitor(folder / "pulses", 0)
        self.levels = Levels(folder / "levels", self.monitor, lines) if lines else None

    def pulse(self):
        self.monitor.command("system_powerdown")
        if self.levels:
            self.levels.pulse(PULSE_SECONDS)


def give(contacts, folder, lines):
    """Gives one pulse to the emulator there is, or to a new one; returns the contacts and what became of the pulse."""
    if contacts is None:
        try:
            contacts = Contacts(folder, lines)
        except (BoardError, OSError, ValueError):
            return None, "off"
    try:
        contacts.pulse()
        return contacts, "given"
    except (BoardError, OSError, ValueError):
        return None, "unanswered"


def main(folder, count, every_millis, seed, *lines):
    folder, chance, every = pathlib.Path(folder), random.Random(int(seed)), float(every_millis) / 1000
    contacts, due = None, time.monotonic()
    with open(folder / "pulses.log", "a", encoding="ascii", buffering=1) as out:
        for number in range(1, int(count) + 1):
            time.sleep(max(0, due - time.monotonic()))
            sent = time.monotonic()
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
            contacts, became = give(contacts, folder, lines)
            out.write(json.dumps({"number": number, "sent": sent, "answered": time.monotonic(), "became": became}) + "\n")
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM}) # a pulse that was given is in the record
            due = max(due + max(LEAST_SECONDS, every * chance.uniform(0.6, 1.4)), time.monotonic() + LEAST_SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
