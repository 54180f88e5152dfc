-- Bags, manifests, what they carry, what arrived otherwise, and the rounds of the day.
CREATE TABLE envios_despacho (
    id UUID NOT NULL,
    serie BIGINT GENERATED ALWAYS AS IDENTITY,
    operador_unidad_id UUID NOT NULL,
    origen_agencia_id UUID NOT NULL,
    destino_agencia_id UUID NOT NULL,
    destino_unidad_id UUID NOT NULL,
    vehiculo TEXT NOT NULL,
    conductor TEXT NOT NULL,
    estado TEXT NOT NULL,
    sacas INTEGER,
    envios INTEGER,
    peso_g INTEGER,
    creado_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    creado_por TEXT NOT NULL,
    salio_en TIMESTAMP WITH TIME ZONE,
    salio_por TEXT,
    llego_en TIMESTAMP WITH TIME ZONE,
    recibido_en TIMESTAMP WITH TIME ZONE,
    recibido_por TEXT,
    revisar_en TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_envios_despacho PRIMARY KEY (id),
    CONSTRAINT uq_envios_despacho_serie UNIQUE (serie),
    CONSTRAINT uq_envios_despacho_camino UNIQUE (id, origen_agencia_id, destino_agencia_id),
    CONSTRAINT fk_envios_despacho_origen_agencia_id_envios_agencia FOREIGN KEY(origen_agencia_id, operador_unidad_id) REFERENCES envios_agencia (id, operador_unidad_id),
    CONSTRAINT fk_envios_despacho_destino_agencia_id_envios_agencia FOREIGN KEY(destino_agencia_id, destino_unidad_id) REFERENCES envios_agencia (id, operador_unidad_id),
    CONSTRAINT ck_envios_despacho_camino CHECK (origen_agencia_id <> destino_agencia_id),
    CONSTRAINT ck_envios_despacho_quien CHECK (length(vehiculo) BETWEEN 1 AND 60 AND length(conductor) BETWEEN 1 AND 120),
    CONSTRAINT ck_envios_despacho_salida CHECK ((estado IN ('en_preparacion', 'deshecho')) = (salio_en IS NULL) AND (salio_en IS NULL) = (peso_g IS NULL) AND (salio_en IS NULL) = (sacas IS NULL) AND (salio_en IS NULL) = (envios IS NULL)),
    CONSTRAINT ck_envios_despacho_recepcion CHECK ((estado = 'recibido') = (recibido_en IS NOT NULL)),
    CONSTRAINT ck_envios_despacho_revisar CHECK ((estado IN ('recibido', 'deshecho')) = (revisar_en IS NULL)),
    CONSTRAINT fk_envios_despacho_operador_unidad_id FOREIGN KEY(operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_despacho_destino_unidad_id FOREIGN KEY(destino_unidad_id) REFERENCES registro_unidad (id)
);
CREATE INDEX ix_envios_despacho_destino ON envios_despacho (destino_agencia_id, creado_en, id);
CREATE INDEX ix_envios_despacho_origen ON envios_despacho (origen_agencia_id, creado_en, id);
CREATE INDEX ix_envios_despacho_revisar ON envios_despacho (revisar_en) WHERE revisar_en IS NOT NULL;
ALTER TABLE envios_despacho DROP CONSTRAINT IF EXISTS ck_envios_despacho_estado,
    ADD CONSTRAINT ck_envios_despacho_estado CHECK (estado IN ('en_preparacion', 'en_camino', 'recibido', 'deshecho'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_despacho FOR EACH ROW
    WHEN (NEW.estado NOT IN ('en_preparacion')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_despacho FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'en_preparacion' THEN NEW.estado IN ('en_camino', 'deshecho')
        WHEN 'en_camino' THEN NEW.estado IN ('recibido')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
GRANT SELECT, INSERT, UPDATE (estado, sacas, envios, peso_g, salio_en, salio_por, llego_en, recibido_en, recibido_por, revisar_en) ON envios_despacho TO qhatu_aplicacion;

CREATE TABLE envios_saca (
    id UUID NOT NULL,
    serie BIGINT GENERATED ALWAYS AS IDENTITY,
    operador_unidad_id UUID NOT NULL,
    origen_agencia_id UUID NOT NULL,
    destino_agencia_id UUID NOT NULL,
    destino_unidad_id UUID NOT NULL,
    estado TEXT NOT NULL,
    despacho_id UUID,
    precinto TEXT,
    peso_g INTEGER,
    creada_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    creada_por TEXT NOT NULL,
    cerrada_en TIMESTAMP WITH TIME ZONE,
    cerrada_por TEXT,
    recibida_en TIMESTAMP WITH TIME ZONE,
    recibida_por TEXT,
    precinto_intacto BOOLEAN,
    peso_recibido_g INTEGER,
    revisar_en TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_envios_saca PRIMARY KEY (id),
    CONSTRAINT uq_envios_saca_serie UNIQUE (serie),
    CONSTRAINT fk_envios_saca_origen_agencia_id_envios_agencia FOREIGN KEY(origen_agencia_id, operador_unidad_id) REFERENCES envios_agencia (id, operador_unidad_id),
    CONSTRAINT fk_envios_saca_destino_agencia_id_envios_agencia FOREIGN KEY(destino_agencia_id, destino_unidad_id) REFERENCES envios_agencia (id, operador_unidad_id),
    CONSTRAINT fk_envios_saca_despacho_id_envios_despacho FOREIGN KEY(despacho_id, origen_agencia_id, destino_agencia_id) REFERENCES envios_despacho (id, origen_agencia_id, destino_agencia_id),
    CONSTRAINT ck_envios_saca_camino CHECK (origen_agencia_id <> destino_agencia_id),
    CONSTRAINT ck_envios_saca_precinto CHECK (precinto ~ '^[A-Z0-9][A-Z0-9-]{2,19}$'),
    CONSTRAINT ck_envios_saca_peso CHECK (peso_g BETWEEN 1 AND 1000000 AND peso_recibido_g BETWEEN 1 AND 1000000),
    CONSTRAINT ck_envios_saca_cierre CHECK ((precinto IS NULL) = (peso_g IS NULL) AND (precinto IS NULL) = (cerrada_en IS NULL) AND (estado = 'deshecha' OR (estado = 'abierta') = (precinto IS NULL))),
    CONSTRAINT ck_envios_saca_despacho CHECK (despacho_id IS NOT NULL OR estado IN ('abierta', 'cerrada', 'deshecha')),
    CONSTRAINT ck_envios_saca_sin_despacho CHECK (despacho_id IS NULL OR estado NOT IN ('abierta', 'deshecha')),
    CONSTRAINT ck_envios_saca_recepcion CHECK ((estado IN ('recibida', 'vaciada')) = (recibida_en IS NOT NULL) AND (recibida_en IS NULL) = (precinto_intacto IS NULL) AND (peso_recibido_g IS NULL OR recibida_en IS NOT NULL)),
    CONSTRAINT ck_envios_saca_revisar CHECK (revisar_en IS NOT NULL OR despacho_id IS NOT NULL OR estado = 'deshecha'),
    CONSTRAINT fk_envios_saca_operador_unidad_id FOREIGN KEY(operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_saca_destino_unidad_id FOREIGN KEY(destino_unidad_id) REFERENCES registro_unidad (id)
);
CREATE INDEX ix_envios_saca_despacho_id ON envios_saca (despacho_id);
CREATE INDEX ix_envios_saca_destino ON envios_saca (destino_agencia_id, creada_en, id);
CREATE INDEX ix_envios_saca_origen ON envios_saca (origen_agencia_id, creada_en, id);
CREATE INDEX ix_envios_saca_revisar ON envios_saca (revisar_en) WHERE revisar_en IS NOT NULL;
ALTER TABLE envios_saca DROP CONSTRAINT IF EXISTS ck_envios_saca_estado,
    ADD CONSTRAINT ck_envios_saca_estado CHECK (estado IN ('abierta', 'cerrada', 'en_camino', 'recibida', 'vaciada', 'no_llego', 'deshecha'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_saca FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_saca FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('cerrada', 'deshecha')
        WHEN 'cerrada' THEN NEW.estado IN ('abierta', 'en_camino', 'deshecha')
        WHEN 'en_camino' THEN NEW.estado IN ('recibida', 'no_llego')
        WHEN 'recibida' THEN NEW.estado IN ('vaciada')
        WHEN 'no_llego' THEN NEW.estado IN ('recibida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
GRANT SELECT, INSERT, UPDATE (estado, despacho_id, precinto, peso_g, cerrada_en, cerrada_por, recibida_en, recibida_por, precinto_intacto, peso_recibido_g, revisar_en) ON envios_saca TO qhatu_aplicacion;

CREATE TABLE envios_carga (
    id UUID NOT NULL,
    envio_id UUID NOT NULL,
    saca_id UUID,
    despacho_id UUID,
    estado TEXT NOT NULL,
    entro_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    entro_por TEXT NOT NULL,
    salio_en TIMESTAMP WITH TIME ZONE,
    salio_por TEXT,
    llego_agencia_id UUID,
    CONSTRAINT pk_envios_carga PRIMARY KEY (id),
    CONSTRAINT ck_envios_carga_donde CHECK ((saca_id IS NULL) <> (despacho_id IS NULL)),
    CONSTRAINT ck_envios_carga_salida CHECK ((estado = 'dentro') = (salio_en IS NULL)),
    CONSTRAINT ck_envios_carga_llegada CHECK (llego_agencia_id IS NULL OR estado = 'llegada'),
    CONSTRAINT fk_envios_carga_envio_id FOREIGN KEY(envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_carga_saca_id FOREIGN KEY(saca_id) REFERENCES envios_saca (id),
    CONSTRAINT fk_envios_carga_despacho_id FOREIGN KEY(despacho_id) REFERENCES envios_despacho (id),
    CONSTRAINT fk_envios_carga_llego_agencia_id FOREIGN KEY(llego_agencia_id) REFERENCES envios_agencia (id)
);
CREATE INDEX ix_envios_carga_despacho_id ON envios_carga (despacho_id);
CREATE INDEX ix_envios_carga_envio ON envios_carga (envio_id, entro_en);
CREATE INDEX ix_envios_carga_saca_id ON envios_carga (saca_id);
CREATE UNIQUE INDEX uq_envios_carga_una ON envios_carga (envio_id) WHERE estado = 'dentro';
ALTER TABLE envios_carga DROP CONSTRAINT IF EXISTS ck_envios_carga_estado,
    ADD CONSTRAINT ck_envios_carga_estado CHECK (estado IN ('dentro', 'sacada', 'llegada', 'faltante'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_carga FOR EACH ROW
    WHEN (NEW.estado NOT IN ('dentro')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_carga FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'dentro' THEN NEW.estado IN ('sacada', 'llegada', 'faltante')
        WHEN 'faltante' THEN NEW.estado IN ('llegada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
GRANT SELECT, INSERT, UPDATE (estado, salio_en, salio_por, llego_agencia_id) ON envios_carga TO qhatu_aplicacion;

CREATE TABLE envios_diferencia (
    id UUID NOT NULL,
    despacho_id UUID NOT NULL,
    clase TEXT NOT NULL,
    saca_id UUID,
    envio_id UUID,
    estado TEXT NOT NULL,
    abierta_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    abierta_por TEXT NOT NULL,
    vence_en TIMESTAMP WITH TIME ZONE,
    explicacion TEXT,
    explicada_en TIMESTAMP WITH TIME ZONE,
    explicada_por TEXT,
    explicada_agencia_id UUID,
    terminada_en TIMESTAMP WITH TIME ZONE,
    terminada_por TEXT,
    CONSTRAINT pk_envios_diferencia PRIMARY KEY (id),
    CONSTRAINT ck_envios_diferencia_clase CHECK (clase IN ('faltante', 'sobrante', 'precinto_roto', 'peso_distinto')),
    CONSTRAINT ck_envios_diferencia_de_que CHECK ((saca_id IS NULL) <> (envio_id IS NULL) AND (clase IN ('faltante', 'sobrante') OR saca_id IS NOT NULL)),
    CONSTRAINT ck_envios_diferencia_explicacion CHECK ((explicacion IS NULL) = (explicada_en IS NULL) AND (explicacion IS NULL) = (explicada_agencia_id IS NULL) AND (estado NOT IN ('explicada', 'cerrada') OR explicacion IS NOT NULL)),
    CONSTRAINT ck_envios_diferencia_vence CHECK ((estado IN ('abierta', 'explicada')) = (vence_en IS NOT NULL)),
    CONSTRAINT uq_envios_diferencia_una UNIQUE NULLS NOT DISTINCT (despacho_id, clase, saca_id, envio_id),
    CONSTRAINT fk_envios_diferencia_despacho_id FOREIGN KEY(despacho_id) REFERENCES envios_despacho (id),
    CONSTRAINT fk_envios_diferencia_saca_id FOREIGN KEY(saca_id) REFERENCES envios_saca (id),
    CONSTRAINT fk_envios_diferencia_envio_id FOREIGN KEY(envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_diferencia_explicada_agencia_id FOREIGN KEY(explicada_agencia_id) REFERENCES envios_agencia (id)
);
CREATE INDEX ix_envios_diferencia_envio ON envios_diferencia (envio_id) WHERE envio_id IS NOT NULL;
CREATE INDEX ix_envios_diferencia_vence ON envios_diferencia (vence_en) WHERE vence_en IS NOT NULL;
ALTER TABLE envios_diferencia DROP CONSTRAINT IF EXISTS ck_envios_diferencia_estado,
    ADD CONSTRAINT ck_envios_diferencia_estado CHECK (estado IN ('abierta', 'explicada', 'encontrada', 'vencida', 'cerrada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_diferencia FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_diferencia FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('explicada', 'encontrada', 'vencida')
        WHEN 'explicada' THEN NEW.estado IN ('abierta', 'encontrada', 'cerrada')
        WHEN 'vencida' THEN NEW.estado IN ('explicada', 'encontrada')
        WHEN 'cerrada' THEN NEW.estado IN ('encontrada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
GRANT SELECT, INSERT, UPDATE (estado, vence_en, explicacion, explicada_en, explicada_por, explicada_agencia_id, terminada_en, terminada_por) ON envios_diferencia TO qhatu_aplicacion;

CREATE TABLE envios_hoja_de_ruta (
    id UUID NOT NULL,
    serie BIGINT GENERATED ALWAYS AS IDENTITY,
    operador_unidad_id UUID NOT NULL,
    agencia_id UUID NOT NULL,
    repartidor_persona_id UUID NOT NULL,
    dia DATE NOT NULL,
    estado TEXT NOT NULL,
    creada_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    creada_por TEXT NOT NULL,
    salio_en TIMESTAMP WITH TIME ZONE,
    cerrada_en TIMESTAMP WITH TIME ZONE,
    cerrada_por TEXT,
    revisar_en TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_envios_hoja_de_ruta PRIMARY KEY (id),
    CONSTRAINT uq_envios_hoja_de_ruta_serie UNIQUE (serie),
    CONSTRAINT fk_envios_hoja_de_ruta_agencia_id_envios_agencia FOREIGN KEY(agencia_id, operador_unidad_id) REFERENCES envios_agencia (id, operador_unidad_id),
    CONSTRAINT ck_envios_hoja_de_ruta_instantes CHECK ((estado IN ('en_preparacion', 'deshecha')) = (salio_en IS NULL) AND (estado = 'cerrada') = (cerrada_en IS NOT NULL)),
    CONSTRAINT ck_envios_hoja_de_ruta_revisar CHECK ((estado IN ('cerrada', 'deshecha')) = (revisar_en IS NULL)),
    CONSTRAINT fk_envios_hoja_de_ruta_operador_unidad_id FOREIGN KEY(operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_hoja_de_ruta_repartidor_persona_id FOREIGN KEY(repartidor_persona_id) REFERENCES ciudadania_persona (id)
);
CREATE INDEX ix_envios_hoja_de_ruta_agencia ON envios_hoja_de_ruta (agencia_id, dia, id);
CREATE INDEX ix_envios_hoja_de_ruta_revisar ON envios_hoja_de_ruta (revisar_en) WHERE revisar_en IS NOT NULL;
ALTER TABLE envios_hoja_de_ruta DROP CONSTRAINT IF EXISTS ck_envios_hoja_de_ruta_estado,
    ADD CONSTRAINT ck_envios_hoja_de_ruta_estado CHECK (estado IN ('en_preparacion', 'en_reparto', 'cerrada', 'deshecha'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_hoja_de_ruta FOR EACH ROW
    WHEN (NEW.estado NOT IN ('en_preparacion')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_hoja_de_ruta FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'en_preparacion' THEN NEW.estado IN ('en_reparto', 'deshecha')
        WHEN 'en_reparto' THEN NEW.estado IN ('cerrada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
GRANT SELECT, INSERT, UPDATE (estado, salio_en, cerrada_en, cerrada_por, revisar_en) ON envios_hoja_de_ruta TO qhatu_aplicacion;

CREATE TABLE envios_parada (
    id UUID NOT NULL,
    hoja_id UUID NOT NULL,
    envio_id UUID NOT NULL,
    orden INTEGER,
    estado TEXT NOT NULL,
    entro_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    termino_en TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_envios_parada PRIMARY KEY (id),
    CONSTRAINT ck_envios_parada_termino CHECK ((estado = 'pendiente') = (termino_en IS NULL)),
    CONSTRAINT ck_envios_parada_orden CHECK (orden >= 1),
    CONSTRAINT fk_envios_parada_hoja_id FOREIGN KEY(hoja_id) REFERENCES envios_hoja_de_ruta (id),
    CONSTRAINT fk_envios_parada_envio_id FOREIGN KEY(envio_id) REFERENCES envios_envio (id)
);
CREATE INDEX ix_envios_parada_hoja_id ON envios_parada (hoja_id, orden);
CREATE UNIQUE INDEX uq_envios_parada_una ON envios_parada (envio_id) WHERE estado = 'pendiente';
ALTER TABLE envios_parada DROP CONSTRAINT IF EXISTS ck_envios_parada_estado,
    ADD CONSTRAINT ck_envios_parada_estado CHECK (estado IN ('pendiente', 'quitada', 'entregada', 'no_entregada', 'sin_resultado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_parada FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pendiente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_parada FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pendiente' THEN NEW.estado IN ('quitada', 'entregada', 'no_entregada', 'sin_resultado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
GRANT SELECT, INSERT, UPDATE (estado, orden, termino_en) ON envios_parada TO qhatu_aplicacion;

