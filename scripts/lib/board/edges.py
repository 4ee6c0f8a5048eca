#!/usr/bin/env python3
"""edges.py FOLDER LINES COUNT ON_MILLIS OFF_MILLIS: gives COUNT pulses on several lines of the board at once. A pulse
and a pause last at least as long as asked, longer by what the board takes to serve an interrupt; prints the seconds it
all took.
"""
import pathlib
import sys
import time

from contacts import Contacts


def main(folder, lines, count, on_millis, off_millis):
    contacts = Contacts(pathlib.Path(folder), lines.split(","))
    started = time.monotonic()
    for _ in range(int(count)):
        contacts.pulse(float(on_millis) / 1000)
        time.sleep(float(off_millis) / 1000)
    print(time.monotonic() - started)


if __name__ == "__main__":
    main(*sys.argv[1:])
