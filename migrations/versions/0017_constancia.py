"""The public log: leaves, nodes of an RFC 6962 tree, signed heads, keys; and the function that integrates."""

from alembic import op

revision = "0017_constancia"
down_revision = "0016_libro_entero"
branch_labels = None
depends_on = None

TABLAS = r"""
CREATE TABLE constancia_hoja (
    hash BYTEA NOT NULL,
    tipo VARCHAR(30) NOT NULL,
    objeto VARCHAR(80) NOT NULL,
    contenido VARCHAR(2000) NOT NULL,
    anotada_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    indice BIGINT,
    CONSTRAINT pk_constancia_hoja PRIMARY KEY (hash),
    CONSTRAINT uq_constancia_hoja_indice UNIQUE (indice),
    CONSTRAINT ck_constancia_hoja_tipo CHECK (tipo ~ '^[a-z]+(_[a-z]+)*$'),
    CONSTRAINT ck_constancia_hoja_texto CHECK (
        objeto ~ '^[\x20-\x7e]+$' AND objeto !~ '[|]' AND contenido ~ '^[\x20-\x7e]+$'),
    CONSTRAINT ck_constancia_hoja_hash CHECK (hash = sha256(
        '\x00'::bytea || convert_to('qhatu-hoja-v1|' || tipo || '|' || objeto || '|' || contenido, 'UTF8'))),
    CONSTRAINT ck_constancia_hoja_indice CHECK (indice >= 0)
);
CREATE INDEX ix_constancia_hoja_espera ON constancia_hoja (anotada_en, hash) WHERE indice IS NULL;
CREATE INDEX ix_constancia_hoja_objeto ON constancia_hoja (tipo, objeto);

CREATE TABLE constancia_nodo (
    nivel SMALLINT NOT NULL,
    indice BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_constancia_nodo PRIMARY KEY (nivel, indice),
    CONSTRAINT ck_constancia_nodo_lugar CHECK (nivel BETWEEN 0 AND 62 AND indice >= 0),
    CONSTRAINT ck_constancia_nodo_hash CHECK (length(hash) = 32)
);

CREATE TABLE constancia_clave (
    id BYTEA NOT NULL,
    publica BYTEA NOT NULL,
    creada_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_constancia_clave PRIMARY KEY (id),
    -- SubjectPublicKeyInfo of an Ed25519 key is these twelve bytes and the key (RFC 8410).
    CONSTRAINT ck_constancia_clave_id CHECK (
        length(publica) = 32 AND id = sha256('\x302a300506032b6570032100'::bytea || publica))
);

CREATE TABLE constancia_cabeza (
    tamano BIGINT NOT NULL,
    instante TIMESTAMPTZ NOT NULL,
    raiz BYTEA NOT NULL,
    clave_id BYTEA NOT NULL,
    firma BYTEA NOT NULL,
    CONSTRAINT pk_constancia_cabeza PRIMARY KEY (tamano),
    CONSTRAINT fk_constancia_cabeza_clave_id FOREIGN KEY (clave_id) REFERENCES constancia_clave (id),
    CONSTRAINT ck_constancia_cabeza_tamano CHECK (tamano > 0),
    CONSTRAINT ck_constancia_cabeza_instante CHECK (date_trunc('milliseconds', instante, 'UTC') = instante),
    CONSTRAINT ck_constancia_cabeza_raiz CHECK (length(raiz) = 32),
    CONSTRAINT ck_constancia_cabeza_firma CHECK (length(firma) = 64)
);
"""

INMUTABLES = """
-- A leaf gets its place once; nothing else of it ever changes.
CREATE TRIGGER constancia_hoja_inmutable
    BEFORE UPDATE OF hash, tipo, objeto, contenido, anotada_en OR DELETE OR TRUNCATE ON constancia_hoja
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER constancia_hoja_sin_lugar BEFORE INSERT ON constancia_hoja
    FOR EACH ROW WHEN (NEW.indice IS NOT NULL) EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER constancia_hoja_un_lugar BEFORE UPDATE OF indice ON constancia_hoja
    FOR EACH ROW WHEN (OLD.indice IS NOT NULL) EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER constancia_nodo_inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON constancia_nodo
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER constancia_clave_inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON constancia_clave
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER constancia_cabeza_inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON constancia_cabeza
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
"""

# The façade for other rooms' SQL, and for `constancia.anotar`.
ANOTAR = r"""
CREATE FUNCTION constancia_anotar(p_tipo TEXT, p_objeto TEXT, p_contenido TEXT) RETURNS BYTEA
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_hash BYTEA := sha256('\x00'::bytea || convert_to(
        'qhatu-hoja-v1|' || p_tipo || '|' || p_objeto || '|' || p_contenido, 'UTF8'));
BEGIN
    INSERT INTO constancia_hoja (hash, tipo, objeto, contenido)
    VALUES (v_hash, p_tipo, p_objeto, p_contenido) ON CONFLICT (hash) DO NOTHING;
    RETURN v_hash;
END $$;
"""

# Whatever is committed and has no place gets one, whenever it was noted: a leaf that commits late is not lost,
# because nothing is remembered of where the last batch ended but the size of the tree.
INTEGRAR = r"""
CREATE FUNCTION constancia_integrar(p_maximo INTEGER) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_antes BIGINT;
    v_tamano BIGINT;
    v_nivel INTEGER := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(7170021) THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(max(indice) + 1, 0) INTO v_antes FROM constancia_hoja;
    WITH lote AS (
        SELECT hash, row_number() OVER (ORDER BY anotada_en, hash) - 1 AS orden
        FROM (SELECT hash, anotada_en FROM constancia_hoja WHERE indice IS NULL
              ORDER BY anotada_en, hash LIMIT p_maximo) espera
    )
    UPDATE constancia_hoja h SET indice = v_antes + lote.orden FROM lote WHERE h.hash = lote.hash;
    GET DIAGNOSTICS v_tamano = ROW_COUNT;
    IF v_tamano = 0 THEN
        RETURN NULL;
    END IF;
    v_tamano := v_antes + v_tamano;
    INSERT INTO constancia_nodo (nivel, indice, hash)
    SELECT 0, indice, hash FROM constancia_hoja WHERE indice >= v_antes;
    LOOP
        v_nivel := v_nivel + 1;
        EXIT WHEN v_tamano >> v_nivel = 0;
        -- The subtrees of this level that these leaves completed.
        INSERT INTO constancia_nodo (nivel, indice, hash)
        SELECT v_nivel, p.indice / 2, sha256('\x01'::bytea || p.hash || i.hash)
        FROM constancia_nodo p JOIN constancia_nodo i ON i.nivel = p.nivel AND i.indice = p.indice + 1
        WHERE p.nivel = v_nivel - 1 AND p.indice % 2 = 0
          AND p.indice >= (v_antes >> v_nivel) * 2 AND p.indice < (v_tamano >> v_nivel) * 2;
    END LOOP;
    RETURN v_tamano;
END $$;
"""

CABEZA = r"""
CREATE FUNCTION constancia_raiz(p_tamano BIGINT) RETURNS BYTEA LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_pico BYTEA;
    v_raiz BYTEA;
BEGIN
    FOR v_nivel IN 0..62 LOOP
        EXIT WHEN p_tamano >> v_nivel = 0;
        CONTINUE WHEN (p_tamano >> v_nivel) & 1 = 0;
        SELECT hash INTO STRICT v_pico FROM constancia_nodo
        WHERE nivel = v_nivel AND indice = (p_tamano >> v_nivel) - 1;
        v_raiz := coalesce(sha256('\x01'::bytea || v_pico || v_raiz), v_pico);
    END LOOP;
    RETURN v_raiz;
END $$;

-- A head is of the whole tree as it is, and later and larger than every other.
CREATE FUNCTION constancia_cabeza_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tamano IS DISTINCT FROM (SELECT max(indice) + 1 FROM constancia_hoja)
       OR NEW.raiz IS DISTINCT FROM constancia_raiz(NEW.tamano) THEN
        RAISE EXCEPTION 'la cabeza % no es la del registro', NEW.tamano USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.instante <= (SELECT instante FROM constancia_cabeza ORDER BY tamano DESC LIMIT 1) THEN
        RAISE EXCEPTION 'la cabeza % es anterior a otra', NEW.tamano USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER constancia_cabeza_guardia BEFORE INSERT ON constancia_cabeza
    FOR EACH ROW EXECUTE FUNCTION constancia_cabeza_guardia();
"""


def upgrade() -> None:
    for bloque in (TABLAS, INMUTABLES, ANOTAR, INTEGRAR, CABEZA):
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def downgrade() -> None:
    for tabla in ("cabeza", "clave", "nodo", "hoja"):
        op.execute(f"DROP TABLE constancia_{tabla}")
    for funcion in ("anotar", "integrar", "raiz", "cabeza_guardia"):
        op.execute(f"DROP FUNCTION constancia_{funcion}")
