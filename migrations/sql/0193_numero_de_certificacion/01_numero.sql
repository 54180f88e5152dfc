-- What was written down wrong is annulled, and its number is free for the true one.
ALTER TABLE feria_certificacion DROP CONSTRAINT uq_feria_certificacion_unidad_id_gestion_numero;
CREATE UNIQUE INDEX uq_feria_certificacion_numero ON feria_certificacion (unidad_id, gestion, numero)
    WHERE estado <> 'anulada';
