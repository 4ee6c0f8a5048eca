#!/usr/bin/env python3
"""The emulated board's runs; started by scripts/emulate-board, which says what the options mean."""
import argparse
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import install
import tally
from machine import BoardError
from run import Run, TooBusy, say
from scenarios import SCENARIOS

PROOF_SECONDS = 120
PANEL_LINES = ["out", "in"]  # LED, tamper switch; the contacts have lower numbers


def field(status, name):
    """A number that the meter's status must have; one that is missing is an error, not a zero."""
    for place in (status, status.get("counters", {})):
        if place.get(name) is not None:
            return place[name]
    raise BoardError(f"'cryptometer status --json' has no field '{name}': it has "
                     f"{', '.join(sorted([*status, *status.get('counters', {})]))}")


def check_edges(run):
    """Every edge that was given is one to the board's kernel, too; with power cuts, whose counts begin anew, each interrupt
    is an edge."""
    time.sleep(1)
    edges, wanted = run.check_edges(), 2 * len(run.injected()) * len(run.contacts)
    if not run.windows and edges != wanted:
        raise BoardError(f"the board's kernel had {edges} edges of {wanted} that were given")


def result(run, usage, statuses, proven):
    """The object on standard output; what is counted is of all contacts together."""
    record = run.injected()
    certain, possible, impossible = tally.sort_pulses(record, run.windows)
    before, after = usage
    judged = {name: tally.judge(certain, possible, proven[name]) for name in run.contacts}

    def total(name):
        return sum(field(status, name) for status in statuses.values())

    said = {"scenario": run.options.scenario, "input": run.options.input,
            "injected": len(record) * len(run.contacts), "edges": run.edges_in_kernel()[1], "edgesRead": total("edges"),
            **{name: total(name) for name in ("counted", "signed", "sent")},
            "proven": sum(proven[name] for name in run.contacts),
            "lost": sum(lost for lost, _ in judged.values()), "doubled": sum(doubled for _, doubled in judged.values()),
            "restarts": field(statuses["m"], "starts") - 1,
            "captureToDurableMillis": {
                name: max(field(status, f"captureToDurableMicros{name.capitalize()}") for status in statuses.values()) / 1000
                for name in ("p50", "p99", "max")},
            "residentMebibytes": round(after["kib"] / 1024, 1),
            "cpuPercent": round(100 * (after["cpu"] - before["cpu"]) / (after["at"] - before["at"]), 1),
            "startupSeconds": round(run.startup_seconds(), 2),
            "token": run.token, "rs485": {"moved": run.line.moved, "proven": proven["r"]},
            "contacts": [{"line": line, "counted": field(statuses[name], "counted"), "proven": proven[name]}
                         for name, line in run.contacts.items()]}
    if run.options.input == "pi4j":
        said["lines"] = run.lines()
    if run.windows:
        unsigned = sum(tally.unsigned_cuts(run.windows, run.community.signed_windows(name)) for name in run.contacts)
        said["power"] = {"cuts": len(run.windows), "unsigned": unsigned, "whileOff": impossible, "atTheEdges": possible,
                         "bootSeconds": round(run.board.boot_seconds, 1),
                         "heldSeconds": round(min(window["ready"] - window["to"] for window in run.windows), 1)}
    return said


def one(options):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="run.", dir=options.cache))
    run = None
    try:
        run = Run(folder, options)
        run.start()
        say(f"Board: the program counts, {run.startup_seconds():.1f} s after its start")
        run.watch_edges()
        before = run.usage()
        run.inject()
        SCENARIOS[options.scenario](run)
        if run.usage()["pid"] != before["pid"]:
            before = run.usage()
        run.await_injector()
        usage = before, run.usage()
        check_edges(run)
        certain = tally.sort_pulses(run.injected(), run.windows)[0]
        say(f"Board: {certain} pulses must be proven")
        proven = {name: run.await_proof(name, run.line.moved if name == "r" else certain, PROOF_SECONDS)
                  for name in run.meters}
        statuses = run.statuses()
        # More than there should be may still be on its way.
        proven |= {name: run.await_proof(name, field(status, "counted"), PROOF_SECONDS) for name, status in statuses.items()}
        return result(run, usage, statuses, proven)
    except BaseException:
        keep_logs(run, folder, options.cache)
        raise
    finally:
        if run is not None:
            run.stop()
        if options.keep:
            say(f"Board: everything of this run is in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def keep_logs(run, folder, cache):
    """What the person needs who looks for the reason."""
    kept = pathlib.Path(cache) / "last-failure"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for log in folder.glob("*.log"):
        if log.name != "state.log":
            shutil.copy(log, kept)
    try:
        if run is not None and run.board.process is not None:
            (kept / "service.log").write_text(run.board.run("journalctl -u cryptometer --no-pager -o short-precise")[1])
    except (BoardError, OSError) as problem:
        (kept / "service.log").write_text(f"not readable: {problem}\n")
    say(f"Board: logs are in {kept}")


def options_of(arguments):
    parser = argparse.ArgumentParser(prog="scripts/emulate-board", allow_abbrev=False)
    for name in ("cache", "image", "package", "programs"):
        parser.add_argument(f"--{name}", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--scenario", choices=[*SCENARIOS], required=True)
    parser.add_argument("--input", choices=["gpio", "pi4j"], required=True)
    parser.add_argument("--token", choices=["softhsm", "tpm"], required=True)
    for name in ("pulses", "every", "seed", "soak", "contacts"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--prepare", action="store_true")
    return parser.parse_args(arguments)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = options_of(sys.argv[1:])
    try:
        if options.prepare:
            install.installed(options.cache, options.image, options.package, say)
            return 0
        said = one(options)
    except (BoardError, OSError, subprocess.SubprocessError, ValueError) as problem:
        say(f"scripts/emulate-board: {problem}")
        return 75 if isinstance(problem, TooBusy) else 70
    except KeyboardInterrupt:
        return 130
    if options.json:
        print(json.dumps(said))
    else:
        for name, value in said.items():
            print(f"{name:24} {value}")
    lines = ["in"] * options.contacts + PANEL_LINES
    wrong = said["lost"] or said["doubled"] or said["rs485"]["moved"] != said["rs485"]["proven"] or \
        said.get("power", {}).get("unsigned") or said.get("lines", lines) != lines
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
