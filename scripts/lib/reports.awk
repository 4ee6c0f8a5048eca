# Adds Surefire's XML reports: prints how many tests there were, failed and were skipped, and how many of the skipped
# lack published vectors of others. Says what failed or was skipped on standard error, and writes to the file that
# `times` names a line for each class: milliseconds, a tabulator, its name.
function attribute(name) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
}

/<testsuite / {
    name = attribute("name")
    wrong = attribute("errors") + attribute("failures")
    tests += attribute("tests")
    bad += wrong
    out += attribute("skipped")
    if (wrong > 0) print "failed in " name >"/dev/stderr"
    if (attribute("skipped") > 0) print "skipped in " name >"/dev/stderr"
    seconds = attribute("time")
    gsub(",", "", seconds)
    if (times != "") printf "%d\t%s\n", seconds * 1000, name >times
}
/<skipped .*Assumption failed: no (published )?vectors/ { absent++ }
END { print tests + 0, bad + 0, out + 0, absent + 0 }
