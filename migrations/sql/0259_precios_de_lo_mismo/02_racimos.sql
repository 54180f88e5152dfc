ALTER TABLE feria_mercado_item ADD racimo UUID;
CREATE INDEX ix_feria_mercado_item_racimo ON feria_mercado_item (racimo, proceso_id DESC) WHERE racimo IS NOT NULL;

-- Whoever writes an item does not say it: it is worked out, and of the history otherwise than of what is of here.
CREATE FUNCTION feria_mercado_item_racimo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.racimo := feria_racimo(
        feria_lo_que_es(NEW.descripcion, (
            SELECT NEW.unspsc FROM feria_mercado_proceso p WHERE p.id = NEW.proceso_id AND p.archivo_id IS NOT NULL)),
        NEW.unidad, NEW.contenido, NEW.contenido_unidad);
    RETURN NEW;
END
$$;
CREATE TRIGGER feria_mercado_item_racimo BEFORE INSERT OR UPDATE OF descripcion, unspsc, unidad, contenido, contenido_unidad
    ON feria_mercado_item FOR EACH ROW EXECUTE FUNCTION feria_mercado_item_racimo();

-- The clusters, with the prices that there are in each: `precios` of those awarded, by which they are listed.
CREATE TABLE feria_mercado_racimo (
    id UUID NOT NULL,
    nombre VARCHAR(300) NOT NULL,
    unidad VARCHAR(30) NOT NULL,
    contenido NUMERIC(14, 4),
    contenido_unidad VARCHAR(30),
    palabras TEXT[] NOT NULL,
    precios INTEGER NOT NULL,
    calculado_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_mercado_racimo PRIMARY KEY (id),
    CONSTRAINT ck_feria_mercado_racimo_precios CHECK (precios >= 0)
);
CREATE INDEX ix_feria_mercado_racimo_precios ON feria_mercado_racimo (precios, id);
CREATE INDEX ix_feria_mercado_racimo_palabras ON feria_mercado_racimo USING gin (palabras);
GRANT SELECT, INSERT, DELETE ON feria_mercado_racimo TO qhatu_aplicacion;

-- Of each cluster, those awarded and those of reference. The same price in a process, of however many lines, is one;
-- left out are lines whose price times quantity is not their total (`distintos`) and those that say none (`sin_precio`).
CREATE TABLE feria_mercado_precio (
    racimo_id UUID NOT NULL,
    que VARCHAR(11) NOT NULL,
    precios INTEGER NOT NULL,
    procesos INTEGER NOT NULL,
    entidades INTEGER NOT NULL,
    desde DATE,
    hasta DATE,
    minimo NUMERIC(18, 4),
    cuartil_1 NUMERIC(18, 4),
    mediana NUMERIC(18, 4),
    cuartil_3 NUMERIC(18, 4),
    maximo NUMERIC(18, 4),
    distintos INTEGER NOT NULL,
    sin_precio INTEGER NOT NULL,
    CONSTRAINT pk_feria_mercado_precio PRIMARY KEY (racimo_id, que),
    CONSTRAINT fk_feria_mercado_precio_racimo_id_feria_mercado_racimo
        FOREIGN KEY (racimo_id) REFERENCES feria_mercado_racimo (id) ON DELETE CASCADE,
    CONSTRAINT ck_feria_mercado_precio_que CHECK (que IN ('adjudicado', 'referencial')),
    CONSTRAINT ck_feria_mercado_precio_precios CHECK (
        least(precios - procesos, procesos - entidades, distintos, sin_precio) >= 0
        AND num_nonnulls(desde, hasta, minimo, cuartil_1, mediana, cuartil_3, maximo) = CASE WHEN precios > 0 THEN 7 ELSE 0 END
        AND (minimo IS NULL OR 0 < minimo AND minimo <= cuartil_1 AND cuartil_1 <= mediana AND mediana <= cuartil_3
            AND cuartil_3 <= maximo AND desde <= hasta))
);
GRANT SELECT, INSERT, DELETE ON feria_mercado_precio TO qhatu_aplicacion;

-- Clusters of which something changed: each act notes them, and a sweep works them out again and takes the notes away.
CREATE TABLE feria_mercado_racimo_tocado (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    racimo_id UUID NOT NULL,
    CONSTRAINT pk_feria_mercado_racimo_tocado PRIMARY KEY (id)
);
GRANT SELECT, INSERT, DELETE ON feria_mercado_racimo_tocado TO qhatu_aplicacion;

CREATE FUNCTION feria_mercado_racimos_tocados() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'feria_mercado_proceso' THEN
        INSERT INTO feria_mercado_racimo_tocado (racimo_id)
        SELECT DISTINCT i.racimo FROM viejos v JOIN nuevos n ON n.id = v.id JOIN feria_mercado_item i ON i.proceso_id = n.id
        WHERE i.racimo IS NOT NULL AND (n.etapa, n.entidad_codigo, n.entidad, n.dia, n.decidido)
            IS DISTINCT FROM (v.etapa, v.entidad_codigo, v.entidad, v.dia, v.decidido);
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO feria_mercado_racimo_tocado (racimo_id) SELECT DISTINCT racimo FROM viejos WHERE racimo IS NOT NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO feria_mercado_racimo_tocado (racimo_id) SELECT DISTINCT racimo FROM nuevos WHERE racimo IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER feria_mercado_racimos_de_nuevos AFTER INSERT ON feria_mercado_item
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION feria_mercado_racimos_tocados();
CREATE TRIGGER feria_mercado_racimos_de_cambiados AFTER UPDATE ON feria_mercado_item
    REFERENCING OLD TABLE AS viejos NEW TABLE AS nuevos
    FOR EACH STATEMENT EXECUTE FUNCTION feria_mercado_racimos_tocados();
CREATE TRIGGER feria_mercado_racimos_de_quitados AFTER DELETE ON feria_mercado_item
    REFERENCING OLD TABLE AS viejos FOR EACH STATEMENT EXECUTE FUNCTION feria_mercado_racimos_tocados();
CREATE TRIGGER feria_mercado_racimos_de_procesos AFTER UPDATE ON feria_mercado_proceso
    REFERENCING OLD TABLE AS viejos NEW TABLE AS nuevos
    FOR EACH STATEMENT EXECUTE FUNCTION feria_mercado_racimos_tocados();
