-- Most items return nothing and were announced by no quote: their NULLs were written again with each event.
ALTER TABLE envios_envio DROP CONSTRAINT uq_envios_envio_cotizacion_id;
CREATE UNIQUE INDEX uq_envios_envio_cotizacion_id ON envios_envio (cotizacion_id)
    WHERE cotizacion_id IS NOT NULL;
DROP INDEX uq_envios_envio_devolucion_de_id;
CREATE UNIQUE INDEX uq_envios_envio_devolucion_de_id ON envios_envio (devolucion_de_id)
    WHERE devolucion_de_id IS NOT NULL AND estado <> 'anulado';
-- Who holds an item is who it was announced to, but for the few that were handed over.
DROP INDEX ix_envios_envio_operador;
CREATE INDEX ix_envios_envio_entregado_a_otro ON envios_envio (operador_unidad_id)
    WHERE operador_unidad_id <> custodio_unidad_id;
