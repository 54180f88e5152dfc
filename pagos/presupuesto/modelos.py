"""Tables of budget, written by the functions that open its accounts (`migrations/sql/`)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, entero, instante


@aplicacion("SELECT")
class CuentaDeCertificado(Tabla, table=True):
    """The account of a certificate, and the entity whose it is for ever."""

    __tablename__ = "pagos_certificado"

    id: UUID = Field(primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id", index=True)
    cuenta: int = entero(foreign_key="pagos_cuenta.id", unique=True)
    abierto_en: datetime = instante()


@aplicacion("SELECT")
class CuentaDeCompromiso(Tabla, table=True):
    """The account of what a matter commits, and the certificate it commits of."""

    __tablename__ = "pagos_compromiso"
    __table_args__ = (UniqueConstraint("asunto_id", "certificado_id"),)

    asunto_id: UUID = Field(primary_key=True)
    certificado_id: UUID = Field(foreign_key="pagos_certificado.id", index=True)
    cuenta: int = entero(foreign_key="pagos_cuenta.id", unique=True)
    abierto_en: datetime = instante()
