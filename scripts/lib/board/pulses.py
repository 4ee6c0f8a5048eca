#!/usr/bin/env python3
"""pulses.py SOCKET LOG COUNT EVERY_MILLIS SEED: gives COUNT pulses to the board, by a schedule that waits for nobody.

A pulse is QEMU's system_powerdown: 100 ms on line 3 of the board's PL061. The next begins 0.6 to 1.4 times
EVERY_MILLIS after it, never less than 250 ms after QEMU's answer. LOG gets one line for each: its number, seconds of the
monotonic clock when it was sent and when QEMU answered, and what became of it: given, off (no emulator), or unanswered.
"""
import json
import random
import signal
import sys
import time

from machine import BoardError, Monitor

LEAST_SECONDS = 0.250


def give(monitor, path):
    """Sends one pulse over the connection there is, or a new one; returns the connection and what became of it."""
    if monitor is None:
        try:
            monitor = Monitor(path, 0)
        except (BoardError, OSError, ValueError):
            return None, "off"
    try:
        monitor.command("system_powerdown")
        return monitor, "given"
    except (BoardError, OSError, ValueError):
        return None, "unanswered"


def main(path, log, count, every_millis, seed):
    chance, every = random.Random(int(seed)), float(every_millis) / 1000
    monitor, due = None, time.monotonic()
    with open(log, "a", encoding="ascii", buffering=1) as out:
        for number in range(1, int(count) + 1):
            time.sleep(max(0, due - time.monotonic()))
            sent = time.monotonic()
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
            monitor, became = give(monitor, path)
            out.write(json.dumps({"number": number, "sent": sent, "answered": time.monotonic(), "became": became}) + "\n")
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM}) # a pulse that was given is in the record
            due = max(due + max(LEAST_SECONDS, every * chance.uniform(0.6, 1.4)), time.monotonic() + LEAST_SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
