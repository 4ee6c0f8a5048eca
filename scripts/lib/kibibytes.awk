# Lines of a file's type and bytes: files in whole kibibytes, everything else as one.
$1 == "f" { kib += int(($2 + 1023) / 1024); next }
{ kib++ }
END { print kib }
