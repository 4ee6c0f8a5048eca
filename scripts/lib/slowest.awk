# Lines of milliseconds, a tabulator and a name, for people.
BEGIN { FS = "\t" }
{ printf "%8.1f s  %s\n", $1 / 1000, $2 }
