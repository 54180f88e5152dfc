-- Until when who sells may say that what their silence took for paid did not come: the year in which it did, and never less
-- than this term.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES ('018f0000-0000-7000-8000-000000019701', 'comercio.desmentir_pago_de_entidad',
        'Decir que no llegó lo que se dio por llegado porque quien vende no dijo nada, desde entonces', 30,
        'dias_calendario', 'dia_siguiente', false, NULL, 'Regla de la plataforma',
        'Dura por lo menos hasta que termine el año en que se dio por llegado.', false, '2017-01-01');

ALTER TABLE comercio_compromiso ADD COLUMN desmentir_hasta TIMESTAMPTZ;
GRANT UPDATE (desmentir_hasta) ON comercio_compromiso TO qhatu_aplicacion;

-- When the year of an instant ends, in Bolivia.
CREATE FUNCTION nucleo_fin_de_su_anio(p_instante timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT CAST(date_trunc('year', p_instante AT TIME ZONE 'America/La_Paz') + interval '1 year' AS timestamp)
        AT TIME ZONE 'America/La_Paz'
$$;

ALTER TABLE comercio_compromiso DISABLE TRIGGER USER;
UPDATE comercio_compromiso
SET desmentir_hasta = greatest(nucleo_fin_de_su_anio(terminado_en), terminado_en + interval '31 days')
WHERE estado = 'recibido' AND respondio_en IS NULL;
ALTER TABLE comercio_compromiso ENABLE TRIGGER USER;
ALTER TABLE comercio_compromiso ADD CONSTRAINT ck_comercio_compromiso_desmentir
    CHECK ((desmentir_hasta IS NOT NULL) = (estado = 'recibido' AND respondio_en IS NULL));
