-- How much of each item what is auctioned at once has, in the order of its items: so a bid is added up without reading the
-- items of the whole process.
ALTER TABLE feria_subasta_grupo ADD COLUMN cantidades NUMERIC(14, 4)[];
CREATE FUNCTION feria_subasta_cantidades(p_convocatoria uuid, p_numero smallint, p_lote smallint) RETURNS numeric[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(i.cantidad ORDER BY i.numero) FROM feria_item i JOIN feria_convocatoria c ON c.id = i.convocatoria_id
    WHERE c.id = p_convocatoria AND CASE c.adjudica_por WHEN 'item' THEN i.numero = p_numero
        WHEN 'lote' THEN i.lote = p_lote ELSE true END
$$;
UPDATE feria_subasta_grupo SET cantidades = feria_subasta_cantidades(convocatoria_id, numero, lote);
ALTER TABLE feria_subasta_grupo ALTER COLUMN cantidades SET NOT NULL;

-- As 0221_subasta_firme has it; and its quantities are those of its items.
CREATE OR REPLACE FUNCTION feria_subasta_grupo_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_subasta s JOIN feria_convocatoria c ON c.id = s.convocatoria_id
        WHERE s.convocatoria_id = NEW.convocatoria_id AND NEW.extensiones = 0
            AND NEW.termina_en = s.empieza_en + make_interval(mins => s.duracion_min)
            AND NEW.paso = greatest(1, ceil(feria_subasta_referencia(NEW.convocatoria_id, NEW.numero, NEW.lote)
                * (c.reglas #>> '{valores,subasta_paso,valor}')::numeric / 1000))
            AND NEW.cantidades = feria_subasta_cantidades(NEW.convocatoria_id, NEW.numero, NEW.lote);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'step, end and quantities of an auction are those of its rule and items'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- A bid of a continuous auction has no round, and no entry in the index of who bid in which.
ALTER TABLE feria_puja DROP CONSTRAINT uq_feria_puja_participante_id_ronda;
CREATE UNIQUE INDEX uq_feria_puja_participante_id_ronda ON feria_puja (participante_id, ronda) WHERE ronda IS NOT NULL;
