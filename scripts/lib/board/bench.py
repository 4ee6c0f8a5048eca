#!/usr/bin/env python3
"""The benchmark on the emulated board; started by scripts/bench-board. The program counts on one line while a plain C
loop reads the edges of another, which get the same pulses at the same moments: read the ratios."""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import install
import meters
from machine import BoardError
from run import SERVICE, Run, field, say

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM, LOOP = meters.on_contact(0, "softhsm"), meters.on_contact(1, "softhsm")
START_CACHE = "/var/cache/cryptometer/cryptometer.aot"


def steady(run, pulses, on_millis, off_millis):
    """Pulses on both lines; what both readers used and how late they were."""
    board = run.board
    board.ask(f"cd /root && {{ ./edge_loop /dev/gpiochip0 {LOOP.line} >loop.json 2>loop.err & echo $! >loop.pid; }}; "
              "sleep 1; kill -0 $(cat loop.pid)")
    before, edges = run.usage(), field(run.statuses()[PROGRAM.name], "edges")
    took = float(subprocess.run(
        [sys.executable, str(HERE / "edges.py"), str(run.folder),
         f"{PROGRAM.line},{LOOP.line}", str(pulses), str(on_millis), str(off_millis)],
        check=True, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL).stdout)
    after = run.usage()
    time.sleep(2)
    status = run.statuses()[PROGRAM.name]
    loop = json.loads(board.ask("cd /root && kill -TERM $(cat loop.pid); sleep 1; cat loop.json"))
    share = 100 / (after["at"] - before["at"])
    return {"hertz": round(pulses / took, 1), "pulses": pulses, "edgesGiven": 2 * pulses,
            "program": {"edges": field(status, "edges") - edges, "lost": field(status, "edgesLost"),
                        "counted": field(status, "counted"),
                        "cpuPercent": round((after["cpu"] - before["cpu"]) * share, 1),
                        "residentMebibytes": round(after["kib"] / 1024, 1),
                        "captureToDurableMillis": {
                            name: field(status, f"captureToDurableMicros{name.capitalize()}") / 1000
                            for name in ("p50", "p99", "max")}},
            "loop": {"edges": loop["edges"], "lost": loop["lost"], "cpuPercent": round(loop["cpuSeconds"] * share, 2),
                     "residentMebibytes": round(loop["residentMebibytes"], 1),
                     "readMillis": {name: loop["lateMicros"][name] / 1000 for name in ("p50", "p99", "max")}}}


def starts(run, times):
    """Seconds from the start of the program to its READY=1, with and without the start cache, in turn."""
    seconds = {"withCache": [], "without": []}
    moves = {"without": f"mv {START_CACHE} {START_CACHE}.away", "withCache": f"mv {START_CACHE}.away {START_CACHE}"}
    for _ in range(times):
        for kind, move in moves.items():
            run.board.ask(f"{move} && systemctl restart {SERVICE}", 120)
            run.await_ready()
            seconds[kind].append(round(run.startup_seconds(), 2))
            say(f"Board: started {kind} in {seconds[kind][-1]} s")
    return {kind: sorted(values)[len(values) // 2] for kind, values in seconds.items()}


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench-board", allow_abbrev=False)
    for name in ("cache", "work", "image", "package", "programs", "loop"):
        parser.add_argument(f"--{name}", type=lambda path: pathlib.Path(path).resolve(), required=True)
    parser.add_argument("--pulses", type=int, required=True)
    parser.add_argument("--starts", type=int, default=3)
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="run.", dir=options.work))
    run = None
    try:
        kept = install.installed(options.cache, options.image, options.package, say)
        run = Run(folder, options.image, kept, options.programs)
        run.start()
        run.configure(meters.on_board(1, PROGRAM.token))
        run.board.share(options.loop, "install -m 755 /mnt/host/edge_loop /root/edge_loop")
        say(f"Board: {options.pulses} pulses of 30 ms, pauses as long")
        said = {"steady": steady(run, options.pulses, 30, 30), "startupSeconds": starts(run, options.starts)}
        print(json.dumps(said))
        return 0
    except (BoardError, OSError, subprocess.SubprocessError, ValueError) as problem:
        say(f"scripts/bench-board: {problem}")
        return 70
    finally:
        if run is not None:
            run.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
