-- Where a contact and the register that is its witness began to be compared; no row without a witness.
CREATE TABLE source_witness (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    count      INTEGER NOT NULL CHECK (count >= 0),
    register   INTEGER NOT NULL CHECK (register >= 0),
    boot       INTEGER NOT NULL REFERENCES boot (id),
    boot_nanos INTEGER NOT NULL CHECK (boot_nanos >= 0),
    wall_ms    INTEGER NOT NULL,
    quality    INTEGER NOT NULL CHECK (quality BETWEEN 0 AND 2)
) STRICT;
