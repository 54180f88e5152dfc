-- A text is of one bid: with its salt no two are the same, and an older one is not put back under a new bid.
ALTER TABLE feria_oferta ADD CONSTRAINT uq_feria_oferta_convocatoria_id_huella UNIQUE (convocatoria_id, huella);
