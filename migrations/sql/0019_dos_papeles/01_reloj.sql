-- The clock of tests and of the demonstration moves only while the owner lets it: qhatu.desfase is anybody's to set,
-- this row is not. Production never has it (qhatu migrate).
CREATE TABLE nucleo_reloj (
    se_mueve boolean NOT NULL,
    CONSTRAINT pk_nucleo_reloj PRIMARY KEY (se_mueve),
    CONSTRAINT ck_nucleo_reloj_se_mueve CHECK (se_mueve)
);

CREATE FUNCTION nucleo_desfase() RETURNS interval LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF EXISTS (SELECT FROM public.nucleo_reloj) THEN
        RETURN current_setting('qhatu.desfase')::interval;
    END IF;
    RETURN interval '0';
END $$;

-- An expression without a table, so that it is put in the place of its call; the table is read only by who set an
-- offset.
CREATE OR REPLACE FUNCTION nucleo_ahora() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT CASE WHEN coalesce(current_setting('qhatu.desfase', true), '') = '' THEN clock_timestamp()
                ELSE clock_timestamp() + public.nucleo_desfase() END
$$;
