-- Whether contact and register have drifted apart, so that a restart does not sign it again.
ALTER TABLE source_reference ADD COLUMN beyond INTEGER NOT NULL DEFAULT 0 CHECK (beyond IN (0, 1));
