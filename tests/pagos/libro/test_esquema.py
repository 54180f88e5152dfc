"""The models of the ledger and its migration say the same."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlmodel import SQLModel

import pagos.libro.modelos  # noqa: F401

TABLAS = {"pagos_cuenta", "pagos_transferencia", "pagos_pendiente", "pagos_limite"}


def test_los_modelos_y_la_migracion_coinciden(bd: Engine) -> None:
    with bd.connect() as conexion:
        contexto = MigrationContext.configure(
            conexion,
            opts={
                "include_object": lambda o, nombre, tipo, *_: (
                    str(nombre if tipo == "table" else o.table.name) in TABLAS
                )
            },
        )
        assert compare_metadata(contexto, SQLModel.metadata) == []
