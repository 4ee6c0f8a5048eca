-- The journal of one meter: who it belongs to and how far each stage has come. Exactly one row.
-- Pulse cursors: counted >= signed >= sent >= proven. Triggers below keep them in step with the rows.
CREATE TABLE journal (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    community       BLOB    NOT NULL CHECK (length(community) = 32),
    account         BLOB    NOT NULL CHECK (length(account) = 32),
    source          TEXT    NOT NULL,
    starts          INTEGER NOT NULL CHECK (starts >= 0),
    captured        INTEGER NOT NULL,
    counted         INTEGER NOT NULL,
    signed_capture  INTEGER NOT NULL CHECK (signed_capture >= 0),
    signed_sequence INTEGER NOT NULL,
    signed_id       BLOB    NOT NULL CHECK (length(signed_id) = 32),
    signed          INTEGER NOT NULL,
    sent_sequence   INTEGER NOT NULL,
    sent            INTEGER NOT NULL,
    proven_sequence INTEGER NOT NULL,
    proven          INTEGER NOT NULL CHECK (proven >= 0),
    pruned_sequence INTEGER NOT NULL CHECK (pruned_sequence >= 0),
    pruned_id       BLOB    NOT NULL CHECK (length(pruned_id) = 32),
    CHECK (captured >= signed_capture),
    CHECK (counted >= signed AND signed >= sent AND sent >= proven),
    CHECK (signed_sequence >= sent_sequence AND sent_sequence >= proven_sequence
           AND proven_sequence >= pruned_sequence)
) STRICT;

-- Boot ids by number, so that a capture does not repeat sixteen bytes.
CREATE TABLE boot (
    id   INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE CHECK (length(uuid) = 36)
) STRICT;

-- What was captured, in order. kind 0 is a pulse; any other kind is an event with its numbers and
-- words. count is the number of pulses after this capture.
CREATE TABLE capture (
    id         INTEGER PRIMARY KEY CHECK (id >= 1),
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 255),
    count      INTEGER NOT NULL CHECK (count BETWEEN 0 AND 1000000000000),
    boot       INTEGER NOT NULL REFERENCES boot (id),
    boot_nanos INTEGER NOT NULL CHECK (boot_nanos >= 0),
    wall_ms    INTEGER NOT NULL CHECK (wall_ms BETWEEN 0 AND 253402300799999),
    quality    INTEGER NOT NULL CHECK (quality BETWEEN 0 AND 2),
    a          INTEGER CHECK (a >= 0),
    b          INTEGER CHECK (b >= 0),
    words      TEXT,
    CHECK ((kind = 0) = (a IS NULL)),
    CHECK ((kind = 0) = (b IS NULL)),
    CHECK ((kind = 0) = (words IS NULL))
) STRICT;
CREATE INDEX capture_of_events ON capture (kind, id) WHERE kind > 0;

-- The register from which the source counts on; no row for a source without a register.
CREATE TABLE source_anchor (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    register   INTEGER NOT NULL CHECK (register >= 0),
    boot       INTEGER NOT NULL REFERENCES boot (id),
    boot_nanos INTEGER NOT NULL CHECK (boot_nanos >= 0),
    wall_ms    INTEGER NOT NULL,
    quality    INTEGER NOT NULL CHECK (quality BETWEEN 0 AND 2)
) STRICT;

-- Signed transactions, one gap-free chain. type 1 is a generation and is rebuilt from its columns;
-- every other type keeps its payload. count is the number of pulses signed up to here, capture the
-- last capture signed up to here, at_ms when the capture or the end of the step was.
CREATE TABLE entry (
    sequence  INTEGER PRIMARY KEY CHECK (sequence >= 1),
    type      INTEGER NOT NULL,
    count     INTEGER NOT NULL,
    pulses    INTEGER NOT NULL CHECK (pulses BETWEEN 0 AND 1000),
    capture   INTEGER NOT NULL,
    step      INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL,
    quality   INTEGER,
    status    INTEGER,
    payload   BLOB,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    tx_id     BLOB NOT NULL CHECK (length(tx_id) = 32),
    CHECK ((type = 1) = (pulses > 0)),
    CHECK ((type = 1) = (payload IS NULL)),
    CHECK ((type = 1) = (quality IS NOT NULL)),
    CHECK ((type = 1) = (status IS NOT NULL))
) STRICT;

-- Pulses whose energy has not been transferred yet, oldest first.
CREATE TABLE pending (
    first_sequence INTEGER PRIMARY KEY,
    last_sequence  INTEGER NOT NULL,
    step           INTEGER NOT NULL,
    count_before   INTEGER NOT NULL,
    count_after    INTEGER NOT NULL,
    CHECK (last_sequence >= first_sequence AND count_after > count_before)
) STRICT;

-- Proven runs of one type beyond the sequence below which everything is proven.
CREATE TABLE proven_run (
    type           INTEGER NOT NULL,
    first_sequence INTEGER NOT NULL,
    last_sequence  INTEGER NOT NULL,
    PRIMARY KEY (type, first_sequence),
    CHECK (last_sequence >= first_sequence)
) STRICT, WITHOUT ROWID;

-- A pulse follows the one before it, or it is refused: none twice, none left out.
CREATE TRIGGER capture_follows BEFORE INSERT ON capture
WHEN NEW.id <> (SELECT captured + 1 FROM journal)
    OR NEW.count <> (SELECT counted + (NEW.kind = 0) FROM journal)
BEGIN
    SELECT RAISE(ABORT, 'the capture does not follow the one before it');
END;
CREATE TRIGGER capture_counts AFTER INSERT ON capture
BEGIN
    UPDATE journal SET captured = NEW.id, counted = NEW.count;
END;
CREATE TRIGGER capture_stays BEFORE UPDATE ON capture
BEGIN
    SELECT RAISE(ABORT, 'a capture is never changed');
END;
CREATE TRIGGER capture_waits BEFORE DELETE ON capture
WHEN OLD.id > (SELECT signed_capture FROM journal)
BEGIN
    SELECT RAISE(ABORT, 'a capture that is not signed is never deleted');
END;
CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN NEW.sequence <> (SELECT signed_sequence + 1 FROM journal)
    OR NEW.count <> (SELECT signed + NEW.pulses FROM journal)
    OR NEW.capture < (SELECT signed_capture FROM journal)
BEGIN
    SELECT RAISE(ABORT, 'the transaction does not follow the one before it');
END;
CREATE TRIGGER entry_counts AFTER INSERT ON entry
BEGIN
    UPDATE journal
    SET signed_sequence = NEW.sequence, signed_id = NEW.tx_id, signed = NEW.count,
        signed_capture = NEW.capture;
END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'a signed transaction is never changed');
END;
CREATE TRIGGER entry_waits BEFORE DELETE ON entry
WHEN OLD.sequence > (SELECT proven_sequence FROM journal)
BEGIN
    SELECT RAISE(ABORT, 'a transaction that is not proven is never deleted');
END;
