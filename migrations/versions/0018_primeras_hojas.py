"""First leaves of the public log: the registry's entries, written by the database as a transaction commits, and what
there was before: the last entry of each unit and every closing."""

from alembic import op

revision = "0018_primeras_hojas"
down_revision = "0017_constancia"
branch_labels = None
depends_on = None

# Each entry holds the hash of the one before, so the last one that a transaction writes about a unit stands for them
# all: one leaf a batch. The unit's row is locked, so nobody else writes one meanwhile.
ASIENTOS = """
CREATE FUNCTION registro_constancia() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM registro_asiento
                   WHERE unidad_id = NEW.unidad_id AND secuencia > NEW.secuencia) THEN
        PERFORM constancia_anotar('asiento', numero, NEW.secuencia || '|' || NEW.huella)
        FROM registro_unidad WHERE id = NEW.unidad_id;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER constancia AFTER INSERT ON registro_asiento
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registro_constancia();
"""

DE_ANTES = """
SELECT count(constancia_anotar('asiento', u.numero, a.secuencia || '|' || a.huella))
FROM registro_unidad u JOIN registro_asiento a ON (a.unidad_id, a.secuencia) = (u.id, u.secuencia);
SELECT count(constancia_anotar('cierre', dia::text, cantidad || '|' || encode(raiz, 'hex'))) FROM pagos_cierre;
"""


def upgrade() -> None:
    for bloque in (ASIENTOS, DE_ANTES):
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def downgrade() -> None:
    """What was noted stays noted."""
    op.execute("DROP TRIGGER constancia ON registro_asiento")
    op.execute("DROP FUNCTION registro_constancia")
