-- How much the last version of each plan foresees for each month and department: the year's sum is that of the plans, not
-- of the lines. Written with the version, by nobody else.
CREATE TABLE feria_plan_mes (
    plan_id UUID NOT NULL,
    gestion SMALLINT NOT NULL,
    mes SMALLINT NOT NULL,
    departamento VARCHAR(2) NOT NULL,
    lineas INTEGER NOT NULL,
    monto BIGINT NOT NULL,
    CONSTRAINT pk_feria_plan_mes PRIMARY KEY (plan_id, mes, departamento),
    CONSTRAINT fk_feria_plan_mes_plan_id_gestion FOREIGN KEY (plan_id, gestion) REFERENCES feria_plan (id, gestion),
    CONSTRAINT ck_feria_plan_mes_mes CHECK (mes BETWEEN 1 AND 12),
    CONSTRAINT ck_feria_plan_mes_lineas CHECK (lineas > 0),
    CONSTRAINT ck_feria_plan_mes_monto CHECK (monto > 0)
);
CREATE INDEX ix_feria_plan_mes_gestion ON feria_plan_mes (gestion);
GRANT SELECT ON feria_plan_mes TO qhatu_aplicacion;

CREATE FUNCTION feria_plan_sumar() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM feria_plan_mes WHERE plan_id = NEW.plan_id;
    INSERT INTO feria_plan_mes (plan_id, gestion, mes, departamento, lineas, monto)
        SELECT plan_id, gestion, mes, departamento, count(*), sum(monto) FROM feria_plan_linea
        WHERE plan_id = NEW.plan_id AND NOT retirada GROUP BY plan_id, gestion, mes, departamento;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION feria_plan_sumar() FROM PUBLIC;
CREATE TRIGGER feria_plan_sumar AFTER INSERT ON feria_plan_version FOR EACH ROW EXECUTE FUNCTION feria_plan_sumar();

INSERT INTO feria_plan_mes (plan_id, gestion, mes, departamento, lineas, monto)
    SELECT plan_id, gestion, mes, departamento, count(*), sum(monto) FROM feria_plan_linea
    WHERE publica AND NOT retirada GROUP BY plan_id, gestion, mes, departamento;
