-- A document that an entity brings has fifty versions at most. The DBC has one with each version of its process: a bound
-- on it would keep the process from being amended, extended or resumed.
ALTER TABLE feria_documento
    DROP CONSTRAINT ck_feria_documento_version,
    ADD CONSTRAINT ck_feria_documento_version CHECK (version > 0 AND (version <= 50 OR clase = 'dbc'));
