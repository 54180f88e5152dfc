"""Tables of notes."""

from uuid import UUID

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla


@aplicacion("SELECT, INSERT")
class NotaDePago(Tabla, table=True):
    """What a transfer is for. Written in the transaction that makes it (a trigger), and never again."""

    __tablename__ = "pagos_nota"
    __table_args__ = (CheckConstraint("nota <> '' AND nota = btrim(nota)", name="nota_escrita"),)

    transferencia_id: UUID = Field(primary_key=True)
    nota: str = Field(sa_type=String(140))
