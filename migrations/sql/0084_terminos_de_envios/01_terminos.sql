-- The house's until a norm says otherwise, and the same figures as until now. They run from hour to hour, so that the state of
-- an item derives from its events without a calendar.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
SELECT ('018f0000-0000-7000-8000-00000d1e84' || lpad(n::text, 2, '0'))::uuid, 'envios.' || codigo, nombre, valor, 'horas',
       'dia_siguiente', false, NULL, 'Regla de Qhatu', nota, false, '2017-01-01'
FROM (VALUES
    (1, 'por_traer', 'Traer al operador un envío anunciado', 720,
     'Pasado el plazo se anula. Rige el del día en que se anunció.'),
    (2, 'sin_noticias', 'Decir algo de un envío que está en camino', 720,
     'Pasado el plazo el envío queda «sin noticias» y puede reclamarse. Rige el del día en que se anunció.'),
    (3, 'traspaso', 'Confirmar que un operador entregó un envío a otro', 72,
     'Pasado el plazo es una incidencia. Rige el del día en que se anunció.'),
    (4, 'espera', 'Esperar a quien recibe un envío', 360,
     'En la agencia, o después del último intento de entrega. Después vuelve a quien lo envió. Rige el del día en que se anunció.'),
    (5, 'prorroga_de_espera', 'Esperar más, una vez, si quien recibe lo pide', 240,
     'Rige el del día en que se anunció.'),
    (6, 'negar_entrega', 'Decir que no se recibió un envío entregado sin el código correcto', 120,
     'Sin respuesta queda como entregado. Rige el del día en que se anunció.'),
    (7, 'responder_anulacion', 'Responder si un envío se anula: el operador postal', 48,
     'Sin respuesta y sin movimientos, se anula.'),
    (8, 'avisar_fin_de_espera', 'Avisar que la espera de un envío termina, antes de su fin', 72, ''),
    (9, 'resolver_lectura', 'Resolver una lectura que no se pudo registrar', 1440,
     'Después ya no se muestra: un envío sin noticias se habrá perdido hace un mes.'),
    (10, 'despacho_por_salir', 'Hacer salir una saca o un despacho preparado', 168,
     'Pasado el plazo se deshace y su contenido queda libre.'),
    (11, 'despacho_por_llegar', 'Recibir un despacho que salió', 240,
     'Pasado el plazo se cierra y todo lo que llevaba queda como faltante.'),
    (12, 'despacho_por_recibir', 'Terminar de recibir un despacho o de vaciar una saca', 72,
     'Corre desde lo primero que llega; lo que falta entonces queda como faltante.'),
    (13, 'diferencia', 'Explicar una diferencia de un despacho, o responder a la explicación', 120,
     'Sin explicación, lo que falta es una incidencia; sin respuesta, la explicación se acepta.'),
    (14, 'ronda_por_salir', 'Salir con una hoja de ruta, desde su día', 48, 'Pasado el plazo se deshace.'),
    (15, 'ronda_por_volver', 'Volver con una hoja de ruta', 36, 'Pasado el plazo se cierra: lo que no se dijo queda sin resultado.')
) AS t (n, codigo, nombre, valor, nota);

CREATE TABLE envios_regla_de_intentos (
    id uuid NOT NULL,
    intentos integer NOT NULL,
    norma text NOT NULL,
    nota text NOT NULL,
    confirmado boolean NOT NULL,
    vigente_desde date NOT NULL,
    vigente_hasta date,
    CONSTRAINT pk_envios_regla_de_intentos PRIMARY KEY (id),
    CONSTRAINT ck_envios_regla_de_intentos_intentos CHECK (intentos BETWEEN 1 AND 10),
    CONSTRAINT ck_envios_regla_de_intentos_vigencia CHECK (vigente_hasta > vigente_desde),
    CONSTRAINT ex_envios_regla_de_intentos_vigencia EXCLUDE USING gist (daterange(vigente_desde, vigente_hasta) WITH &&)
);
INSERT INTO envios_regla_de_intentos (id, intentos, norma, nota, confirmado, vigente_desde)
VALUES ('018f0000-0000-7000-8000-00000d1e8450', 3, 'Regla de Qhatu',
        'Después del último intento el envío espera a quien lo recibe. Rige la del día en que se anunció.', false,
        '2017-01-01');
GRANT SELECT ON envios_regla_de_intentos TO qhatu_aplicacion;
