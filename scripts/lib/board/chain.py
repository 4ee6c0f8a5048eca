"""Signed meter events out of a node's exported chain (docs/spec: files.md, transactions.md, cryptometer.cddl)."""
import pathlib

METER_EVENT = 5
SINGLE = 0
GAP, NOT_LISTENING = 2, 10


def decode(data, at=0):
    """One item of the deterministic CBOR that the protocol uses, and where the next begins."""
    major, minor = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        return {20: False, 21: True, 22: None}[minor], at
    if minor >= 24:
        length = 1 << (minor - 24)
        minor, at = int.from_bytes(data[at:at + length], "big"), at + length
    if major == 0:
        return minor, at
    if major == 1:
        return -1 - minor, at
    if major in (2, 3):
        text = data[at:at + minor]
        return (text if major == 2 else text.decode()), at + minor
    if major == 6:
        return decode(data, at)
    items = []
    for _ in range(minor * (2 if major == 5 else 1)):
        item, at = decode(data, at)
        items.append(item)
    return (dict(zip(items[::2], items[1::2], strict=True)) if major == 5 else items), at


def events(folder, key_id):
    """Every event that the meter with this key id signed and a block holds, in the meter's order."""
    found = []
    for file in sorted(pathlib.Path(folder, "blocks").glob("*.cbor")):
        block = decode(file.read_bytes())[0]
        for signer, *_, segments in decode(block[2])[0][2]:
            if signer.hex() != key_id:
                continue
            for segment in segments:
                if segment[0] != SINGLE:
                    continue
                words = decode(segment[1])[0]
                if words[0] == METER_EVENT:
                    found.append(dict(zip(("at", "quality", "kind", "a", "b", "text"), words[3:], strict=True)))
    return found


def windows(folder, key_id):
    """Times in seconds since 1970 in which, by its own signed word, nobody listened to the meter's line."""
    return [(event["a"] / 1000, (event["a"] + event["b"]) / 1000) for event in events(folder, key_id)
            if event["kind"] == NOT_LISTENING]
