-- The reference of what is auctioned at once, in centavos; nothing when the number is not that of its first item.
CREATE FUNCTION feria_subasta_referencia(p_convocatoria uuid, p_numero smallint, p_lote smallint) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT sum(i.total_referencial) FROM feria_item i JOIN feria_convocatoria c ON c.id = i.convocatoria_id
    WHERE c.id = p_convocatoria AND CASE c.adjudica_por WHEN 'item' THEN i.numero = p_numero
        WHEN 'lote' THEN i.lote = p_lote ELSE true END
    HAVING min(i.numero) = p_numero
$$;

-- As 0207_subasta has them; and minutes, wait and step are those of the rules that the process was born with, and who takes
-- part bid up to the reference.
CREATE OR REPLACE FUNCTION feria_subasta_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c WHERE c.id = NEW.convocatoria_id AND NEW.terminada_en IS NULL
        AND NEW.empieza_en >= nucleo_ahora() - interval '1 minute'
        AND NEW.empieza_en >= c.abierto_en
            + make_interval(mins => coalesce((c.reglas #>> '{valores,subasta_espera,valor}')::int, 0))
        AND NEW.duracion_min = (c.reglas #>> '{valores,subasta_duracion,valor}')::int
        AND NEW.extension_min = coalesce((c.reglas #>> '{valores,subasta_extension,valor}')::int, 0);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an auction begins after it is told, and lasts what its rule says' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION feria_subasta_grupo_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_subasta s JOIN feria_convocatoria c ON c.id = s.convocatoria_id
        WHERE s.convocatoria_id = NEW.convocatoria_id AND NEW.extensiones = 0
            AND NEW.termina_en = s.empieza_en + make_interval(mins => s.duracion_min)
            AND NEW.paso = greatest(1, ceil(feria_subasta_referencia(NEW.convocatoria_id, NEW.numero, NEW.lote)
                * (c.reglas #>> '{valores,subasta_paso,valor}')::numeric / 1000));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'step and end of an auction are those of its rule' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION feria_subasta_participa() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO feria_puja (participante_id, numero, cliente_id, precios, monto, paso, hecha_en, hecha_por)
        SELECT NEW.id, 0, NEW.id, array_agg(l.precio ORDER BY l.orden), sum(l.total), g.paso, o.presentada_en, o.presentada_por
        FROM feria_subasta_lineas(NEW.id) l
        JOIN feria_subasta_grupo g ON g.convocatoria_id = NEW.convocatoria_id AND g.numero = NEW.grupo
        JOIN feria_oferta o ON o.id = NEW.oferta_id AND o.estado = 'vigente'
        GROUP BY g.paso, g.lote, o.presentada_en, o.presentada_por
        HAVING count(*) = (SELECT count(*) FROM feria_item i JOIN feria_convocatoria c ON c.id = i.convocatoria_id
            WHERE c.id = NEW.convocatoria_id AND CASE c.adjudica_por WHEN 'item' THEN i.numero = NEW.grupo
                WHEN 'lote' THEN i.lote = g.lote ELSE true END)
            AND sum(l.total) <= feria_subasta_referencia(NEW.convocatoria_id, NEW.grupo, g.lote);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'who takes part bid for the whole of it, up to its reference' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
