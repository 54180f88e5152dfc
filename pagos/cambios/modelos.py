"""Tables of the change feed."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, entero


@aplicacion("SELECT, INSERT, UPDATE (numero)")
class CambioAvisado(Tabla, table=True):
    """Up to which entry the webhooks told of an account."""

    __tablename__ = "pagos_cambio_avisado"

    cuenta_id: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="pagos_cuenta.id")
    numero: int = entero()
