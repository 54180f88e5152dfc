-- What was reported stays as it was seen, however its seller rewrites it.
ALTER TABLE comercio_denuncia ADD COLUMN visto jsonb;
ALTER TABLE comercio_denuncia DISABLE TRIGGER USER;
UPDATE comercio_denuncia d SET visto = jsonb_build_object(
    'titulo', p.titulo, 'descripcion', p.descripcion, 'precio_centavos', p.precio)
FROM comercio_producto p WHERE p.id = d.producto_id;
ALTER TABLE comercio_denuncia ENABLE TRIGGER USER;
ALTER TABLE comercio_denuncia ALTER COLUMN visto SET NOT NULL;

DROP TRIGGER comercio_denuncia_inmutable ON comercio_denuncia;
CREATE TRIGGER comercio_denuncia_inmutable
    BEFORE UPDATE OF id, producto_id, persona_id, regla_codigo, motivo, relato, visto, abierta_en
    ON comercio_denuncia FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
