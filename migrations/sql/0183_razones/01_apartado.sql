-- How much of each line the orders keep reserved of its stock: written by the triggers below alone. What ended keeps none,
-- so that what a row of stock waits for is asked without its history.
CREATE TABLE comercio_apartado (
    linea_id uuid NOT NULL,
    existencia_id uuid NOT NULL,
    cantidad numeric(14, 4) NOT NULL,
    CONSTRAINT pk_comercio_apartado PRIMARY KEY (linea_id),
    CONSTRAINT fk_comercio_apartado_linea_id FOREIGN KEY (linea_id) REFERENCES comercio_pedido_linea (id),
    CONSTRAINT fk_comercio_apartado_existencia_id FOREIGN KEY (existencia_id) REFERENCES comercio_existencia (id),
    CONSTRAINT ck_comercio_apartado_cantidad CHECK (cantidad > 0)
);
CREATE INDEX ix_comercio_apartado_existencia_id ON comercio_apartado (existencia_id);
GRANT SELECT ON comercio_apartado TO qhatu_aplicacion;

-- What an order reserves, paid or not yet: what it still owes, what it announced and nobody received (also when it ended),
-- the service that was not accepted as done.
CREATE FUNCTION comercio_por_apartar(p_pedidos uuid[]) RETURNS TABLE (linea_id uuid, existencia_id uuid, cantidad numeric)
LANGUAGE sql STABLE AS $$
    SELECT x.id, x.existencia_id,
        CASE WHEN x.modalidad = 'servicio' THEN CASE WHEN x.por_aceptar THEN x.viva ELSE 0 END
             WHEN x.estado IN ('concluido', 'cancelado', 'no_pagado') THEN x.anunciado
             ELSE x.anunciado + greatest(0, x.viva - x.anunciado - x.salido) END
    FROM (
        SELECT l.id, l.existencia_id, p.estado, p.modalidad, coalesce(s.estado IN ('agendado', 'prestado'), false) AS por_aceptar,
            l.cantidad - coalesce((SELECT sum(c.cantidad) FROM comercio_pedido_cancelacion c WHERE c.linea_id = l.id), 0) AS viva,
            coalesce(q.anunciado, 0) AS anunciado, coalesce(q.salido, 0) AS salido
        FROM comercio_pedido_linea l JOIN comercio_pedido p ON p.id = l.pedido_id
        LEFT JOIN comercio_servicio s ON s.pedido_id = p.id
        LEFT JOIN LATERAL (
            SELECT sum(pl.cantidad) FILTER (WHERE b.estado = 'anunciado') AS anunciado,
                sum(pl.cantidad) FILTER (WHERE b.estado IN ('despachado', 'entregado')) AS salido
            FROM comercio_paquete_linea pl JOIN comercio_paquete b ON b.id = pl.paquete_id
            WHERE pl.linea_id = l.id AND NOT b.saldado) q ON true
        WHERE l.pedido_id = ANY (p_pedidos)) x
$$;

CREATE FUNCTION comercio_apartar(p_pedidos uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM comercio_apartado a USING comercio_por_apartar(p_pedidos) d
    WHERE a.linea_id = d.linea_id AND d.cantidad = 0;
    INSERT INTO comercio_apartado AS a (linea_id, existencia_id, cantidad)
    SELECT d.linea_id, d.existencia_id, d.cantidad FROM comercio_por_apartar(p_pedidos) d WHERE d.cantidad > 0
    ON CONFLICT (linea_id) DO UPDATE SET cantidad = EXCLUDED.cantidad WHERE a.cantidad <> EXCLUDED.cantidad;
END $$;
REVOKE ALL ON FUNCTION comercio_apartar(uuid[]) FROM PUBLIC;

CREATE FUNCTION comercio_apartar_lo_escrito() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM comercio_apartar(ARRAY(SELECT DISTINCT pedido_id FROM nuevas));
    RETURN NULL;
END $$;
CREATE FUNCTION comercio_apartar_de_pedido() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM comercio_apartar(ARRAY[CASE TG_TABLE_NAME WHEN 'comercio_pedido' THEN (to_jsonb(NEW) ->> 'id')::uuid
                                   ELSE (to_jsonb(NEW) ->> 'pedido_id')::uuid END]);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION comercio_apartar_lo_escrito(), comercio_apartar_de_pedido() FROM PUBLIC;

CREATE TRIGGER comercio_apartar AFTER INSERT ON comercio_pedido_linea REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION comercio_apartar_lo_escrito();
CREATE TRIGGER comercio_apartar AFTER INSERT ON comercio_paquete_linea REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION comercio_apartar_lo_escrito();
CREATE TRIGGER comercio_apartar AFTER INSERT ON comercio_pedido_cancelacion REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION comercio_apartar_lo_escrito();
CREATE TRIGGER comercio_apartar AFTER UPDATE OF estado ON comercio_pedido FOR EACH ROW
    WHEN ((OLD.estado IN ('concluido', 'cancelado', 'no_pagado')) <> (NEW.estado IN ('concluido', 'cancelado', 'no_pagado')))
    EXECUTE FUNCTION comercio_apartar_de_pedido();
CREATE TRIGGER comercio_apartar AFTER UPDATE OF estado, saldado ON comercio_paquete FOR EACH ROW
    WHEN (OLD.estado <> NEW.estado OR OLD.saldado <> NEW.saldado) EXECUTE FUNCTION comercio_apartar_de_pedido();
CREATE TRIGGER comercio_apartar AFTER INSERT OR UPDATE OF estado ON comercio_servicio FOR EACH ROW
    EXECUTE FUNCTION comercio_apartar_de_pedido();

INSERT INTO comercio_apartado (linea_id, existencia_id, cantidad)
SELECT d.linea_id, d.existencia_id, d.cantidad FROM comercio_por_apartar(ARRAY(SELECT id FROM comercio_pedido)) d
JOIN comercio_existencia e ON e.id = d.existencia_id
WHERE d.cantidad > 0;

-- At the commit: what of a row of stock is reserved is what orders, exchanges and offers wait for, and nothing else.
CREATE FUNCTION comercio_exigir_reservado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_fila jsonb;
    v_id uuid;
    v_sobra numeric;
BEGIN
    IF TG_OP = 'DELETE' THEN v_fila := to_jsonb(OLD); ELSE v_fila := to_jsonb(NEW); END IF;
    v_id := (v_fila ->> CASE TG_TABLE_NAME WHEN 'comercio_existencia' THEN 'id' ELSE 'existencia_id' END)::uuid;
    SELECT e.reservado
        - (SELECT coalesce(sum(a.cantidad), 0) FROM comercio_apartado a WHERE a.existencia_id = e.id)
        - (SELECT coalesce(sum(c.cantidad), 0) FROM comercio_cambio c
           WHERE c.existencia_id = e.id AND c.estado IN ('apartado', 'anunciado'))
        - (SELECT coalesce(sum(o.cantidad), 0) FROM comercio_oferta_sostenida o
           WHERE o.existencia_id = e.id AND o.estado = 'sostenida')
    INTO v_sobra FROM comercio_existencia e WHERE e.id = v_id;
    IF v_sobra <> 0 THEN
        RAISE EXCEPTION 'lo reservado de la existencia % no es lo que se espera de ella', v_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_reservado AFTER UPDATE OF reservado ON comercio_existencia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.reservado <> OLD.reservado)
    EXECUTE FUNCTION comercio_exigir_reservado();
CREATE CONSTRAINT TRIGGER comercio_exigir_reservado AFTER INSERT OR UPDATE OR DELETE ON comercio_apartado
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_reservado();
CREATE CONSTRAINT TRIGGER comercio_exigir_reservado AFTER INSERT OR UPDATE OF estado ON comercio_cambio
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_reservado();
CREATE CONSTRAINT TRIGGER comercio_exigir_reservado AFTER UPDATE OF estado ON comercio_oferta_sostenida
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.existencia_id IS NOT NULL)
    EXECUTE FUNCTION comercio_exigir_reservado();
