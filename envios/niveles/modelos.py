"""The table of service levels: a row an item that was received, computed from its events in force."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class Nivel(Tabla, table=True):
    """What an item's events say of the service it got. Nothing of it is of anybody: it can be computed again.

    `version` is that of the item's row when it was computed: another one, and it is computed again, also for
    what was corrected. `mes` is the first day of the month in which it was received. `primer_intento` is
    whether it was delivered at the first try, None while nobody tried.
    """

    __tablename__ = "envios_nivel"
    __table_args__ = (
        Index("ix_envios_nivel_mes", "mes", "operador_unidad_id"),
        CheckConstraint("extract(day FROM mes) = 1", name="mes"),
    )

    envio_id: UUID = Field(primary_key=True, foreign_key="envios_envio.id")
    version: int
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    mes: date
    servicio: str | None = Field(default=None, sa_type=Text)
    origen_ine: str | None = Field(default=None, sa_type=Text, foreign_key="registro_municipio.ine")
    destino_ine: str = Field(sa_type=Text, foreign_key="registro_municipio.ine")
    prometido_el: date | None = None
    admitido_en: datetime = momento()
    salida_en: datetime | None = momento_o_nada()
    llegada_en: datetime | None = momento_o_nada()
    reparto_en: datetime | None = momento_o_nada()
    entregado_en: datetime | None = momento_o_nada()
    primer_intento: bool | None = None
    terminado: bool
    calculado_en: datetime = instante()
