# The whole watt-hours of a profile in means of ten minutes, summed in hundredths of a watt.
BEGIN { FS = "," }
NR > 1 { cent += int($2 * 100 + 0.5) }
END { printf "%d", int(cent / 100 * 600 / 3600) }
