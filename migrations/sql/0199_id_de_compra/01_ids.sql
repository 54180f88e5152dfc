-- The order of a purchase from the catalogue has its id: while it is asked for, nobody else's purchase takes it, whichever of
-- the two comes first. Both wait for each other by the id.
CREATE FUNCTION comercio_hay_compra(p_id uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM comercio_compra WHERE id = p_id)
$$;

CREATE FUNCTION feria_compra_de_su_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('compra ' || NEW.id::text, 0));
    IF comercio_hay_compra(NEW.id) THEN
        RAISE EXCEPTION 'feria_compra_de_su_id: a purchase of somebody has that id' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_compra_de_su_id BEFORE INSERT ON feria_compra_de_catalogo
    FOR EACH ROW EXECUTE FUNCTION feria_compra_de_su_id();

CREATE FUNCTION feria_compra_reservada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('compra ' || NEW.id::text, 0));
    IF EXISTS (SELECT FROM feria_compra_de_catalogo f
               WHERE f.id = NEW.id AND NOT registro_parte_es_unidad(NEW.comprador_parte_id, f.unidad_id)) THEN
        RAISE EXCEPTION 'comercio_compra_reservada: that id is of what an entity asked for'
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_compra_reservada BEFORE INSERT ON comercio_compra
    FOR EACH ROW EXECUTE FUNCTION feria_compra_reservada();
