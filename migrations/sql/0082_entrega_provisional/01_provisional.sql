-- A delivery said without network whose code was not right: kept, and looked at.
ALTER TABLE envios_incidencia DROP CONSTRAINT ck_envios_incidencia_clase,
    ADD CONSTRAINT ck_envios_incidencia_clase CHECK (clase IN (
        'entrega_doble', 'entrega_corregida', 'anulado_con_movimientos', 'anulacion_corregida',
        'devolucion_sin_aviso', 'traspaso_sin_confirmar', 'operador_sin_traspaso', 'falta_en_despacho',
        'admision_corregida', 'entrega_provisional', 'entrega_negada'
    ));

-- Nobody but a telephone's queue says the first, nobody but who should have received it the second.
ALTER TABLE envios_evento
    DROP CONSTRAINT ck_envios_evento_fuente,
    ADD CONSTRAINT ck_envios_evento_fuente CHECK (
        fuente IN ('pagina', 'escaner', 'api', 'lote', 'sistema', 'simulador', 'destinatario')
    ),
    ADD CONSTRAINT ck_envios_evento_provisional CHECK (
        codigo <> 'QHEP' OR fuente = 'escaner'
    ),
    ADD CONSTRAINT ck_envios_evento_no_recibido CHECK (codigo <> 'QHNR' OR fuente = 'destinatario');
