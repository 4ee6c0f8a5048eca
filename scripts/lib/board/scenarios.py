"""What happens to the board while its pulses go on. Each scenario is a function of the trial; pulses have begun when it
is called, and after it they go on to the end undisturbed."""
import random
import time

from machine import BoardError
from run import SERVICE, say

AWAY_SECONDS = 12
OFF_SECONDS = 4
PULSES_BETWEEN_CUTS = 20


def steady(trial):
    """Nothing happens; the meter on the serial line measures now and then."""
    for share in (0.2, 0.4, 0.6, 0.8):
        trial.await_pulses(share)
        trial.line.move(7)


def kill(trial):
    """kill -9 every few seconds: the second of every three hits the starting program, the others a running one."""
    chance, kills = random.Random(trial.order.seed), 0
    while len(trial.injected()) < trial.order.pulses * 0.7:
        if kills % 3 != 1:
            trial.run.await_ready()
        time.sleep(chance.uniform(1, 4))
        pid = trial.run.main_pid()
        if pid > 0:
            trial.board.run(f"kill -9 {pid}")
            kills += 1
            say(f"Board: kill {kills}, {len(trial.injected())} of {trial.order.pulses} pulses given")
    trial.run.await_ready()


def powercut(trial):
    """The emulator is killed and booted again, twice in a short run, once a minute in a soak."""
    cuts = max(2, trial.order.soak)
    for number in range(cuts):
        wanted = max(trial.order.pulses * (number + 0.2) / cuts, len(trial.injected()) + PULSES_BETWEEN_CUTS)
        trial.await_pulses(wanted / trial.order.pulses)
        trial.unmerged_edges()
        before = time.monotonic()
        forgotten = trial.board.power_cut()
        after, dead_at = time.monotonic(), time.time()
        say(f"Board: power cut {number + 1}, the disk forgets {forgotten} bytes that were not flushed")
        trial.board.before_power_on()
        trial.tpm.stop()
        time.sleep(OFF_SECONDS)
        trial.tpm.start()
        trial.board.start()
        trial.run.await_ready()
        ready, started = time.monotonic(), trial.run.started()
        trial.power_is_back({"from": before, "to": started, "ready": ready, "deadAt": dead_at,
                             "toAt": time.time() - (time.monotonic() - started)})
        say(f"Board: booted in {trial.board.boot_seconds:.1f} s; the line was held {started - after:.1f} s after the "
            f"cut, {ready - started:.1f} s before the program was ready")


def clock(trial):
    """Forward, back, and each time put right by the time server; the last time further back than a market step."""
    for share, seconds in ((0.2, 30), (0.45, -20), (0.7, -3)):
        trial.await_pulses(share)
        trial.board.ask(f"date -s @{time.time() + seconds:.2f}")
        say(f"Board: clock stepped by {seconds} s")


def network(trial):
    """The cable is pulled and put back."""
    for share in (0.2, 0.6):
        trial.await_pulses(share)
        trial.board.network(False)
        say("Board: network away")
        time.sleep(AWAY_SECONDS)
        trial.board.network(True)
        say("Board: network back")


def token(trial):
    """The token goes while pulses come, and comes back with the same key."""
    for share in (0.2, 0.6):
        trial.await_pulses(share)
        if trial.order.token == "tpm":
            trial.tpm.stop()
        else:
            trial.board.ask("mv /var/lib/cryptometer/tokens /var/lib/cryptometer/tokens.away")
        say("Board: token away")
        time.sleep(AWAY_SECONDS)
        if trial.order.token == "tpm":
            trial.tpm.start()
        else:
            trial.board.ask("mv /var/lib/cryptometer/tokens.away /var/lib/cryptometer/tokens")
        say("Board: token back")


def diskfull(trial):
    """The journal's disk has not a byte left, then is freed."""
    for share in (0.2, 0.6):
        trial.await_pulses(share)
        trial.board.run("dd if=/dev/zero of=/var/lib/cryptometer/ballast bs=64k 2>/dev/null; "
                      "dd if=/dev/zero of=/var/lib/cryptometer/ballast2 bs=512 2>/dev/null; sync")
        free = trial.board.ask("stat -f -c %a /var/lib/cryptometer")
        say(f"Board: disk full, {free} blocks free")
        time.sleep(AWAY_SECONDS)
        trial.board.ask("rm -f /var/lib/cryptometer/ballast /var/lib/cryptometer/ballast2; sync")
        say("Board: disk freed")
    waiting = trial.board.run(f"journalctl -u {SERVICE} -o cat --no-pager | grep -c 'pulses wait'")[1]
    say(f"Board: the program said {waiting} times that pulses wait for the disk")


def commands(trial):
    """An installer looks at everything by hand while the meter counts; each command must say what it is asked for."""
    trial.await_pulses(0.2)
    meter = trial.contacts[0].name
    file = f"/etc/cryptometer/meters/{meter}.toml"
    for command, word in (
            ("cryptometer top --config /etc/cryptometer --looks 1", f"BOARD-{meter} "),
            (f"cryptometer status --config {file}", "program           running"),
            (f"/usr/lib/cryptometer/as-service cryptometer key test --config {file} --signatures 10",
             "at one transaction per pulse"),
            ("cryptometer metrics --config /etc/cryptometer", "cryptometer_pulses_counted_total{"),
            ("cryptometer meter models", "schneider-iem3155"),
            (f"systemctl show {SERVICE} -p NFileDescriptorStore", f"={2 * len(trial.run.contacts)}")):
        said = trial.board.ask(command, 300)
        if word not in said:
            raise BoardError(f"'{command}' does not say '{word}': {said[-400:]}")
        say(f"Board: {command}")


SCENARIOS = {function.__name__: function
             for function in (steady, clock, network, diskfull, commands, kill, token, powercut)}
