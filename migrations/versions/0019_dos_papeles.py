"""Two roles: the owner that migrates, and the application, whose privileges the group `qhatu_aplicacion` holds."""

from pathlib import Path

from alembic import op

revision = "0019_dos_papeles"
down_revision = "0018_primeras_hojas"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision

HAY_GRUPO = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'qhatu_aplicacion') THEN
        RAISE EXCEPTION 'falta el papel qhatu_aplicacion: deploy/README.md dice cómo se crea';
    END IF;
END $$
"""


def _correr(*bloques: str) -> None:
    for bloque in bloques:
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(bloque, execution_options={"no_parameters": True})


def upgrade() -> None:
    textos = [(SQL / f"{n}.sql").read_text(encoding="utf-8") for n in ("01_reloj", "02_libro", "03_privilegios")]
    _correr(HAY_GRUPO, *textos)


def downgrade() -> None:
    """The application loses everything: who goes back connects as the owner."""
    _correr((SQL / "99_atras.sql").read_text(encoding="utf-8"))
