-- What somebody pays of an order, line by line, each with who bears it and who gets it: what its buyer pays adds up to
-- its total, which is what its account received.
CREATE TABLE comercio_pedido_cargo (
    id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    clase varchar(10) NOT NULL,
    paga varchar(10) NOT NULL,
    recibe varchar(10) NOT NULL,
    monto bigint NOT NULL,
    linea_id uuid,
    tasa_id uuid,
    tasa_pb integer,
    impuesto_pb integer,
    impuesto bigint NOT NULL,
    creado_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_pedido_cargo PRIMARY KEY (id),
    CONSTRAINT fk_comercio_pedido_cargo_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_pedido_cargo_linea_id_pedido_id FOREIGN KEY (linea_id, pedido_id)
        REFERENCES comercio_pedido_linea (id, pedido_id),
    CONSTRAINT fk_comercio_pedido_cargo_tasa_id FOREIGN KEY (tasa_id) REFERENCES pagos_comision (id),
    CONSTRAINT ck_comercio_pedido_cargo_clase CHECK (
        clase IN ('bienes', 'porte', 'descuento', 'ajuste', 'comision')),
    CONSTRAINT ck_comercio_pedido_cargo_paga CHECK (paga IN ('comprador', 'vendedor', 'plataforma')),
    CONSTRAINT ck_comercio_pedido_cargo_recibe CHECK (recibe IN ('vendedor', 'operador', 'plataforma')),
    CONSTRAINT ck_comercio_pedido_cargo_de_su_clase CHECK (
        CASE clase WHEN 'bienes' THEN paga = 'comprador' AND recibe = 'vendedor' AND linea_id IS NOT NULL AND monto > 0
                   WHEN 'comision' THEN paga = 'vendedor' AND recibe = 'plataforma' AND monto >= impuesto
                   WHEN 'porte' THEN recibe <> 'plataforma' AND monto >= 0
                   WHEN 'descuento' THEN monto < 0 ELSE monto <> 0 END),
    CONSTRAINT ck_comercio_pedido_cargo_impuesto CHECK (impuesto >= 0),
    CONSTRAINT ck_comercio_pedido_cargo_tasa CHECK (
        num_nonnulls(tasa_id, tasa_pb, impuesto_pb) = CASE clase WHEN 'comision' THEN 3 ELSE 0 END)
);
CREATE INDEX ix_comercio_pedido_cargo_pedido_id_id ON comercio_pedido_cargo (pedido_id, id);
CREATE UNIQUE INDEX uq_comercio_pedido_cargo_bienes ON comercio_pedido_cargo (linea_id) WHERE clase = 'bienes';
CREATE UNIQUE INDEX uq_comercio_pedido_cargo_comision ON comercio_pedido_cargo (pedido_id) WHERE clase = 'comision';

INSERT INTO comercio_pedido_cargo (id, pedido_id, clase, paga, recibe, monto, linea_id, impuesto, creado_en)
SELECT gen_random_uuid(), l.pedido_id, 'bienes', 'comprador', 'vendedor', l.importe, l.id, 0, p.creado_en
FROM comercio_pedido_linea l JOIN comercio_pedido p ON p.id = l.pedido_id;
INSERT INTO comercio_pedido_cargo (id, pedido_id, clase, paga, recibe, monto, tasa_id, tasa_pb, impuesto_pb, impuesto,
                                   creado_en)
SELECT gen_random_uuid(), c.pedido_id, 'comision', 'vendedor', 'plataforma', c.monto, c.tasa_id, c.tasa_pb, c.impuesto_pb,
       c.impuesto, p.creado_en
FROM comercio_pedido_comision c JOIN comercio_pedido p ON p.id = c.pedido_id;
DROP TABLE comercio_pedido_comision;

CREATE TRIGGER comercio_pedido_cargo_inmutable BEFORE UPDATE OR DELETE ON comercio_pedido_cargo
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- At the commit: the buyer's charges are the order's total, which is what is held of it and what its account received
-- (before accounts, what waited); each line is charged as it was sold; the commission (nothing, perhaps) is that of its
-- money.
CREATE FUNCTION comercio_exigir_cargos() RETURNS trigger LANGUAGE plpgsql AS $$
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
                  LEFT JOIN comercio_pedido_cargo c ON c.linea_id = l.id AND c.clase = 'bienes'
                  WHERE l.pedido_id = cual AND c.monto IS DISTINCT FROM l.importe) THEN
        RAISE EXCEPTION 'los cargos del pedido % no son su total', cual USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_cargos AFTER INSERT ON comercio_pedido
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_cargos();
CREATE CONSTRAINT TRIGGER comercio_exigir_cargos AFTER INSERT ON comercio_pedido_cargo
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_cargos();

GRANT SELECT, INSERT ON comercio_pedido_cargo TO qhatu_aplicacion;
