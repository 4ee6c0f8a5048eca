#!/usr/bin/env python3
"""The emulated board's scenarios, one after another; scripts/emulate-board says what the options mean."""
import argparse
import contextlib
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

import install
import meters
from machine import BoardError
from run import Run, say
from scenarios import SCENARIOS
from trial import Order, TooBusy, Trial

PULSES = {"kill": 100, "powercut": 100, "commands": 100}
FEWER_PULSES = 60
CONTACTS = {"steady": 3}
TOKENS = {"token": "tpm"}
FAILED, BUSY = 70, 75
PROBLEMS = (BoardError, OSError, subprocess.SubprocessError, ValueError)


def order_of(scenario, options):
    """What the options ask of this scenario, and where they do not say it, what is usual."""
    pulses = options.soak * 60000 // options.every if options.soak else options.pulses
    return Order(scenario, pulses or PULSES.get(scenario, FEWER_PULSES), options.contacts or CONTACTS.get(scenario, 1),
                 options.token or TOKENS.get(scenario, "softhsm"), options.every, options.seed, options.soak)


def needs_cuts(order):
    """Its board's disk must be of the kind that forgets."""
    return order.scenario == "powercut"


class Boards:
    """The board that stands, and the next where a scenario leaves none behind or needs one of its own."""

    def __init__(self, options, orders):
        self.options, self.orders = options, orders
        self.run = self.folder = None

    def meters_for(self, order):
        """As many as any scenario on this board needs, so that the program is not started anew for each."""
        shared = [other.contacts for other in self.orders if needs_cuts(other) == needs_cuts(order) and
                  other.token == order.token]
        return meters.on_board(max(shared), order.token)

    def for_order(self, order):
        """The running board; with power cuts one whose disk forgets."""
        if self.run is not None and self.run.board.flushed_only != needs_cuts(order):
            self.close()
        if self.run is None:
            options = self.options
            kept = install.installed(options.cache, options.image, options.package, say)
            self.folder = pathlib.Path(tempfile.mkdtemp(prefix="run.", dir=options.work))
            self.run = Run(self.folder, options.image, kept, options.programs, needs_cuts(order), options.input)
            self.run.start()
        self.run.configure(self.meters_for(order))
        return self.run

    def keep_logs(self):
        """What the person needs who looks for the reason."""
        if self.folder is None:
            return
        kept = self.options.work / "last-failure"
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        for log in self.folder.glob("*.log"):
            if log.name != "state.log":
                shutil.copy(log, kept)
        try:
            if self.run is not None and self.run.board.process is not None:
                said = self.run.board.run("journalctl -u cryptometer --no-pager -o short-precise")[1]
                (kept / "service.log").write_text(said)
        except (BoardError, OSError) as problem:
            (kept / "service.log").write_text(f"not readable: {problem}\n")
        say(f"Board: logs are in {kept}")

    def close(self):
        """Ends the board that stands, if one does."""
        if self.run is not None:
            self.run.stop()
        if self.folder is not None and self.options.keep:
            say(f"Board: everything of this run is in {self.folder}")
        elif self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.run = self.folder = None


def show(said, options):
    """For a program one object a line; for people a line for each field."""
    if options.json:
        print(json.dumps(said), flush=True)
    else:
        for name, value in said.items():
            print(f"{name:24} {value}", flush=True)


def every_scenario(options):
    """The status of each, on the board that the one before left behind; after one that went wrong, on a new one."""
    orders = [order_of(scenario, options) for scenario in options.scenarios]
    with contextlib.closing(Boards(options, orders)) as boards:
        for order in orders:
            trial = None
            try:
                run = boards.for_order(order)
                say(f"Board: {order.scenario}, {order.pulses} pulses on {order.contacts} contacts, keys in "
                    f"{'swtpm' if order.token == 'tpm' else 'SoftHSM2'}")
                trial = Trial(run, order)
                said = trial.take(SCENARIOS[order.scenario])
            except PROBLEMS as problem:
                said = {"scenario": order.scenario, "problem": str(problem),
                        "status": BUSY if isinstance(problem, TooBusy) else FAILED}
                say(f"scripts/emulate-board: {order.scenario}: {problem}")
            finally:
                if trial is not None:
                    trial.stop_injector()
            show(said, options)
            if said["status"] != 0:
                boards.keep_logs()
                boards.close()
            yield said["status"]


def worst(statuses):
    """A pulse lost or doubled says more than a run that says nothing."""
    return next((status for status in (1, FAILED, BUSY) if status in statuses), 0)


def options_of(arguments):
    parser = argparse.ArgumentParser(prog="scripts/emulate-board", allow_abbrev=False)
    for name in ("cache", "work", "image", "package", "programs"):
        parser.add_argument(f"--{name}", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--scenarios", type=lambda names: names.split(","), required=True)
    parser.add_argument("--input", choices=["gpio", "pi4j"], required=True)
    parser.add_argument("--token", choices=["softhsm", "tpm"])
    for name in ("pulses", "contacts", "soak"):
        parser.add_argument(f"--{name}", type=int, default=0)
    for name in ("every", "seed"):
        parser.add_argument(f"--{name}", type=int, required=True)
    for name in ("json", "keep", "prepare"):
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args(arguments)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = options_of(sys.argv[1:])
    try:
        if options.prepare:
            install.installed(options.cache, options.image, options.package, say)
            return 0
        return worst(list(every_scenario(options)))
    except PROBLEMS as problem:
        say(f"scripts/emulate-board: {problem}")
        return FAILED
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
