CREATE TABLE pagos_disputa_respuesta (
    id UUID NOT NULL,
    disputa_id UUID NOT NULL,
    explicacion VARCHAR(4000) NOT NULL,
    producto VARCHAR(1000) NOT NULL,
    fecha DATE,
    guia VARCHAR(80) NOT NULL,
    persona_id UUID NOT NULL,
    unidad_id UUID,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    estado VARCHAR(10) NOT NULL,
    motivo VARCHAR(60),
    enviado_en TIMESTAMPTZ,
    envios SMALLINT NOT NULL,
    consultas INTEGER NOT NULL,
    consultar_en TIMESTAMPTZ,
    terminado_en TIMESTAMPTZ,
    CONSTRAINT pk_pagos_disputa_respuesta PRIMARY KEY (id),
    CONSTRAINT fk_pagos_disputa_respuesta_disputa_id FOREIGN KEY (disputa_id) REFERENCES pagos_disputa (id),
    CONSTRAINT ck_pagos_disputa_respuesta_estado CHECK (estado IN ('creada', 'ambigua', 'enviada', 'rechazada')),
    CONSTRAINT ck_pagos_disputa_respuesta_explicacion CHECK (length(explicacion) >= 20),
    CONSTRAINT ck_pagos_disputa_respuesta_terminada CHECK (
        (estado IN ('enviada', 'rechazada')) = (terminado_en IS NOT NULL)),
    CONSTRAINT ck_pagos_disputa_respuesta_consultar CHECK (
        (consultar_en IS NOT NULL) = (estado IN ('creada', 'ambigua'))),
    CONSTRAINT ck_pagos_disputa_respuesta_envios CHECK (envios >= 0 AND (envios > 0) = (enviado_en IS NOT NULL))
);
CREATE UNIQUE INDEX uq_pagos_disputa_respuesta_viva ON pagos_disputa_respuesta (disputa_id)
    WHERE estado <> 'rechazada';
CREATE INDEX ix_pagos_disputa_respuesta_consultar_en ON pagos_disputa_respuesta (consultar_en)
    WHERE consultar_en IS NOT NULL;

CREATE TABLE pagos_tarjeta (
    id UUID NOT NULL,
    persona_id UUID NOT NULL,
    consentimiento VARCHAR(500) NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    vence_en TIMESTAMPTZ NOT NULL,
    estado VARCHAR(12) NOT NULL,
    motivo VARCHAR(60),
    sesion_id VARCHAR(80),
    accion_url VARCHAR(5000),
    cliente VARCHAR(80),
    pasarela_id VARCHAR(64),
    huella VARCHAR(80),
    marca VARCHAR(20),
    ultimos VARCHAR(4),
    caduca DATE,
    envios SMALLINT NOT NULL,
    consultas INTEGER NOT NULL,
    consultar_en TIMESTAMPTZ,
    terminado_en TIMESTAMPTZ,
    CONSTRAINT pk_pagos_tarjeta PRIMARY KEY (id),
    CONSTRAINT uq_pagos_tarjeta_sesion_id UNIQUE (sesion_id),
    CONSTRAINT uq_pagos_tarjeta_pasarela_id UNIQUE (pasarela_id),
    CONSTRAINT ck_pagos_tarjeta_estado CHECK (estado IN (
        'creada', 'por_escribir', 'guardada', 'por_quitar', 'quitada', 'descartada')),
    CONSTRAINT ck_pagos_tarjeta_consentimiento CHECK (length(consentimiento) > 0),
    CONSTRAINT ck_pagos_tarjeta_ultimos CHECK (ultimos ~ '^[0-9]{4}$'),
    CONSTRAINT ck_pagos_tarjeta_por_escribir CHECK (
        estado <> 'por_escribir' OR (sesion_id IS NOT NULL AND accion_url IS NOT NULL)),
    CONSTRAINT ck_pagos_tarjeta_guardada CHECK (
        (estado IN ('guardada', 'por_quitar', 'quitada')) = (pasarela_id IS NOT NULL)
        AND (pasarela_id IS NULL OR num_nulls(cliente, huella, marca, ultimos, caduca) = 0)),
    CONSTRAINT ck_pagos_tarjeta_terminada CHECK (
        (estado IN ('quitada', 'descartada')) = (terminado_en IS NOT NULL)),
    -- Also a saved one has its time: the day after it expires.
    CONSTRAINT ck_pagos_tarjeta_consultar CHECK (
        (consultar_en IS NULL) = (estado IN ('quitada', 'descartada'))),
    CONSTRAINT ck_pagos_tarjeta_envios CHECK (envios >= 0)
);
CREATE INDEX ix_pagos_tarjeta_persona_id ON pagos_tarjeta (persona_id, creado_en);
CREATE INDEX ix_pagos_tarjeta_consultar_en ON pagos_tarjeta (consultar_en) WHERE consultar_en IS NOT NULL;
CREATE UNIQUE INDEX uq_pagos_tarjeta_huella ON pagos_tarjeta (persona_id, huella) WHERE estado = 'guardada';

GRANT SELECT, INSERT, UPDATE ON pagos_disputa_respuesta TO qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE ON pagos_tarjeta TO qhatu_aplicacion;
