"""A head of the public log is not of the future: the next ones must be later, so one of the year 200000 would be the
last that anybody reads."""

from alembic import op

revision = "0024_cabeza_de_hoy"
down_revision = "0023_facultades"
branch_labels = None
depends_on = None

# The function as 0017 has it; the second condition is new. A day, because the clock of the server may step back.
GUARDIA = """
CREATE OR REPLACE FUNCTION constancia_cabeza_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tamano IS DISTINCT FROM (SELECT max(indice) + 1 FROM constancia_hoja)
       OR NEW.raiz IS DISTINCT FROM constancia_raiz(NEW.tamano) THEN
        RAISE EXCEPTION 'la cabeza % no es la del registro', NEW.tamano USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.instante > nucleo_ahora() + interval '1 day' THEN
        RAISE EXCEPTION 'la cabeza % es de otro día', NEW.tamano USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.instante <= (SELECT instante FROM constancia_cabeza ORDER BY tamano DESC LIMIT 1) THEN
        RAISE EXCEPTION 'la cabeza % es anterior a otra', NEW.tamano USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
DE_ANTES = """
CREATE OR REPLACE FUNCTION constancia_cabeza_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tamano IS DISTINCT FROM (SELECT max(indice) + 1 FROM constancia_hoja)
       OR NEW.raiz IS DISTINCT FROM constancia_raiz(NEW.tamano) THEN
        RAISE EXCEPTION 'la cabeza % no es la del registro', NEW.tamano USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.instante <= (SELECT instante FROM constancia_cabeza ORDER BY tamano DESC LIMIT 1) THEN
        RAISE EXCEPTION 'la cabeza % es anterior a otra', NEW.tamano USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(GUARDIA, execution_options={"no_parameters": True})


def downgrade() -> None:
    op.get_bind().exec_driver_sql(DE_ANTES, execution_options={"no_parameters": True})
