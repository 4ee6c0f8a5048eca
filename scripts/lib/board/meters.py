"""The meters of the emulated board: which contact or line is theirs, and which key signs for them."""
import dataclasses

CHIP_LINES = (3, 2, 1)  # of the contacts, in the order in which they are used
KEYS = ("meter-key", "second-key", "third-key", "serial-key")  # one for each contact, the last for the meter on RS485
LETTERS = {"softhsm": "m", "tpm": "t"}


@dataclasses.dataclass(frozen=True)
class Meter:
    """A meter that is in the community; the one on RS485 has no line of the GPIO chip."""
    name: str
    token: str
    key: str
    line: int | None = None


def on_contact(number, token):
    """The meter on the contact with this number, from 0 on, whose key is in this token."""
    return Meter(f"{LETTERS[token]}{number + 1}", token, KEYS[number], CHIP_LINES[number])


def on_rs485(token):
    return Meter(f"{LETTERS[token]}r", token, KEYS[-1])


def on_board(contacts, token):
    """A board has four meters at most: up to three on contacts, one on RS485."""
    return [*(on_contact(number, token) for number in range(contacts)), on_rs485(token)]


def in_community():
    """Every meter that a scenario may need: a board whose keys move to another token is known already."""
    return [meter for token in LETTERS for meter in on_board(len(CHIP_LINES), token)]
