# shellcheck shell=bash
# The runnable programs: one line each, and the launcher that is written for it.

# program, module, main class, largest heap, further JVM options. The two programs that run for years end
# rather than limp on when memory runs out: their state is in the journal, and systemd starts them again.
# shellcheck disable=SC2034 # for the commands that source this
readonly PROGRAMS='
cryptometer     firmware      energy.cryptometer.firmware.program.CryptometerMain      96m  -XX:+ExitOnOutOfMemoryError
community-node  fullnode      energy.cryptometer.fullnode.program.NodeMain     512m -XX:+ExitOnOutOfMemoryError
lightclient     lightclient   energy.cryptometer.lightclient.program.LightClientMain   256m
provision       provisioning  energy.cryptometer.provisioning.program.ProvisionMain    128m -XX:TieredStopAtLevel=1
community-demo  demo          energy.cryptometer.demo.program.DemoMain            256m
'

# write_launcher FILE MAIN HEAP OPTIONS JAR...: the jars are names in the lib folder beside bin.
write_launcher() {
    local file="$1" main="$2" heap="$3" options="$4" jar class_path=""
    shift 4
    for jar in "$@"; do
        class_path="$class_path\$lib/$jar:"
    done
    sed -e "s|@PROGRAM@|${file##*/}|g" -e "s|@MAIN@|$main|" -e "s|@HEAP@|$heap|" \
        -e "s|@OPTIONS@|$options|" -e "s|@CLASS_PATH@|${class_path%:}|" "$ROOT/scripts/lib/launcher.in" >"$file"
    chmod +x "$file"
}
