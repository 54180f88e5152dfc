-- An admission declared wrong after its postage was settled is an incident of its own.
ALTER TABLE envios_incidencia DROP CONSTRAINT ck_envios_incidencia_clase,
    ADD CONSTRAINT ck_envios_incidencia_clase CHECK (clase IN (
        'entrega_doble', 'entrega_corregida', 'anulado_con_movimientos', 'anulacion_corregida',
        'devolucion_sin_aviso', 'traspaso_sin_confirmar', 'operador_sin_traspaso', 'falta_en_despacho',
        'admision_corregida'
    ));
