-- How far a contact's edges are dealt with; no row for a source without a contact.
CREATE TABLE source_edges (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    request    INTEGER NOT NULL CHECK (request >= 0),
    edge       INTEGER NOT NULL CHECK (edge >= 0),
    boot       INTEGER NOT NULL REFERENCES boot (id),
    boot_nanos INTEGER NOT NULL CHECK (boot_nanos >= 0),
    wall_ms    INTEGER NOT NULL,
    quality    INTEGER NOT NULL CHECK (quality BETWEEN 0 AND 2)
) STRICT;
