-- What of a line its discounts took off: what it cost is what is left, and no more goes back.
ALTER TABLE comercio_pedido_linea ADD COLUMN descuento bigint NOT NULL DEFAULT 0;
ALTER TABLE comercio_pedido_linea ALTER COLUMN descuento DROP DEFAULT,
    ADD CONSTRAINT ck_comercio_pedido_linea_descuento CHECK (descuento >= 0 AND descuento < importe);

-- A discount is of a line, by a promotion or by a coupon, borne by who sells; `detalle` is how it was called.
ALTER TABLE comercio_pedido_cargo ADD COLUMN detalle varchar(120) NOT NULL DEFAULT '', ADD COLUMN promocion_id uuid,
    ADD COLUMN cupon_id uuid;
ALTER TABLE comercio_pedido_cargo ALTER COLUMN detalle DROP DEFAULT,
    ADD CONSTRAINT fk_comercio_pedido_cargo_promocion_id FOREIGN KEY (promocion_id) REFERENCES comercio_promocion (id),
    ADD CONSTRAINT fk_comercio_pedido_cargo_cupon_id FOREIGN KEY (cupon_id) REFERENCES comercio_cupon (id),
    DROP CONSTRAINT ck_comercio_pedido_cargo_de_su_clase,
    ADD CONSTRAINT ck_comercio_pedido_cargo_de_su_clase CHECK (
        CASE clase WHEN 'bienes' THEN paga = 'comprador' AND recibe = 'vendedor' AND linea_id IS NOT NULL AND monto > 0
                   WHEN 'comision' THEN paga = 'vendedor' AND recibe = 'plataforma' AND monto >= impuesto
                   WHEN 'porte' THEN recibe <> 'plataforma' AND monto >= 0
                   WHEN 'descuento' THEN paga = 'comprador' AND recibe = 'vendedor' AND linea_id IS NOT NULL AND monto < 0
                   ELSE monto <> 0 END),
    ADD CONSTRAINT ck_comercio_pedido_cargo_por_que CHECK (
        num_nonnulls(promocion_id, cupon_id) = CASE clase WHEN 'descuento' THEN 1 ELSE 0 END);
CREATE UNIQUE INDEX uq_comercio_pedido_cargo_promocion ON comercio_pedido_cargo (linea_id) WHERE promocion_id IS NOT NULL;
CREATE UNIQUE INDEX uq_comercio_pedido_cargo_cupon ON comercio_pedido_cargo (linea_id) WHERE cupon_id IS NOT NULL;

-- A discount is by a promotion of who sells that is in force, held until the sale is written, or by the coupon of that
-- purchase.
CREATE FUNCTION comercio_cargo_por_que() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.promocion_id IS NOT NULL THEN
        PERFORM FROM comercio_promocion p JOIN comercio_pedido o ON o.vendedor_id = p.vendedor_id
        WHERE p.id = NEW.promocion_id AND o.id = NEW.pedido_id AND p.estado = 'activa'
          AND p.desde <= nucleo_ahora() AND nucleo_ahora() < p.hasta
        FOR SHARE OF p;
    ELSE
        PERFORM FROM comercio_cupon_uso u JOIN comercio_cupon c ON c.id = u.cupon_id
        JOIN comercio_pedido o ON o.compra_id = u.compra_id AND o.vendedor_id = c.vendedor_id
        WHERE c.id = NEW.cupon_id AND o.id = NEW.pedido_id;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ese descuento no vale ahora para el pedido %', NEW.pedido_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_pedido_cargo_vale';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_cargo_por_que BEFORE INSERT ON comercio_pedido_cargo FOR EACH ROW
    WHEN (NEW.clase = 'descuento') EXECUTE FUNCTION comercio_cargo_por_que();

-- At the commit, as before; and the discounts of a line are those of its charges.
CREATE OR REPLACE FUNCTION comercio_exigir_cargos() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cual uuid;
    suma bigint;
BEGIN
    IF TG_TABLE_NAME = 'comercio_pedido' THEN cual := NEW.id; ELSE cual := NEW.pedido_id; END IF;
    SELECT sum(monto) INTO suma FROM comercio_pedido_cargo WHERE pedido_id = cual AND paga = 'comprador';
    IF NOT EXISTS (
            SELECT FROM comercio_pedido p
            JOIN comercio_custodia k ON k.pedido_id = p.id
            JOIN comercio_pedido_cargo c ON c.pedido_id = p.id AND c.clase = 'comision'
            WHERE p.id = cual AND p.total = suma AND k.monto = suma AND k.comision = c.monto
              AND (k.pendiente_id IS NOT NULL
                   OR suma = (SELECT sum(m.monto) FROM pagos_de_asunto('pedido', p.id) m WHERE m.entra)))
       OR EXISTS (SELECT FROM comercio_pedido_linea l
                  LEFT JOIN comercio_pedido_cargo c ON c.linea_id = l.id
                  WHERE l.pedido_id = cual GROUP BY l.id
                  HAVING sum(c.monto) FILTER (WHERE c.clase = 'bienes') IS DISTINCT FROM l.importe
                      OR coalesce(sum(c.monto) FILTER (WHERE c.clase = 'descuento'), 0) <> -l.descuento) THEN
        RAISE EXCEPTION 'los cargos del pedido % no son su total', cual USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- The order's row is held, so that two at once are judged one after the other; of a line no more goes back than was paid.
CREATE OR REPLACE FUNCTION comercio_linea_costo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM comercio_pedido WHERE id = NEW.pedido_id FOR NO KEY UPDATE;
    IF (SELECT l.importe - l.descuento FROM comercio_pedido_linea l WHERE l.id = NEW.linea_id)
       < (SELECT coalesce(sum(c.importe), 0) FROM comercio_pedido_cancelacion c WHERE c.linea_id = NEW.linea_id)
       + (SELECT coalesce(sum(d.importe), 0) FROM comercio_pedido_devolucion d WHERE d.linea_id = NEW.linea_id) THEN
        RAISE EXCEPTION 'de esa línea se devuelve más de lo que costó'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_linea_costo';
    END IF;
    RETURN NULL;
END $$;
