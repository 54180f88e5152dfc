-- An act is a text, frozen with its number and its digest: the opening is the first of them.

CREATE TABLE feria_acta (
    id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    clase VARCHAR(20) NOT NULL,
    contenido TEXT NOT NULL,
    huella VARCHAR(64) NOT NULL,
    hecha_en TIMESTAMPTZ NOT NULL,
    hecha_por VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_acta PRIMARY KEY (id),
    CONSTRAINT fk_feria_acta_convocatoria_id FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT uq_feria_acta_convocatoria_id_numero UNIQUE (convocatoria_id, numero),
    CONSTRAINT ck_feria_acta_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_acta_clase CHECK (clase IN ('apertura')),
    CONSTRAINT ck_feria_acta_huella CHECK (huella = encode(sha256(convert_to(contenido, 'UTF8')), 'hex'))
);
CREATE UNIQUE INDEX uq_feria_acta_apertura ON feria_acta (convocatoria_id) WHERE clase = 'apertura';
GRANT SELECT, INSERT ON feria_acta TO qhatu_aplicacion;

-- Lines of bids never change, so that what is written of the openings of before is what they were.
INSERT INTO feria_acta (id, convocatoria_id, numero, clase, contenido, huella, hecha_en, hecha_por)
    SELECT gen_random_uuid(), t.convocatoria_id, 1, 'apertura', t.contenido,
        encode(sha256(convert_to(t.contenido, 'UTF8')), 'hex'), t.abierta_en, t.abierta_por
    FROM (
        SELECT a.convocatoria_id, a.abierta_en, a.abierta_por, json_build_object(
            'clase', 'apertura', 'numero', 1, 'cuce', c.cuce, 'titulo', c.titulo, 'entidad', e.denominacion,
            'cierre', to_char(c.vence_en AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
            'apertura', to_char(a.abierta_en AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
            'abrio', a.abierta_por, 'retiradas', a.retiradas,
            'ofertas', coalesce((
                SELECT json_agg(json_build_object(
                    'proveedor', u.denominacion, 'registro', u.numero,
                    'presentada', to_char(o.presentada_en AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
                    'huella', o.huella, 'total', l.total, 'lineas', l.lineas) ORDER BY o.presentada_en, o.id)
                FROM feria_oferta o JOIN registro_unidad u ON u.id = o.unidad_id,
                LATERAL (
                    SELECT round(sum(x.total) / 100.0, 2) AS total, json_agg(json_build_object(
                        'item', i.numero, 'descripcion', i.descripcion, 'marca', x.marca, 'detalle', x.detalle,
                        'plazo_dias', x.plazo_dias, 'precio_unitario', trim_scale(x.precio_unitario),
                        'total', round(x.total / 100.0, 2)) ORDER BY i.numero) AS lineas
                    FROM feria_oferta_linea x JOIN feria_item i ON i.id = x.item_id WHERE x.oferta_id = o.id
                ) l
                WHERE o.convocatoria_id = a.convocatoria_id AND o.estado = 'vigente'), '[]'::json)
        )::text AS contenido
        FROM feria_acta_apertura a
        JOIN feria_convocatoria c ON c.id = a.convocatoria_id
        JOIN registro_unidad e ON e.id = c.unidad_id
    ) t;

DROP TABLE feria_acta_apertura;
CREATE TRIGGER feria_acta_inmutable BEFORE UPDATE OR DELETE ON feria_acta
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
