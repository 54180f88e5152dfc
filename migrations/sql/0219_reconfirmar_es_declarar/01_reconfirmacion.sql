-- Who reconfirms a bid declares again, as who presents it: documents may have come since. Those of before did not.
ALTER TABLE feria_reconfirmacion
    ADD COLUMN declaracion SMALLINT,
    ADD CONSTRAINT fk_feria_reconfirmacion_declaracion FOREIGN KEY (declaracion) REFERENCES feria_declaracion (version);

-- As 0159 has it; and with the declaration in force.
CREATE OR REPLACE FUNCTION feria_reconfirmacion_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_oferta o JOIN feria_convocatoria c ON c.id = o.convocatoria_id
    WHERE o.id = NEW.oferta_id AND o.estado = 'vigente' AND o.version >= c.pedido_en AND NEW.version = c.versiones
        AND c.estado = 'publicado' AND NEW.hecha_en < c.vence_en
        AND NEW.hecha_en BETWEEN nucleo_ahora() - interval '1 minute' AND nucleo_ahora()
    FOR SHARE OF c;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a bid is reconfirmed in time' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.declaracion IS DISTINCT FROM (SELECT max(version) FROM feria_declaracion) THEN
        RAISE EXCEPTION 'who reconfirms a bid declares what is in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
