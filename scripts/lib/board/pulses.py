#!/usr/bin/env python3
"""pulses.py FOLDER COUNT EVERY_MILLIS SEED LINE...: gives COUNT pulses to the board, on all LINEs at the same moments.

A pulse lasts 100 ms from the moment the board knows of it. The next begins 0.6 to 1.4 times EVERY_MILLIS after it,
never less than 150 ms after its end; the schedule waits for no program, only for the board to serve an interrupt.
pulses.log gets one line for each: its number, seconds of the monotonic clock when it was sent and when it was over, and
what became of it: given, off (no emulator), or unanswered.
"""
import json
import pathlib
import random
import signal
import sys
import time

from contacts import Contacts
from machine import BoardError

LEAST_PAUSE_SECONDS = 0.150
PULSE_SECONDS = 0.1


def give(contacts, folder, lines):
    """Gives one pulse to the emulator there is, or to a new one; returns the contacts and what became of the pulse."""
    if contacts is None:
        try:
            contacts = Contacts(folder, lines, 0)
        except (BoardError, OSError, ValueError):
            return None, "off"
    try:
        contacts.pulse(PULSE_SECONDS)
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
            over = time.monotonic()
            out.write(json.dumps({"number": number, "sent": sent, "over": over, "became": became}) + "\n")
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM}) # a pulse that was given is in the record
            due = max(due + every * chance.uniform(0.6, 1.4), over + LEAST_PAUSE_SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
