-- How much of it, in which unit of the list, and where it is delivered: in the entity's own place, if it does not say.
-- So that looking for what is planned reads a page of an index, however many plans there are, each line says whether it is
-- public and of which department.
ALTER TABLE feria_plan_linea
    ALTER COLUMN objeto TYPE VARCHAR(1000),
    ADD COLUMN cantidad NUMERIC(14, 4),
    ADD COLUMN unidad_medida VARCHAR(20),
    ADD COLUMN municipio_ine TEXT,
    ADD COLUMN departamento VARCHAR(2) DEFAULT '' NOT NULL,
    ADD COLUMN publica BOOLEAN DEFAULT false NOT NULL,
    ADD CONSTRAINT ck_feria_plan_linea_cantidad CHECK (
        cantidad > 0 AND num_nonnulls(cantidad, unidad_medida) = 2 OR num_nonnulls(cantidad, unidad_medida) = 0),
    ADD CONSTRAINT ck_feria_plan_linea_unidad_medida CHECK (unidad_medida IN (
        'unidad', 'pieza', 'equipo', 'juego', 'kit', 'par', 'docena', 'ciento', 'millar', 'caja', 'paquete',
        'bolsa', 'saco', 'bidon', 'balde', 'tambor', 'botella', 'frasco', 'bote', 'tubo', 'pomo', 'tarro',
        'tacho', 'envase', 'botellon', 'cilindro', 'tanque', 'recarga', 'cartucho', 'jaba', 'bandeja',
        'maple', 'mazo', 'lote', 'balon', 'rack', 'blister', 'casete', 'fardo', 'conjunto', 'bobina',
        'carrete', 'rollo', 'sobre', 'sachet', 'tira', 'barra', 'plancha', 'hoja', 'resma', 'taco',
        'talonario', 'ejemplar', 'comprimido', 'capsula', 'comprimido_o_capsula', 'perla',
        'capsula_o_perla', 'ovulo', 'supositorio', 'ampolla', 'infusor', 'frasco_ampolla', 'vial',
        'jeringa', 'jarabe', 'suspension', 'emulsion', 'solucion', 'solucion_oral', 'sol_oftalmica',
        'solucion_topica', 'sol_parenteral', 'sol_gran_volumen', 'gotas', 'crema', 'crema_o_pomada',
        'pomada', 'unguento', 'locion', 'gas', 'gel', 'aerosol', 'polvo', 'prueba', 'dosis', 'plantin',
        'prenda', 'implante', 'ciclo', 'cabeza', 'racion', 'kilogramo', 'gramo', 'libra', 'quintal',
        'arroba', 'tonelada', 'litro', 'mililitro', 'galon', 'metro', 'metro_cuadrado', 'metro_cubico',
        'hora', 'jornada', 'dia', 'mes', 'viaje', 'servicio', 'punto', 'obra', 'global')),
    ADD CONSTRAINT fk_feria_plan_linea_municipio_ine FOREIGN KEY (municipio_ine) REFERENCES registro_municipio (ine);
GRANT UPDATE (cantidad, unidad_medida, municipio_ine) ON feria_plan_linea TO qhatu_aplicacion;

ALTER TABLE feria_plan_linea DISABLE TRIGGER feria_plan_linea_guarda;
UPDATE feria_plan_linea l SET departamento = left(coalesce(p.municipio_ine, ''), 2), publica = p.estado <> 'borrador'
    FROM feria_plan p WHERE p.id = l.plan_id;
ALTER TABLE feria_plan_linea ENABLE TRIGGER feria_plan_linea_guarda;

DROP INDEX ix_feria_plan_linea_gestion_mes_id;
CREATE INDEX ix_feria_plan_linea_gestion_mes_id ON feria_plan_linea (gestion, mes, id) WHERE publica AND NOT retirada;
CREATE INDEX ix_feria_plan_linea_gestion_departamento_mes_id ON feria_plan_linea (gestion, departamento, mes, id)
    WHERE publica AND NOT retirada;
CREATE INDEX ix_feria_plan_linea_gestion_categoria_mes_id ON feria_plan_linea (gestion, categoria, mes, id)
    WHERE publica AND NOT retirada;
CREATE INDEX ix_feria_plan_linea_gestion_modalidad_id_mes_id ON feria_plan_linea (gestion, modalidad_id, mes, id)
    WHERE publica AND NOT retirada;
CREATE INDEX ix_feria_plan_linea_gestion_familia_mes_id ON feria_plan_linea (gestion, familia, mes, id)
    WHERE publica AND NOT retirada;
