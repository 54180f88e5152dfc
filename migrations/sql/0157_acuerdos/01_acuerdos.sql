-- What one side of an order asks to change of it, and the other one grants or not; one thing at a time.
CREATE TABLE comercio_acuerdo (
    id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    clase varchar(8) NOT NULL,
    propuso varchar(9) NOT NULL,
    motivo varchar(300) NOT NULL,
    despachar_hasta timestamptz,
    linea_id uuid,
    cantidad numeric(14, 4),
    estado varchar(12) NOT NULL,
    responder_hasta timestamptz NOT NULL,
    creado_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    terminado_en timestamptz,
    CONSTRAINT pk_comercio_acuerdo PRIMARY KEY (id),
    CONSTRAINT fk_comercio_acuerdo_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_acuerdo_linea_id FOREIGN KEY (linea_id, pedido_id)
        REFERENCES comercio_pedido_linea (id, pedido_id),
    CONSTRAINT ck_comercio_acuerdo_clase CHECK (clase IN ('plazo', 'quitar')),
    CONSTRAINT ck_comercio_acuerdo_propuso CHECK (propuso IN ('comprador', 'vendedor')),
    CONSTRAINT ck_comercio_acuerdo_motivo CHECK (motivo <> ''),
    CONSTRAINT ck_comercio_acuerdo_cantidad CHECK (cantidad > 0),
    CONSTRAINT ck_comercio_acuerdo_de_su_clase CHECK (CASE clase
        WHEN 'plazo' THEN propuso = 'vendedor' AND despachar_hasta IS NOT NULL AND num_nonnulls(linea_id, cantidad) = 0
        ELSE despachar_hasta IS NULL AND num_nonnulls(linea_id, cantidad) = 2 END),
    CONSTRAINT ck_comercio_acuerdo_fin CHECK ((estado = 'propuesto') = (terminado_en IS NULL)),
    CONSTRAINT ck_comercio_acuerdo_a_tiempo CHECK (estado <> 'aceptado' OR terminado_en <= responder_hasta)
);
CREATE UNIQUE INDEX uq_comercio_acuerdo_propuesto ON comercio_acuerdo (pedido_id) WHERE estado = 'propuesto';
CREATE INDEX ix_comercio_acuerdo_pedido_id_id ON comercio_acuerdo (pedido_id, id);
CREATE INDEX ix_comercio_acuerdo_linea_id_pedido_id ON comercio_acuerdo (linea_id, pedido_id);
CREATE INDEX ix_comercio_acuerdo_responder_hasta ON comercio_acuerdo (responder_hasta) WHERE estado = 'propuesto';
GRANT SELECT, INSERT, UPDATE (estado, terminado_en) ON comercio_acuerdo TO qhatu_aplicacion;

-- Printed by the declaration (acuerdos/estados.py).
ALTER TABLE comercio_acuerdo DROP CONSTRAINT IF EXISTS ck_comercio_acuerdo_estado,
    ADD CONSTRAINT ck_comercio_acuerdo_estado CHECK (estado IN ('propuesto', 'aceptado', 'no_aceptado', 'retirado', 'vencido'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_acuerdo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('propuesto')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_acuerdo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'propuesto' THEN NEW.estado IN ('aceptado', 'no_aceptado', 'retirado', 'vencido')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000f710', 'comercio.responder_acuerdo',
     'Responder a quien pide cambiar un pedido', 2, 'dias_habiles', 'dia_habil_siguiente', true, 'negativo',
     'Regla de la plataforma', 'Nunca después del plazo para despachar: si nadie responde, queda como estaba.', false,
     '2017-01-01');
