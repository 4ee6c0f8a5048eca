-- Where a contact and the register beside it began to be compared; no row without such a register.
CREATE TABLE source_reference (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    count      INTEGER NOT NULL CHECK (count >= 0),
    register   INTEGER NOT NULL CHECK (register >= 0),
    boot       INTEGER NOT NULL REFERENCES boot (id),
    boot_nanos INTEGER NOT NULL CHECK (boot_nanos >= 0),
    wall_ms    INTEGER NOT NULL,
    quality    INTEGER NOT NULL CHECK (quality BETWEEN 0 AND 2)
) STRICT;
