-- When cash on delivery is offered, as dated data: up to how much each order costs, and to whom no more than so many came
-- back without being paid for in so many days.
CREATE TABLE comercio_regla_contra_entrega (
    vigente_desde date NOT NULL,
    vigente_hasta date,
    tope bigint NOT NULL,
    vueltas smallint NOT NULL,
    dias smallint NOT NULL,
    norma varchar(200) NOT NULL,
    confirmado boolean NOT NULL,
    CONSTRAINT pk_comercio_regla_contra_entrega PRIMARY KEY (vigente_desde),
    CONSTRAINT ck_comercio_regla_contra_entrega_montos CHECK (tope > 0 AND vueltas >= 0 AND dias > 0),
    CONSTRAINT ck_comercio_regla_contra_entrega_vigencia CHECK (vigente_hasta > vigente_desde),
    CONSTRAINT ex_comercio_regla_contra_entrega_una EXCLUDE USING gist (daterange(vigente_desde, vigente_hasta) WITH &&)
);
INSERT INTO comercio_regla_contra_entrega (vigente_desde, tope, vueltas, dias, norma, confirmado)
VALUES ('2017-01-01', 100000, 1, 180, 'Regla de la plataforma', false);
GRANT SELECT ON comercio_regla_contra_entrega TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES ('018f0000-0000-7000-8000-000000015101', 'comercio.sin_rendir',
        'Rendir lo que se cobró al entregar un pedido, desde que se entrega', 30, 'dias_calendario', 'dia_siguiente',
        false, NULL, 'Regla de la plataforma',
        'El operador lo debe desde la entrega y paga en dos días hábiles; después de este plazo el pedido termina y se lo debe a quien vende.',
        false, '2017-01-01');

ALTER TABLE comercio_forma_de_entrega ADD COLUMN contra_entrega boolean NOT NULL DEFAULT false;
ALTER TABLE comercio_forma_de_entrega
    ALTER COLUMN contra_entrega DROP DEFAULT,
    ADD CONSTRAINT ck_comercio_forma_de_entrega_contra_entrega CHECK (NOT contra_entrega OR forma = 'correo' AND ofrece);
GRANT UPDATE (contra_entrega) ON comercio_forma_de_entrega TO qhatu_aplicacion;

-- What is paid at the door has nothing in its account until then.
ALTER TABLE comercio_custodia
    ADD COLUMN contra_entrega boolean NOT NULL DEFAULT false,
    ADD COLUMN cobrada_en timestamptz,
    DROP CONSTRAINT ck_comercio_custodia_fin,
    ADD CONSTRAINT ck_comercio_custodia_fin CHECK (
        CASE estado WHEN 'liberada' THEN devuelto + al_vendedor + comision_cobrada = monto AND devuelto < monto
                    WHEN 'devuelta' THEN devuelto = monto
                    WHEN 'por_cobrar' THEN devuelto + al_vendedor + comision_cobrada = 0
                    WHEN 'no_cobrada' THEN devuelto + al_vendedor + comision_cobrada = 0
                    ELSE al_vendedor + comision_cobrada = 0 AND devuelto < monto END),
    DROP CONSTRAINT ck_comercio_custodia_terminada,
    ADD CONSTRAINT ck_comercio_custodia_terminada CHECK (
        (terminada_en IS NOT NULL) = (estado IN ('liberada', 'devuelta', 'no_cobrada'))),
    ADD CONSTRAINT ck_comercio_custodia_contra_entrega CHECK (
        (cobrada_en IS NOT NULL) = (contra_entrega AND estado NOT IN ('por_cobrar', 'no_cobrada'))
        AND (contra_entrega OR estado NOT IN ('por_cobrar', 'no_cobrada'))
        AND NOT (contra_entrega AND pendiente_id IS NOT NULL));
ALTER TABLE comercio_custodia ALTER COLUMN contra_entrega DROP DEFAULT;
CREATE INDEX ix_comercio_custodia_por_cobrar ON comercio_custodia (pedido_id) WHERE estado = 'por_cobrar';
GRANT UPDATE (cobrada_en) ON comercio_custodia TO qhatu_aplicacion;
DROP TRIGGER comercio_custodia_venta_inmutable ON comercio_custodia;
CREATE TRIGGER comercio_custodia_venta_inmutable
    BEFORE UPDATE OF pedido_id, monto, comision, cuenta_comprador, cuenta_vendedor, pendiente_id, creada_en, porte,
        contra_entrega
    ON comercio_custodia FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- It is sold so only by post, to a person, up to what the rule of that day says.
CREATE FUNCTION registro_parte_es_persona(p_parte uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM registro_parte a WHERE a.id = p_parte AND a.clase = 'persona')
$$;
CREATE FUNCTION comercio_custodia_por_cobrar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.estado <> 'por_cobrar' OR NOT EXISTS (
            SELECT FROM comercio_pedido p JOIN comercio_regla_contra_entrega r ON NEW.monto <= r.tope
            WHERE p.id = NEW.pedido_id AND p.forma = 'correo' AND registro_parte_es_persona(p.comprador_parte_id)
              AND CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date) >= r.vigente_desde
              AND (r.vigente_hasta IS NULL
                   OR CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date) < r.vigente_hasta)) THEN
        RAISE EXCEPTION 'ese pedido no se paga al recibirlo' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_custodia_por_cobrar BEFORE INSERT ON comercio_custodia
    FOR EACH ROW WHEN (NEW.contra_entrega) EXECUTE FUNCTION comercio_custodia_por_cobrar();

-- It was collected when all of it is in its account, by what was collected at the door; it was not, when nothing is.
CREATE FUNCTION comercio_custodia_cobrada() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entro bigint := (SELECT coalesce(sum(m.monto) FILTER (WHERE m.codigo = 113), 0)
                     FROM pagos_de_asunto('pedido', NEW.pedido_id) m WHERE m.entra);
BEGIN
    IF entro <> (CASE NEW.estado WHEN 'no_cobrada' THEN 0 ELSE NEW.monto END) THEN
        RAISE EXCEPTION 'lo que se cobró del pedido % no es lo que dice el libro', NEW.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_custodia_cobrada BEFORE UPDATE OF estado ON comercio_custodia FOR EACH ROW
    WHEN (OLD.estado = 'por_cobrar' AND NEW.estado <> 'por_cobrar') EXECUTE FUNCTION comercio_custodia_cobrada();

-- Nothing is received that was not paid.
CREATE FUNCTION comercio_pedido_cobrado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_custodia WHERE pedido_id = NEW.id AND estado IN ('por_cobrar', 'no_cobrada')) THEN
        RAISE EXCEPTION 'un pedido que no se pagó no se recibe' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pedido_cobrado BEFORE UPDATE OF estado ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado = 'entregado' AND OLD.estado <> 'entregado') EXECUTE FUNCTION comercio_pedido_cobrado();

CREATE OR REPLACE FUNCTION comercio_pedido_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_custodia
        WHERE pedido_id = NEW.id
          AND (estado = 'devuelta' OR estado = 'liberada' AND NEW.estado = 'concluido'
               OR estado = 'no_cobrada' AND NEW.estado = 'cancelado')
    ) THEN
        RAISE EXCEPTION 'un pedido no termina antes que su dinero' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- At the commit: what is to be paid at the door travels whole, in a parcel that is handed over only against all of it.
CREATE FUNCTION envios_cobro_de(p_envio uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT monto FROM envios_cobro WHERE envio_id = p_envio
$$;
CREATE FUNCTION comercio_paquete_con_cobro() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM comercio_custodia k
        WHERE k.pedido_id = NEW.pedido_id AND k.estado = 'por_cobrar'
          AND (envios_cobro_de(NEW.envio_id) IS DISTINCT FROM k.monto OR EXISTS (
               SELECT FROM comercio_pedido_linea l
               LEFT JOIN comercio_paquete_linea s ON s.linea_id = l.id AND s.paquete_id = NEW.id
               WHERE l.pedido_id = k.pedido_id AND s.cantidad IS DISTINCT FROM l.cantidad))) THEN
        RAISE EXCEPTION 'lo que se paga al recibir va entero y se cobra al entregarlo' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_paquete_con_cobro AFTER INSERT ON comercio_paquete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_paquete_con_cobro();

-- At the commit: what went back is what was noted of its lines and of its postage, what is cancelled of a line was given
-- back if it was paid, and all that left is what the ledger says (of what waited elsewhere, before orders had accounts, it
-- says nothing).
CREATE OR REPLACE FUNCTION comercio_custodia_como_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    k comercio_custodia;
    v_devuelto bigint;
    v_al_vendedor bigint;
    v_comision bigint;
BEGIN
    SELECT * INTO k FROM comercio_custodia WHERE pedido_id = NEW.pedido_id;
    IF k.devuelto <> k.porte_devuelto
       + (SELECT coalesce(sum(importe), 0) FROM comercio_pedido_cancelacion WHERE pedido_id = k.pedido_id)
       + (SELECT coalesce(sum(importe), 0) FROM comercio_pedido_devolucion WHERE pedido_id = k.pedido_id) THEN
        RAISE EXCEPTION 'lo que volvió del pedido % no es lo que se anotó de sus líneas', k.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'comercio_pedido_cancelacion' AND k.estado <> 'no_cobrada' AND EXISTS (
        SELECT FROM comercio_pedido_linea l
        WHERE l.pedido_id = k.pedido_id
          AND round((l.importe - l.descuento) * (SELECT sum(c.cantidad) FROM comercio_pedido_cancelacion c
                                                 WHERE c.linea_id = l.id) / l.cantidad)
            > (SELECT sum(c.importe) FROM comercio_pedido_cancelacion c WHERE c.linea_id = l.id)
            + (SELECT coalesce(sum(d.importe), 0) FROM comercio_pedido_devolucion d WHERE d.linea_id = l.id)) THEN
        RAISE EXCEPTION 'de una línea del pedido % se canceló más de lo que se devolvió', k.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'comercio_custodia' AND (k.pendiente_id IS NULL OR k.mudada_en IS NOT NULL) THEN
        SELECT coalesce(sum(m.monto) FILTER (WHERE m.codigo = 100 AND m.contraparte = k.cuenta_comprador), 0),
               coalesce(sum(m.monto) FILTER (WHERE m.codigo = 111 AND m.contraparte = k.cuenta_vendedor), 0),
               coalesce(sum(m.monto) FILTER (WHERE m.codigo = 101), 0)
        INTO v_devuelto, v_al_vendedor, v_comision FROM pagos_de_asunto('pedido', k.pedido_id) m WHERE NOT m.entra;
        IF (k.devuelto, k.al_vendedor, k.comision_cobrada) <> (v_devuelto, v_al_vendedor, v_comision) THEN
            RAISE EXCEPTION 'el dinero del pedido % no es lo que dice el libro', k.pedido_id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

-- At the commit: what is paid of an order, charge by charge, is its total, and its discounts those of its lines; and its
-- money is held, with that commission and that postage, or it is to be paid at the door, or it was not paid and there is
-- none.
CREATE OR REPLACE FUNCTION comercio_exigir_cargos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
            SELECT FROM comercio_pedido p
            JOIN (SELECT sum(c.monto) FILTER (WHERE c.paga = 'comprador') AS total,
                         sum(c.monto) FILTER (WHERE c.clase = 'comision') AS comision,
                         coalesce(sum(c.monto) FILTER (WHERE c.clase = 'porte' AND c.paga = 'comprador'), 0) AS porte
                  FROM comercio_pedido_cargo c WHERE c.pedido_id = NEW.id) s ON true
            LEFT JOIN comercio_custodia k ON k.pedido_id = p.id
            WHERE p.id = NEW.id AND p.total = s.total AND s.comision IS NOT NULL
              AND (s.porte = 0 OR p.forma IN ('correo', 'reparto'))
              AND CASE WHEN p.estado IN ('por_pagar', 'no_pagado') THEN k.pedido_id IS NULL
                  ELSE k.monto = s.total AND k.comision = s.comision AND k.porte = s.porte
                       AND CASE p.estado WHEN 'confirmado' THEN k.contra_entrega
                           WHEN 'pagado' THEN NOT k.contra_entrega ELSE true END
                       AND (k.pendiente_id IS NOT NULL OR k.estado IN ('por_cobrar', 'no_cobrada')
                            OR s.total = (SELECT sum(m.monto) FROM pagos_de_asunto('pedido', p.id) m WHERE m.entra)) END)
       OR EXISTS (SELECT FROM comercio_pedido_linea l
                  LEFT JOIN comercio_pedido_cargo c ON c.linea_id = l.id
                  WHERE l.pedido_id = NEW.id GROUP BY l.id
                  HAVING sum(c.monto) FILTER (WHERE c.clase = 'bienes') IS DISTINCT FROM l.importe
                      OR coalesce(sum(c.monto) FILTER (WHERE c.clase = 'descuento'), 0) <> -l.descuento) THEN
        RAISE EXCEPTION 'los cargos del pedido % no son su total', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
