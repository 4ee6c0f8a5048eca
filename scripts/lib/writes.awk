# One line of the table of scripts/measure-writes, out of bytes and a number of pulses.
BEGIN {
    printf "| %s | %d | %.1f kB | %.1f kB | %.1f kB | %.1f kB |\n", name, pulses, wrote / pulses / 1000,
        handed / pulses / 1000, step / 1000, minute / 1000
}
