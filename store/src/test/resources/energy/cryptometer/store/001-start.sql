CREATE TABLE pulse (
    sequence INTEGER PRIMARY KEY,
    payload  BLOB NOT NULL,
    note     TEXT
) STRICT;
CREATE INDEX pulse_by_note ON pulse (note);
