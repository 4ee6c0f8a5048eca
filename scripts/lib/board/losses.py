"""Which pulses must be proven, which may be, and how many are lost or doubled: the injector's record against what the
light client proves."""

# A pulse that ends this long before the power is cut has certainly been seen by the program and is on the disk.
SETTLE_SECONDS = 1.0
CLOCK_SECONDS = 2.0
# Between the request of the line and the start of the program, when the emulator is slow.
HELD_SECONDS = 10.0
# How long before a cut the program may have noted for the last time that it listens.
LONGEST_DOUBT = 20.0


def sort_pulses(record, windows):
    """Splits the record: those that must be counted, those that may be (in progress at a cut, or after power came back
    but before the line was held), and those that cannot be (given while there was no board).

    A window is a power cut: from (when it was decided), to (the program is started, and its line held since shortly
    before), on the clock of the record.
    """
    certain = possible = impossible = 0
    for pulse in record:
        if pulse["became"] == "off":
            impossible += 1
            continue
        near = any(window["from"] - SETTLE_SECONDS <= pulse["over"] and pulse["sent"] <= window["to"]
                   for window in windows)
        if near or pulse["became"] == "unanswered":
            possible += 1
        else:
            certain += 1
    return certain, possible, impossible


def judge(certain, possible, proven):
    """Lost and doubled pulses: proof below what is certain, or above what is possible."""
    return max(0, certain - proven), max(0, proven - certain - possible)


def unsigned_cuts(cuts, signed):
    """The power cuts that no signed window covers: from the board's death to the line's being held again, give or take
    what its clock may be wrong by after a boot; a window that says much more than that does not count either."""
    def covers(window, cut):
        begin, end = window
        return (begin <= cut["deadAt"] + CLOCK_SECONDS and end >= cut["toAt"] - HELD_SECONDS
                and begin >= cut["deadAt"] - LONGEST_DOUBT and end <= cut["toAt"] + CLOCK_SECONDS)
    return sum(not any(covers(window, cut) for window in signed) for cut in cuts)
