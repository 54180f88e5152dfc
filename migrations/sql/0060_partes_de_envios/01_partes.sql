-- Who sends and who receives are parties: a citizen, a unit or a named third person.
INSERT INTO registro_parte (id, clase, unidad_id)
SELECT gen_random_uuid(), 'unidad', u.remitente_unidad_id FROM (SELECT DISTINCT remitente_unidad_id FROM envios_envio) u
ON CONFLICT (unidad_id) DO NOTHING;
INSERT INTO registro_parte (id, clase, persona_id)
SELECT gen_random_uuid(), 'persona', p.destinatario_persona_id
FROM (SELECT DISTINCT destinatario_persona_id FROM envios_envio) p
ON CONFLICT (persona_id) DO NOTHING;

ALTER TABLE envios_envio
    ADD COLUMN remitente_parte_id uuid,
    ADD COLUMN destinatario_parte_id uuid;
UPDATE envios_envio e SET remitente_parte_id = r.id, destinatario_parte_id = d.id
FROM registro_parte r, registro_parte d
WHERE r.unidad_id = e.remitente_unidad_id AND d.persona_id = e.destinatario_persona_id;

DROP TRIGGER envios_envio_identidad ON envios_envio;
ALTER TABLE envios_envio
    ALTER COLUMN remitente_parte_id SET NOT NULL,
    ALTER COLUMN destinatario_parte_id SET NOT NULL,
    ADD CONSTRAINT fk_envios_envio_remitente_parte_id
        FOREIGN KEY (remitente_parte_id) REFERENCES registro_parte (id),
    ADD CONSTRAINT fk_envios_envio_destinatario_parte_id
        FOREIGN KEY (destinatario_parte_id) REFERENCES registro_parte (id),
    DROP COLUMN remitente_unidad_id,
    DROP COLUMN destinatario_persona_id;
CREATE INDEX ix_envios_envio_destinatario ON envios_envio (destinatario_parte_id, creado_en, id);
CREATE INDEX ix_envios_envio_remitente ON envios_envio (remitente_parte_id, creado_en, id);
CREATE TRIGGER envios_envio_identidad BEFORE UPDATE ON envios_envio
FOR EACH ROW WHEN (
    (NEW.id, NEW.numero, NEW.remitente_parte_id, NEW.operador_unidad_id, NEW.destinatario_parte_id,
     NEW.referencia_tipo, NEW.referencia_id)
    IS DISTINCT FROM
    (OLD.id, OLD.numero, OLD.remitente_parte_id, OLD.operador_unidad_id, OLD.destinatario_parte_id,
     OLD.referencia_tipo, OLD.referencia_id))
EXECUTE FUNCTION nucleo_inmutable();
