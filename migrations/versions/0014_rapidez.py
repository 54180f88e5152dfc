"""Speed as one more dated limit: how many payments a person makes in some minutes. It is judged where the other
limits are, inside the ledger's functions, whose whole texts come again with this revision."""

from pathlib import Path

from alembic import op

revision = "0014_rapidez"
down_revision = "0013_devueltas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision

ADELANTE = """
ALTER TABLE pagos_limite
    ADD COLUMN IF NOT EXISTS cantidad_rapida INTEGER,
    ADD COLUMN IF NOT EXISTS ventana_min SMALLINT,
    DROP CONSTRAINT IF EXISTS ck_pagos_limite_rapidez,
    ADD CONSTRAINT ck_pagos_limite_rapidez CHECK (
        (cantidad_rapida IS NULL) = (ventana_min IS NULL) AND cantidad_rapida BETWEEN 1 AND 1000
        AND ventana_min BETWEEN 1 AND 1440 AND (cantidad_rapida IS NULL OR direccion = 'salida'));
UPDATE pagos_limite SET cantidad_rapida = 60, ventana_min = 10,
    norma = split_part(norma, ';', 1) || '; regla inicial: hasta 60 pagos en 10 minutos'
WHERE id = '018cc251-f400-7000-8000-000000000001';
-- A database that came back from here still has them: see the downgrade.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'pagos_limites'::regclass
                   AND attname = 'salidas_rapidas') THEN
        ALTER TYPE pagos_limites ADD ATTRIBUTE salidas_rapidas integer, ADD ATTRIBUTE ventana_min smallint;
    END IF;
END $$;
"""

LIMITES_EN = """
CREATE OR REPLACE FUNCTION pagos_limites_en(p_nivel smallint, p_instante timestamptz) RETURNS pagos_limites
LANGUAGE plpgsql STABLE AS $$
DECLARE
    r pagos_limites;
BEGIN
    SELECT s.por_transaccion, s.por_dia, s.por_mes, s.cantidad_dia, s.cantidad_mes,
           e.por_transaccion, e.por_dia, e.por_mes, e.cantidad_dia, e.cantidad_mes,
           s.cantidad_rapida, s.ventana_min INTO r
    FROM (SELECT 1) uno
    LEFT JOIN LATERAL (
        SELECT * FROM pagos_limite
        WHERE nivel <= p_nivel AND direccion = 'salida' AND vigente_desde <= p_instante
        ORDER BY nivel DESC, vigente_desde DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (
        SELECT * FROM pagos_limite
        WHERE nivel <= p_nivel AND direccion = 'entrada' AND vigente_desde <= p_instante
        ORDER BY nivel DESC, vigente_desde DESC LIMIT 1) e ON true;
    RETURN r;
END $$;
"""


def _correr(*bloques: str) -> None:
    for bloque in bloques:
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def upgrade() -> None:
    archivos = [(SQL / f"{n}.sql").read_text(encoding="utf-8") for n in ("04_expreso", "05_transferir")]
    _correr(ADELANTE, LIMITES_EN, *archivos)


def downgrade() -> None:
    """The functions and the columns they name stay: without values they judge as before."""
    _correr("UPDATE pagos_limite SET cantidad_rapida = NULL, ventana_min = NULL")
