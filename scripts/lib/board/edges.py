#!/usr/bin/env python3
"""edges.py SOCKET DEVICE LINES COUNT ON_MILLIS OFF_MILLIS: gives COUNT pulses on several lines of the board at once.

The levels go to the board's PL061 through QEMU's qtest protocol (set_irq_in), which knows every line and any width. A
pulse and a pause last at least as long as asked, longer where this machine was busy; prints the seconds it all took.
"""
import sys
import time

from machine import Lines


def main(path, device, lines, count, on_millis, off_millis):
    qtest = Lines(path, 10)

    def level(value):
        for line in lines.split(","):
            qtest.send(f"set_irq_in {device} unnamed-gpio-in {line} {value}")
            answer = qtest.read(10)
            if not answer.startswith("OK"):
                sys.exit(f"edges.py: the emulator refuses a level: {answer}")

    started = time.monotonic()
    for _ in range(int(count)):
        level(1)
        time.sleep(float(on_millis) / 1000)
        level(0)
        time.sleep(float(off_millis) / 1000)
    print(time.monotonic() - started)


if __name__ == "__main__":
    main(*sys.argv[1:])
