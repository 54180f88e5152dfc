-- What the custody of an order holds: money, or what a public entity committed of its budget, frozen at the sale. What is
-- held until now is money.
ALTER TABLE comercio_custodia
    ADD COLUMN garantia varchar(10) NOT NULL DEFAULT 'dinero',
    ADD COLUMN ejecutado bigint NOT NULL DEFAULT 0;
ALTER TABLE comercio_custodia
    ALTER COLUMN garantia DROP DEFAULT,
    ADD CONSTRAINT ck_comercio_custodia_garantia CHECK (garantia IN ('dinero', 'compromiso')),
    ADD CONSTRAINT ck_comercio_custodia_compromiso CHECK (
        ejecutado = CASE WHEN garantia = 'compromiso' AND estado IN ('liberada', 'ejecutada')
                    THEN monto - devuelto ELSE 0 END
        AND (estado <> 'ejecutada' OR garantia = 'compromiso')
        AND NOT (garantia = 'compromiso'
                 AND (contra_entrega OR pendiente_id IS NOT NULL OR banco_desde IS NOT NULL))),
    DROP CONSTRAINT ck_comercio_custodia_fin,
    ADD CONSTRAINT ck_comercio_custodia_fin CHECK (
        CASE estado WHEN 'liberada' THEN devuelto + al_vendedor + comision_cobrada = monto AND devuelto < monto
                    WHEN 'devuelta' THEN devuelto = monto
                    WHEN 'por_cobrar' THEN devuelto + al_vendedor + comision_cobrada = 0
                    WHEN 'no_cobrada' THEN devuelto + al_vendedor + comision_cobrada = 0
                    WHEN 'ejecutada' THEN al_vendedor + comision_cobrada = 0 AND devuelto < monto
                    ELSE al_vendedor + comision_cobrada = 0 AND devuelto < monto END),
    DROP CONSTRAINT ck_comercio_custodia_terminada,
    ADD CONSTRAINT ck_comercio_custodia_terminada CHECK (
        (terminada_en IS NOT NULL) = (estado IN ('liberada', 'devuelta', 'no_cobrada', 'ejecutada')));
GRANT UPDATE (ejecutado) ON comercio_custodia TO qhatu_aplicacion;
DROP TRIGGER comercio_custodia_venta_inmutable ON comercio_custodia;
CREATE TRIGGER comercio_custodia_venta_inmutable
    BEFORE UPDATE OF pedido_id, monto, comision, cuenta_comprador, cuenta_vendedor, pendiente_id, creada_en, porte,
        contra_entrega, garantia
    ON comercio_custodia FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- What a public entity committed for an order, and what became of its payment.
CREATE TABLE comercio_compromiso (
    pedido_id uuid NOT NULL,
    entidad_id uuid NOT NULL,
    certificado_id uuid NOT NULL,
    certificacion varchar(60) NOT NULL,
    estado varchar(10) NOT NULL,
    intentos smallint NOT NULL,
    intentar_en timestamptz,
    avisar_en timestamptz,
    avisado_en timestamptz,
    adeudar_en timestamptz,
    comprobante varchar(40),
    comprobante_fecha date,
    dicho_por varchar(200),
    dicho_en timestamptz,
    responder_hasta timestamptz,
    terminado_en timestamptz,
    CONSTRAINT pk_comercio_compromiso PRIMARY KEY (pedido_id),
    CONSTRAINT fk_comercio_compromiso_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_custodia (pedido_id),
    CONSTRAINT fk_comercio_compromiso_entidad_id FOREIGN KEY (entidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_comercio_compromiso_certificacion CHECK (certificacion <> ''),
    CONSTRAINT ck_comercio_compromiso_por_pagar CHECK (
        (intentar_en IS NULL) = (adeudar_en IS NULL) AND (intentar_en IS NULL OR estado = 'vigente')
        AND (avisar_en IS NULL OR intentar_en IS NOT NULL)
        AND intentos >= 0 AND (intentar_en IS NULL OR intentos > 0)),
    CONSTRAINT ck_comercio_compromiso_dicho CHECK (
        num_nonnulls(comprobante, comprobante_fecha, dicho_por, dicho_en) IN (0, 4)
        AND (dicho_en IS NOT NULL OR estado NOT IN ('dicho', 'recibido'))
        AND (dicho_en IS NULL OR estado IN ('dicho', 'recibido', 'adeudado', 'pagado'))
        AND (responder_hasta IS NOT NULL) = (estado = 'dicho') AND comprobante <> ''),
    CONSTRAINT ck_comercio_compromiso_terminado CHECK (
        (terminado_en IS NOT NULL) = (estado IN ('liberado', 'pagado', 'recibido')))
);
CREATE INDEX ix_comercio_compromiso_entidad_id_pedido_id ON comercio_compromiso (entidad_id, pedido_id);
CREATE INDEX ix_comercio_compromiso_certificado_id ON comercio_compromiso (certificado_id) WHERE estado = 'vigente';
CREATE INDEX ix_comercio_compromiso_avisar_en_pedido_id ON comercio_compromiso (avisar_en, pedido_id)
    WHERE avisar_en IS NOT NULL;
CREATE INDEX ix_comercio_compromiso_adeudar_en_pedido_id ON comercio_compromiso (adeudar_en, pedido_id)
    WHERE adeudar_en IS NOT NULL;
CREATE INDEX ix_comercio_compromiso_responder_hasta_pedido_id ON comercio_compromiso (responder_hasta, pedido_id)
    WHERE responder_hasta IS NOT NULL;
GRANT SELECT, INSERT, UPDATE (estado, intentos, intentar_en, avisar_en, adeudar_en, avisado_en, comprobante,
    comprobante_fecha, dicho_por, dicho_en, responder_hasta, terminado_en) ON comercio_compromiso TO qhatu_aplicacion;
CREATE TRIGGER comercio_compromiso_inmutable
    BEFORE UPDATE OF pedido_id, entidad_id, certificado_id, certificacion ON comercio_compromiso
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- How long an entity may be late, as dated data.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES ('018f0000-0000-7000-8000-000000016401', 'comercio.mora_de_entidad',
        'Avisar que una entidad no pagó lo que recibió conforme, desde el día en que debía', 10, 'dias_habiles',
        'dia_habil_siguiente', true, NULL, 'Regla de la plataforma',
        'Se avisa a la entidad, a quien vende y a la autoridad. El compromiso no se libera.', false, '2017-01-01'),
       ('018f0000-0000-7000-8000-000000016402', 'comercio.deuda_de_entidad',
        'Dar por adeudado lo que una entidad recibió conforme y no pagó, desde el día en que debía', 90,
        'dias_calendario', 'dia_siguiente', false, NULL, 'Regla de la plataforma',
        'El presupuesto se ejecuta, el pedido concluye y la entidad lo debe hasta que lo pague.', false, '2017-01-01'),
       ('018f0000-0000-7000-8000-000000016403', 'comercio.responder_pago_de_entidad',
        'Decir que no llegó lo que una entidad dice que pagó por tesorería, desde que lo dice', 10, 'dias_habiles',
        'dia_habil_siguiente', true, NULL, 'Regla de la plataforma',
        'El silencio de quien vende dice que llegó.', false, '2017-01-01');
