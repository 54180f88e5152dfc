"""Reverse fair: modalities as dated data, calls, items, sealed bids, awards, purchase orders, OCDS releases."""

import datetime
import uuid

import sqlalchemy as sa
from alembic import op

revision = "0007_feria_inversa"
down_revision = "0006_comercio"
branch_labels = None
depends_on = None

TEXTO = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TEXT SEARCH CONFIGURATION feria_es (COPY = spanish);
ALTER TEXT SEARCH CONFIGURATION feria_es
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
"""

TABLAS = """
CREATE TABLE feria_modalidad (
    id UUID NOT NULL,
    codigo VARCHAR(10) NOT NULL,
    nombre VARCHAR(120) NOT NULL,
    norma VARCHAR(200) NOT NULL,
    nota VARCHAR(500) NOT NULL,
    confirmado BOOLEAN NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    monto_desde BIGINT NOT NULL,
    monto_hasta BIGINT,
    dias_minimos SMALLINT NOT NULL,
    dias_impugnacion SMALLINT NOT NULL,
    metodo_ocds VARCHAR(10) NOT NULL,
    CONSTRAINT pk_feria_modalidad PRIMARY KEY (id),
    CONSTRAINT uq_feria_modalidad_codigo_vigente_desde UNIQUE (codigo, vigente_desde),
    CONSTRAINT ck_feria_modalidad_monto_desde CHECK (monto_desde >= 0),
    CONSTRAINT ck_feria_modalidad_monto_hasta CHECK (monto_hasta > monto_desde),
    CONSTRAINT ck_feria_modalidad_dias_minimos CHECK (dias_minimos BETWEEN 0 AND 365),
    CONSTRAINT ck_feria_modalidad_dias_impugnacion CHECK (dias_impugnacion BETWEEN 0 AND 60),
    CONSTRAINT ck_feria_modalidad_vigencia CHECK (vigente_hasta >= vigente_desde),
    CONSTRAINT ck_feria_modalidad_metodo_ocds CHECK (metodo_ocds IN ('open', 'selective', 'limited', 'direct'))
);

CREATE TABLE feria_serie (
    ambito VARCHAR(60) NOT NULL,
    ultimo BIGINT NOT NULL,
    CONSTRAINT pk_feria_serie PRIMARY KEY (ambito),
    CONSTRAINT ck_feria_serie_ultimo CHECK (ultimo > 0)
);

CREATE TABLE feria_convocatoria (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    estado VARCHAR(20) NOT NULL,
    version INTEGER NOT NULL,
    titulo VARCHAR(200) NOT NULL,
    descripcion VARCHAR(5000) NOT NULL,
    categoria VARCHAR(12) NOT NULL,
    municipio_ine TEXT NOT NULL,
    lugar_entrega VARCHAR(300) NOT NULL,
    plazo_entrega_dias INTEGER NOT NULL,
    monto_referencial BIGINT NOT NULL,
    modalidad_id UUID,
    cuce VARCHAR(26),
    ocid VARCHAR(60),
    convocatoria_anterior_id UUID,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    publicado_en TIMESTAMPTZ,
    vence_en TIMESTAMPTZ,
    cerrado_en TIMESTAMPTZ,
    abierto_en TIMESTAMPTZ,
    resuelto_en TIMESTAMPTZ,
    contratado_en TIMESTAMPTZ,
    cancelado_en TIMESTAMPTZ,
    motivo_cierre VARCHAR(1000),
    texto_busqueda TEXT NOT NULL,
    busqueda TSVECTOR DEFAULT ''::tsvector NOT NULL,
    CONSTRAINT pk_feria_convocatoria PRIMARY KEY (id),
    CONSTRAINT ck_feria_convocatoria_estado CHECK (estado IN ('borrador', 'programado', 'publicado', 'suspendido', 'recepcion_cerrada', 'apertura', 'subasta', 'evaluacion', 'adjudicado', 'desierto', 'desistido', 'descalificado', 'plazo_impugnacion', 'impugnado', 'confirmado', 'revocado', 'contratado', 'en_ejecucion', 'recibido', 'concluido', 'resuelto', 'incumplido', 'cancelado', 'anulado')),
    CONSTRAINT ck_feria_convocatoria_categoria CHECK (categoria IN ('bienes', 'servicios', 'obras', 'consultoria')),
    CONSTRAINT ck_feria_convocatoria_version CHECK (version > 0),
    CONSTRAINT ck_feria_convocatoria_titulo CHECK (char_length(titulo) BETWEEN 5 AND 200),
    CONSTRAINT ck_feria_convocatoria_monto_referencial CHECK (monto_referencial >= 0),
    CONSTRAINT ck_feria_convocatoria_plazo_entrega_dias CHECK (plazo_entrega_dias BETWEEN 1 AND 1095),
    CONSTRAINT ck_feria_convocatoria_publicada CHECK (estado IN ('borrador', 'programado') OR cancelado_en IS NOT NULL OR (cuce IS NOT NULL AND ocid IS NOT NULL AND modalidad_id IS NOT NULL AND publicado_en IS NOT NULL AND vence_en IS NOT NULL AND monto_referencial > 0)),
    CONSTRAINT ck_feria_convocatoria_plazo CHECK (vence_en > publicado_en),
    CONSTRAINT ck_feria_convocatoria_apertura CHECK (abierto_en >= vence_en),
    CONSTRAINT ck_feria_convocatoria_cancelacion CHECK ((cancelado_en IS NOT NULL) = (estado IN ('cancelado', 'anulado'))),
    CONSTRAINT ck_feria_convocatoria_motivo_cierre CHECK (cancelado_en IS NULL OR char_length(motivo_cierre) >= 10),
    CONSTRAINT fk_feria_convocatoria_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_feria_convocatoria_municipio_ine FOREIGN KEY(municipio_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT fk_feria_convocatoria_modalidad_id FOREIGN KEY(modalidad_id) REFERENCES feria_modalidad (id),
    CONSTRAINT uq_feria_convocatoria_cuce UNIQUE (cuce),
    CONSTRAINT uq_feria_convocatoria_ocid UNIQUE (ocid),
    CONSTRAINT fk_feria_convocatoria_convocatoria_anterior_id FOREIGN KEY(convocatoria_anterior_id) REFERENCES feria_convocatoria (id)
);
CREATE INDEX ix_feria_convocatoria_busqueda ON feria_convocatoria USING gin (busqueda);
CREATE INDEX ix_feria_convocatoria_estado_vence ON feria_convocatoria (estado, vence_en, id);
CREATE INDEX ix_feria_convocatoria_municipio ON feria_convocatoria (municipio_ine, estado);
CREATE INDEX ix_feria_convocatoria_unidad ON feria_convocatoria (unidad_id, creado_en, id);

CREATE TABLE feria_entidad (
    unidad_id UUID NOT NULL,
    codigo VARCHAR(4) NOT NULL,
    ejecutora VARCHAR(2) NOT NULL,
    provisional BOOLEAN NOT NULL,
    CONSTRAINT pk_feria_entidad PRIMARY KEY (unidad_id),
    CONSTRAINT uq_feria_entidad_codigo_ejecutora UNIQUE (codigo, ejecutora),
    CONSTRAINT ck_feria_entidad_codigo CHECK (codigo ~ '^[0-9]{4}$'),
    CONSTRAINT ck_feria_entidad_ejecutora CHECK (ejecutora ~ '^[0-9]{2}$'),
    CONSTRAINT fk_feria_entidad_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id)
);

CREATE TABLE feria_acta_apertura (
    convocatoria_id UUID NOT NULL,
    abierta_en TIMESTAMPTZ NOT NULL,
    abierta_por VARCHAR(200) NOT NULL,
    ofertas INTEGER NOT NULL,
    retiradas INTEGER NOT NULL,
    CONSTRAINT pk_feria_acta_apertura PRIMARY KEY (convocatoria_id),
    CONSTRAINT ck_feria_acta_apertura_ofertas CHECK (ofertas >= 0),
    CONSTRAINT ck_feria_acta_apertura_retiradas CHECK (retiradas >= 0),
    CONSTRAINT fk_feria_acta_apertura_convocatoria_id FOREIGN KEY(convocatoria_id) REFERENCES feria_convocatoria (id)
);

CREATE TABLE feria_item (
    id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    descripcion VARCHAR(500) NOT NULL,
    unspsc VARCHAR(8),
    cantidad NUMERIC(14, 4) NOT NULL,
    unidad_medida VARCHAR(20) NOT NULL,
    precio_referencial BIGINT NOT NULL,
    total_referencial BIGINT NOT NULL,
    CONSTRAINT pk_feria_item PRIMARY KEY (id),
    CONSTRAINT uq_feria_item_convocatoria_id_numero UNIQUE (convocatoria_id, numero),
    CONSTRAINT uq_feria_item_id_convocatoria_id UNIQUE (id, convocatoria_id),
    CONSTRAINT ck_feria_item_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_item_cantidad CHECK (cantidad > 0),
    CONSTRAINT ck_feria_item_descripcion CHECK (char_length(descripcion) >= 3),
    CONSTRAINT ck_feria_item_unidad_medida CHECK (unidad_medida IN ('unidad', 'pieza', 'equipo', 'juego', 'kit', 'par', 'docena', 'ciento', 'millar', 'caja', 'paquete', 'bolsa', 'saco', 'bidon', 'balde', 'tambor', 'botella', 'frasco', 'bote', 'tubo', 'rollo', 'sobre', 'barra', 'plancha', 'hoja', 'talonario', 'ejemplar', 'comprimido', 'capsula', 'ampolla', 'jarabe', 'solucion', 'prueba', 'dosis', 'plantin', 'racion', 'kilogramo', 'gramo', 'libra', 'quintal', 'arroba', 'tonelada', 'litro', 'mililitro', 'galon', 'metro', 'metro_cuadrado', 'metro_cubico', 'hora', 'jornada', 'dia', 'mes', 'viaje', 'servicio', 'global')),
    CONSTRAINT ck_feria_item_unspsc CHECK (unspsc ~ '^[0-9]{8}$'),
    CONSTRAINT ck_feria_item_precio_referencial CHECK (precio_referencial > 0),
    CONSTRAINT ck_feria_item_total_referencial CHECK (total_referencial >= 0),
    CONSTRAINT fk_feria_item_convocatoria_id FOREIGN KEY(convocatoria_id) REFERENCES feria_convocatoria (id)
);

CREATE TABLE feria_ocds_release (
    numero BIGINT GENERATED ALWAYS AS IDENTITY,
    convocatoria_id UUID NOT NULL,
    secuencia SMALLINT NOT NULL,
    ocid VARCHAR(60) NOT NULL,
    release_id VARCHAR(80) NOT NULL,
    fecha TIMESTAMPTZ NOT NULL,
    etiquetas JSONB NOT NULL,
    contenido TEXT NOT NULL,
    CONSTRAINT pk_feria_ocds_release PRIMARY KEY (numero),
    CONSTRAINT uq_feria_ocds_release_convocatoria_id_secuencia UNIQUE (convocatoria_id, secuencia),
    CONSTRAINT ck_feria_ocds_release_secuencia CHECK (secuencia > 0),
    CONSTRAINT fk_feria_ocds_release_convocatoria_id FOREIGN KEY(convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT uq_feria_ocds_release_release_id UNIQUE (release_id)
);
CREATE INDEX ix_feria_ocds_release_ocid ON feria_ocds_release (ocid, secuencia);

CREATE TABLE feria_oferta (
    id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    intento SMALLINT NOT NULL,
    estado VARCHAR(12) NOT NULL,
    presentada_en TIMESTAMPTZ NOT NULL,
    presentada_por VARCHAR(200) NOT NULL,
    terminada_en TIMESTAMPTZ,
    huella VARCHAR(64) NOT NULL,
    cantidad_lineas SMALLINT NOT NULL,
    CONSTRAINT pk_feria_oferta PRIMARY KEY (id),
    CONSTRAINT uq_feria_oferta_id_convocatoria_id UNIQUE (id, convocatoria_id),
    CONSTRAINT uq_feria_oferta_convocatoria_id_unidad_id_intento UNIQUE (convocatoria_id, unidad_id, intento),
    CONSTRAINT ck_feria_oferta_estado CHECK (estado IN ('vigente', 'reemplazada', 'retirada')),
    CONSTRAINT ck_feria_oferta_terminada_en CHECK ((estado = 'vigente') = (terminada_en IS NULL)),
    CONSTRAINT ck_feria_oferta_intento CHECK (intento > 0),
    CONSTRAINT ck_feria_oferta_huella CHECK (huella ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_feria_oferta_cantidad_lineas CHECK (cantidad_lineas > 0),
    CONSTRAINT fk_feria_oferta_convocatoria_id FOREIGN KEY(convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT fk_feria_oferta_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id)
);
CREATE INDEX ix_feria_oferta_unidad ON feria_oferta (unidad_id, presentada_en, id);
CREATE UNIQUE INDEX uq_feria_oferta_vigente ON feria_oferta (convocatoria_id, unidad_id) WHERE estado = 'vigente';

CREATE TABLE feria_orden_de_compra (
    id UUID NOT NULL,
    numero VARCHAR(30) NOT NULL,
    convocatoria_id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    proveedor_id UUID NOT NULL,
    total BIGINT NOT NULL,
    plazo_dias SMALLINT NOT NULL,
    emitida_en TIMESTAMPTZ NOT NULL,
    emitida_por VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_orden_de_compra PRIMARY KEY (id),
    CONSTRAINT uq_feria_orden_de_compra_convocatoria_id_proveedor_id UNIQUE (convocatoria_id, proveedor_id),
    CONSTRAINT ck_feria_orden_de_compra_total CHECK (total > 0),
    CONSTRAINT ck_feria_orden_de_compra_plazo_dias CHECK (plazo_dias BETWEEN 1 AND 1095),
    CONSTRAINT uq_feria_orden_de_compra_numero UNIQUE (numero),
    CONSTRAINT fk_feria_orden_de_compra_convocatoria_id FOREIGN KEY(convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT fk_feria_orden_de_compra_unidad_id FOREIGN KEY(unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_feria_orden_de_compra_proveedor_id FOREIGN KEY(proveedor_id) REFERENCES registro_unidad (id)
);
CREATE INDEX ix_feria_orden_de_compra_proveedor ON feria_orden_de_compra (proveedor_id, emitida_en, id);

CREATE TABLE feria_oferta_linea (
    id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    oferta_id UUID NOT NULL,
    item_id UUID NOT NULL,
    precio_unitario BIGINT NOT NULL,
    total BIGINT NOT NULL,
    marca VARCHAR(120) NOT NULL,
    detalle VARCHAR(1000) NOT NULL,
    plazo_dias SMALLINT NOT NULL,
    CONSTRAINT pk_feria_oferta_linea PRIMARY KEY (id),
    CONSTRAINT uq_feria_oferta_linea_oferta_id_item_id UNIQUE (oferta_id, item_id),
    CONSTRAINT uq_feria_oferta_linea_id_item_id UNIQUE (id, item_id),
    CONSTRAINT fk_feria_oferta_linea_oferta_id_convocatoria_id FOREIGN KEY(oferta_id, convocatoria_id) REFERENCES feria_oferta (id, convocatoria_id),
    CONSTRAINT fk_feria_oferta_linea_item_id_convocatoria_id FOREIGN KEY(item_id, convocatoria_id) REFERENCES feria_item (id, convocatoria_id),
    CONSTRAINT ck_feria_oferta_linea_precio_unitario CHECK (precio_unitario > 0),
    CONSTRAINT ck_feria_oferta_linea_total CHECK (total >= 0),
    CONSTRAINT ck_feria_oferta_linea_plazo_dias CHECK (plazo_dias BETWEEN 1 AND 1095)
);
CREATE INDEX ix_feria_oferta_linea_convocatoria ON feria_oferta_linea (convocatoria_id, item_id, total);

CREATE TABLE feria_sobre (
    oferta_id UUID NOT NULL,
    contenido BYTEA NOT NULL,
    CONSTRAINT pk_feria_sobre PRIMARY KEY (oferta_id),
    CONSTRAINT fk_feria_sobre_oferta_id FOREIGN KEY(oferta_id) REFERENCES feria_oferta (id)
);

CREATE TABLE feria_adjudicacion (
    id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    item_id UUID NOT NULL,
    resultado VARCHAR(10) NOT NULL,
    oferta_linea_id UUID,
    proveedor_id UUID,
    total BIGINT,
    es_menor_precio BOOLEAN NOT NULL,
    motivo VARCHAR(1000) NOT NULL,
    decidida_en TIMESTAMPTZ NOT NULL,
    decidida_por VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_adjudicacion PRIMARY KEY (id),
    CONSTRAINT uq_feria_adjudicacion_item_id UNIQUE (item_id),
    CONSTRAINT fk_feria_adjudicacion_item_id_convocatoria_id FOREIGN KEY(item_id, convocatoria_id) REFERENCES feria_item (id, convocatoria_id),
    CONSTRAINT fk_feria_adjudicacion_oferta_linea_id_item_id FOREIGN KEY(oferta_linea_id, item_id) REFERENCES feria_oferta_linea (id, item_id),
    CONSTRAINT ck_feria_adjudicacion_resultado CHECK (resultado IN ('adjudicado', 'desierto')),
    CONSTRAINT ck_feria_adjudicacion_oferta_linea_id CHECK ((resultado = 'adjudicado') = (oferta_linea_id IS NOT NULL)),
    CONSTRAINT ck_feria_adjudicacion_proveedor_id CHECK ((resultado = 'adjudicado') = (proveedor_id IS NOT NULL)),
    CONSTRAINT ck_feria_adjudicacion_total CHECK ((resultado = 'adjudicado') = (total IS NOT NULL)),
    CONSTRAINT ck_feria_adjudicacion_motivo CHECK ((resultado = 'adjudicado' AND es_menor_precio) OR char_length(motivo) >= 10),
    CONSTRAINT fk_feria_adjudicacion_proveedor_id FOREIGN KEY(proveedor_id) REFERENCES registro_unidad (id)
);
CREATE INDEX ix_feria_adjudicacion_convocatoria ON feria_adjudicacion (convocatoria_id, proveedor_id);

-- Two values of one modality can never be in force on the same day.
ALTER TABLE feria_modalidad ADD CONSTRAINT ex_feria_modalidad_vigencia
    EXCLUDE USING gist (codigo WITH =, daterange(vigente_desde, vigente_hasta, '[]') WITH &&);
"""

# The same table as feria_inversa.estados.TRANSICIONES; a test compares them pair by pair.
ESTADOS = """
CREATE FUNCTION feria_transicion_permitida(desde text, hacia text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT (hacia IN ('cancelado', 'anulado') AND desde NOT IN (
               'desierto', 'contratado', 'en_ejecucion', 'recibido', 'concluido', 'resuelto', 'incumplido',
               'cancelado', 'anulado'))
        OR (desde, hacia) IN (
            ('borrador', 'programado'), ('borrador', 'publicado'), ('programado', 'publicado'),
            ('publicado', 'suspendido'), ('publicado', 'recepcion_cerrada'), ('suspendido', 'publicado'),
            ('recepcion_cerrada', 'apertura'), ('apertura', 'subasta'), ('apertura', 'evaluacion'),
            ('subasta', 'evaluacion'), ('evaluacion', 'adjudicado'), ('evaluacion', 'desierto'),
            ('adjudicado', 'plazo_impugnacion'), ('adjudicado', 'contratado'), ('adjudicado', 'desistido'),
            ('adjudicado', 'descalificado'), ('desistido', 'evaluacion'), ('desistido', 'desierto'),
            ('descalificado', 'evaluacion'), ('descalificado', 'desierto'),
            ('plazo_impugnacion', 'impugnado'), ('plazo_impugnacion', 'contratado'),
            ('impugnado', 'confirmado'), ('impugnado', 'revocado'), ('confirmado', 'contratado'),
            ('revocado', 'evaluacion'), ('contratado', 'en_ejecucion'), ('en_ejecucion', 'recibido'),
            ('en_ejecucion', 'resuelto'), ('en_ejecucion', 'incumplido'), ('recibido', 'concluido'))
$$;
"""

DISPARADORES = """
CREATE FUNCTION feria_inmutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER feria_sobre_inmutable BEFORE UPDATE OR DELETE ON feria_sobre
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
CREATE TRIGGER feria_oferta_linea_inmutable BEFORE UPDATE OR DELETE ON feria_oferta_linea
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
CREATE TRIGGER feria_acta_apertura_inmutable BEFORE UPDATE OR DELETE ON feria_acta_apertura
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
CREATE TRIGGER feria_adjudicacion_inmutable BEFORE UPDATE OR DELETE ON feria_adjudicacion
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
CREATE TRIGGER feria_orden_de_compra_inmutable BEFORE UPDATE OR DELETE ON feria_orden_de_compra
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
CREATE TRIGGER feria_ocds_release_inmutable BEFORE UPDATE OR DELETE ON feria_ocds_release
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
CREATE TRIGGER feria_oferta_sin_borrado BEFORE DELETE ON feria_oferta
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();

CREATE FUNCTION feria_convocatoria_indexar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.busqueda :=
        setweight(to_tsvector('feria_es', NEW.titulo), 'A')
        || setweight(to_tsvector('feria_es', NEW.texto_busqueda), 'B')
        || setweight(to_tsvector('feria_es', NEW.descripcion), 'D');
    RETURN NEW;
END $$;
CREATE TRIGGER feria_convocatoria_indexar BEFORE INSERT OR UPDATE OF titulo, descripcion, texto_busqueda
    ON feria_convocatoria FOR EACH ROW EXECUTE FUNCTION feria_convocatoria_indexar();

CREATE FUNCTION feria_convocatoria_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.estado <> 'borrador' THEN
        RAISE EXCEPTION 'a call is born as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_convocatoria_nace BEFORE INSERT ON feria_convocatoria
    FOR EACH ROW EXECUTE FUNCTION feria_convocatoria_nace();

-- One place refuses a forbidden step, a change of what was published, a close before its time.
CREATE FUNCTION feria_convocatoria_paso() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.estado <> 'borrador' THEN
            RAISE EXCEPTION 'only a draft can be deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.estado <> OLD.estado AND NOT feria_transicion_permitida(OLD.estado, NEW.estado) THEN
        RAISE EXCEPTION 'step not allowed: % to %', OLD.estado, NEW.estado USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado NOT IN ('borrador', 'programado') AND (
        NEW.id, NEW.unidad_id, NEW.titulo, NEW.descripcion, NEW.categoria, NEW.municipio_ine, NEW.lugar_entrega,
        NEW.plazo_entrega_dias, NEW.monto_referencial, NEW.modalidad_id, NEW.cuce, NEW.ocid,
        NEW.convocatoria_anterior_id, NEW.publicado_en, NEW.vence_en
    ) IS DISTINCT FROM (
        OLD.id, OLD.unidad_id, OLD.titulo, OLD.descripcion, OLD.categoria, OLD.municipio_ine, OLD.lugar_entrega,
        OLD.plazo_entrega_dias, OLD.monto_referencial, OLD.modalidad_id, OLD.cuce, OLD.ocid,
        OLD.convocatoria_anterior_id, OLD.publicado_en, OLD.vence_en
    ) THEN
        RAISE EXCEPTION 'a published call does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado <> OLD.estado AND NEW.estado IN ('recepcion_cerrada', 'apertura')
        AND nucleo_ahora() < NEW.vence_en THEN
        RAISE EXCEPTION 'the deadline has not passed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_convocatoria_paso BEFORE UPDATE OR DELETE ON feria_convocatoria
    FOR EACH ROW EXECUTE FUNCTION feria_convocatoria_paso();

CREATE FUNCTION feria_item_congelado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.convocatoria_id ELSE NEW.convocatoria_id END;
BEGIN
    IF (SELECT estado FROM feria_convocatoria WHERE id = llamado) <> 'borrador' THEN
        RAISE EXCEPTION 'the items of a published call do not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER feria_item_congelado BEFORE INSERT OR UPDATE OR DELETE ON feria_item
    FOR EACH ROW EXECUTE FUNCTION feria_item_congelado();

-- The last word on lateness: the bid's instant, taken under the call's lock, is before the deadline.
CREATE FUNCTION feria_oferta_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado record;
    momento timestamptz := CASE WHEN TG_OP = 'INSERT' THEN NEW.presentada_en ELSE NEW.terminada_en END;
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.estado <> 'vigente' OR
        (NEW.id, NEW.convocatoria_id, NEW.unidad_id, NEW.intento, NEW.presentada_en, NEW.presentada_por,
         NEW.huella, NEW.cantidad_lineas)
        IS DISTINCT FROM
        (OLD.id, OLD.convocatoria_id, OLD.unidad_id, OLD.intento, OLD.presentada_en, OLD.presentada_por,
         OLD.huella, OLD.cantidad_lineas)
    ) THEN
        RAISE EXCEPTION 'a bid is never edited, only ended' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT estado, vence_en INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id FOR SHARE;
    IF llamado.estado <> 'publicado' OR momento >= llamado.vence_en
        OR momento NOT BETWEEN nucleo_ahora() - interval '1 minute' AND nucleo_ahora() THEN
        RAISE EXCEPTION 'late bid' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_oferta_a_tiempo BEFORE INSERT OR UPDATE ON feria_oferta
    FOR EACH ROW EXECUTE FUNCTION feria_oferta_a_tiempo();

CREATE FUNCTION feria_oferta_linea_abierta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
    WHERE o.id = NEW.oferta_id AND o.estado = 'vigente' AND c.estado = 'apertura' AND c.vence_en <= nucleo_ahora();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the envelopes are closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_oferta_linea_abierta BEFORE INSERT ON feria_oferta_linea
    FOR EACH ROW EXECUTE FUNCTION feria_oferta_linea_abierta();

CREATE FUNCTION feria_adjudicacion_en_evaluacion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT estado FROM feria_convocatoria WHERE id = NEW.convocatoria_id) <> 'evaluacion' THEN
        RAISE EXCEPTION 'the call is not under evaluation' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_adjudicacion_en_evaluacion BEFORE INSERT ON feria_adjudicacion
    FOR EACH ROW EXECUTE FUNCTION feria_adjudicacion_en_evaluacion();
"""

MIL = 1_000 * 100
# The bounds are centavos: above the first, up to and including the second.
CAMPOS = (
    "codigo", "nombre", "monto_desde", "monto_hasta", "dias_minimos", "dias_impugnacion", "confirmado", "norma", "nota",
)
MODALIDADES = (
    ("CM", "Contratación Menor", 0, 50 * MIL, 4, 0, False, "DS 0181 y modificaciones, art. 47",
     "El plazo mínimo de 4 días hábiles es el de los montos de hasta Bs 200.000; falta confirmar si rige aquí."),
    ("ANPE", "Apoyo Nacional a la Producción y Empleo, hasta Bs 200.000", 50 * MIL, 200 * MIL, 4, 0, True,
     "DS 0181 y modificaciones, art. 47", ""),
    ("ANPP", "Apoyo Nacional a la Producción y Empleo, más de Bs 200.000", 200 * MIL, 1000 * MIL, 8, 3, True,
     "DS 0181 y modificaciones, art. 47", ""),
    ("LP", "Licitación Pública nacional", 1000 * MIL, None, 15, 3, True, "DS 0181 y modificaciones, art. 47",
     "La licitación internacional exige 20 días hábiles."),
)
ESPACIO = uuid.UUID("5b0c9a52-8e0b-5a86-9c5b-1f6f2a1f0c77")
# The norm is older; this is the day from which the platform applies these values.
DESDE = datetime.date(2020, 1, 1)

_TABLAS = (
    "feria_ocds_release", "feria_orden_de_compra", "feria_adjudicacion", "feria_acta_apertura",
    "feria_oferta_linea", "feria_sobre", "feria_oferta", "feria_item", "feria_convocatoria", "feria_serie",
    "feria_entidad", "feria_modalidad",
)
_FUNCIONES = (
    "feria_inmutable()", "feria_convocatoria_indexar()", "feria_convocatoria_nace()", "feria_convocatoria_paso()",
    "feria_item_congelado()", "feria_oferta_a_tiempo()", "feria_oferta_linea_abierta()",
    "feria_adjudicacion_en_evaluacion()", "feria_transicion_permitida(text, text)",
)


def upgrade() -> None:
    for bloque in (TEXTO, TABLAS, ESTADOS, DISPARADORES):
        op.execute(sa.text(bloque.replace(":", r"\:")))
    op.get_bind().execute(
        sa.text(
            "INSERT INTO feria_modalidad (id, codigo, nombre, norma, nota, confirmado, vigente_desde, monto_desde, "
            "monto_hasta, dias_minimos, dias_impugnacion, metodo_ocds) VALUES (:id, :codigo, :nombre, :norma, :nota, "
            ":confirmado, :vigente_desde, :monto_desde, :monto_hasta, :dias_minimos, :dias_impugnacion, 'open')"
        ),
        [
            dict(zip(CAMPOS, fila, strict=True), id=uuid.uuid5(ESPACIO, f"{fila[0]}:{DESDE}"), vigente_desde=DESDE)
            for fila in MODALIDADES
        ],
    )


def downgrade() -> None:
    for tabla in _TABLAS:
        op.execute(f"DROP TABLE {tabla}")
    for funcion in _FUNCIONES:
        op.execute(f"DROP FUNCTION {funcion}")
    op.execute("DROP TEXT SEARCH CONFIGURATION feria_es")
