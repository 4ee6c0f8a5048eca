"""Who is right: the injector's record against what the light client proves."""

PULSE_SECONDS = 0.1
# A pulse that ends this long before the power is cut has certainly been seen by the program and is on the disk.
SETTLE_SECONDS = 1.0


def sort_pulses(record, windows):
    """Splits the record: those that must be counted, those that may be (in progress at a cut, or after power came back
    but before the line was requested), and those that cannot be (given while there was no board).

    A window is a power cut: from (when it was decided), dead (when the emulator was gone), to (the program counts).
    """
    certain = possible = impossible = 0
    for pulse in record:
        if pulse["became"] == "off":
            impossible += 1
            continue
        near = any(window["from"] - PULSE_SECONDS - SETTLE_SECONDS <= pulse["answered"] and pulse["sent"] <= window["to"]
                   for window in windows)
        if near or pulse["became"] == "unanswered":
            possible += 1
        else:
            certain += 1
    return certain, possible, impossible


def judge(certain, possible, proven):
    """Lost and doubled pulses: proof below what is certain, or above what is possible."""
    return max(0, certain - proven), max(0, proven - certain - possible)
