# A clear day of a roof, in means of ten minutes with two decimals.
BEGIN {
    print "timestamp_end,roof_w,other_w"
    for (i = 1; i <= 90; i++) {
        s = 5 * 3600 + i * 600
        power = 9000 * sin(3.14159265 * i / 91)
        printf "2026-06-21T%02d:%02d:00+02:00,%.2f,0\n", int(s / 3600), int(s % 3600 / 60), power
    }
}
