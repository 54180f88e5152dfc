-- The alert of a unit is the unit's: the same search once, in places of its own, whoever saved it and left.
UPDATE alertas_alerta a SET baja_en = nucleo_ahora(), motivo_baja = 'pedida'
WHERE a.baja_en IS NULL AND EXISTS (
    SELECT FROM alertas_alerta b WHERE b.unidad_id = a.unidad_id AND b.baja_en IS NULL
    AND b.emparejador = a.emparejador AND b.criterios = a.criterios AND (b.creado_en, b.id) < (a.creado_en, a.id));

DROP INDEX uq_alertas_alerta_lugar;
DROP INDEX uq_alertas_alerta_igual;

CREATE TEMPORARY TABLE lugares ON COMMIT DROP AS
SELECT id, row_number() OVER (PARTITION BY coalesce(unidad_id, persona_id) ORDER BY creado_en, id) AS n
FROM alertas_alerta WHERE baja_en IS NULL;
UPDATE alertas_alerta a SET baja_en = nucleo_ahora(), motivo_baja = 'vencida' FROM lugares l
WHERE l.id = a.id AND l.n > 50;
UPDATE alertas_alerta a SET lugar = l.n FROM lugares l WHERE l.id = a.id AND l.n <= 50 AND a.lugar <> l.n;

CREATE UNIQUE INDEX uq_alertas_alerta_lugar ON alertas_alerta (coalesce(unidad_id, persona_id), lugar)
    WHERE baja_en IS NULL;
CREATE UNIQUE INDEX uq_alertas_alerta_igual ON alertas_alerta (coalesce(unidad_id, persona_id), emparejador, criterios)
    WHERE baja_en IS NULL;
CREATE INDEX ix_alertas_alerta_persona ON alertas_alerta (persona_id) WHERE baja_en IS NULL AND unidad_id IS NULL;
