-- The money of an order, apart from the order. What ended keeps how it ended; what waits as a pending transfer is moved
-- into the order's own account by a sweep (the ledger is moved through its function alone).
CREATE TABLE comercio_custodia (
    pedido_id uuid NOT NULL,
    monto bigint NOT NULL,
    comision bigint NOT NULL,
    cuenta_comprador bigint NOT NULL,
    cuenta_vendedor bigint NOT NULL,
    estado varchar(12) NOT NULL,
    liberar_en timestamptz,
    devuelto bigint NOT NULL,
    al_vendedor bigint NOT NULL,
    comision_cobrada bigint NOT NULL,
    pendiente_id uuid,
    mudada_en timestamptz,
    creada_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    terminada_en timestamptz,
    CONSTRAINT pk_comercio_custodia PRIMARY KEY (pedido_id),
    CONSTRAINT fk_comercio_custodia_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_custodia_cuenta_comprador FOREIGN KEY (cuenta_comprador) REFERENCES pagos_cuenta (id),
    CONSTRAINT fk_comercio_custodia_cuenta_vendedor FOREIGN KEY (cuenta_vendedor) REFERENCES pagos_cuenta (id),
    CONSTRAINT ck_comercio_custodia_montos CHECK (monto > 0 AND comision BETWEEN 0 AND monto),
    CONSTRAINT ck_comercio_custodia_sumas CHECK (
        devuelto >= 0 AND al_vendedor >= 0 AND comision_cobrada BETWEEN 0 AND comision
        AND devuelto + al_vendedor + comision_cobrada <= monto),
    CONSTRAINT ck_comercio_custodia_fin CHECK (
        CASE estado WHEN 'liberada' THEN devuelto + al_vendedor + comision_cobrada = monto AND devuelto < monto
                    WHEN 'devuelta' THEN devuelto = monto
                    ELSE al_vendedor + comision_cobrada = 0 AND devuelto < monto END),
    CONSTRAINT ck_comercio_custodia_fecha CHECK ((estado = 'por_liberar') <= (liberar_en IS NOT NULL)),
    CONSTRAINT ck_comercio_custodia_por_mudar CHECK (estado <> 'por_mudar' OR pendiente_id IS NOT NULL),
    CONSTRAINT ck_comercio_custodia_terminada CHECK (
        (terminada_en IS NOT NULL) = (estado IN ('liberada', 'devuelta')))
);
CREATE INDEX ix_comercio_custodia_liberar_en_pedido_id ON comercio_custodia (liberar_en, pedido_id)
    WHERE estado = 'por_liberar';
CREATE INDEX ix_comercio_custodia_pedido_id ON comercio_custodia (pedido_id) WHERE estado = 'por_mudar';

INSERT INTO comercio_custodia (pedido_id, monto, comision, cuenta_comprador, cuenta_vendedor, estado, devuelto,
                               al_vendedor, comision_cobrada, pendiente_id, creada_en, terminada_en)
SELECT p.id, p.total, c.monto, q.debito, q.credito,
       CASE p.estado WHEN 'liberado' THEN 'liberada' WHEN 'cancelado' THEN 'devuelta' ELSE 'por_mudar' END,
       CASE p.estado WHEN 'cancelado' THEN p.total ELSE 0 END,
       CASE p.estado WHEN 'liberado' THEN p.total - c.monto ELSE 0 END,
       CASE p.estado WHEN 'liberado' THEN c.monto ELSE 0 END,
       p.custodia_id, p.creado_en,
       CASE WHEN p.estado IN ('liberado', 'cancelado') THEN p.actualizado_en END
FROM comercio_pedido p
JOIN comercio_pedido_comision c ON c.pedido_id = p.id
JOIN pagos_pendiente q ON q.id = p.custodia_id;
