-- The opening is one transaction: none is left half way, and none passed without its act.
CREATE FUNCTION feria_apertura_entera() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c WHERE c.id = NEW.id AND c.estado <> 'apertura' AND EXISTS (
        SELECT FROM feria_acta a WHERE a.convocatoria_id = c.id AND a.clase = 'apertura');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an opening ends with its act' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_apertura_entera AFTER UPDATE ON feria_convocatoria
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.estado = 'apertura' AND OLD.estado <> 'apertura') EXECUTE FUNCTION feria_apertura_entera();
