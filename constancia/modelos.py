"""Tables of the log: leaves, nodes of the tree, signed heads, public keys. All append-only.

Leaves are noted by `constancia_anotar` and placed, with their nodes, by `constancia_integrar`; the
application itself writes only keys and heads. The database refuses a leaf whose hash is not that of its text,
any change, and a head that is not the root of the whole tree.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, SmallInteger, String, text
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento


@aplicacion("SELECT")
class Hoja(Tabla, table=True):
    """What somebody noted. `indice`, its place in the tree, comes later, once, from the sequencer."""

    __tablename__ = "constancia_hoja"
    __table_args__ = (
        Index("ix_constancia_hoja_espera", "anotada_en", "hash", postgresql_where=text("indice IS NULL")),
        Index("ix_constancia_hoja_objeto", "tipo", "objeto"),
    )

    hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    tipo: str = Field(sa_type=String(30))
    objeto: str = Field(sa_type=String(80))
    contenido: str = Field(sa_type=String(2000))
    anotada_en: datetime = instante()
    indice: int | None = Field(default=None, sa_type=BigInteger, unique=True)


@aplicacion("SELECT")
class Nodo(Tabla, table=True):
    """The root of the complete subtree over the leaves `indice * 2^nivel` up to the next such multiple."""

    __tablename__ = "constancia_nodo"

    nivel: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False})
    indice: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    hash: bytes = Field(sa_type=LargeBinary)


@aplicacion("SELECT, INSERT")
class Clave(Tabla, table=True):
    """A public key that signed heads; its id is the log id of RFC 6962 §3.2."""

    __tablename__ = "constancia_clave"

    id: bytes = Field(primary_key=True, sa_type=LargeBinary)
    publica: bytes = Field(sa_type=LargeBinary)
    creada_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class Cabeza(Tabla, table=True):
    """The tree at one size, signed (signed tree head). Its instant has whole milliseconds."""

    __tablename__ = "constancia_cabeza"

    tamano: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    instante: datetime = momento()
    raiz: bytes = Field(sa_type=LargeBinary)
    clave_id: bytes = Field(sa_type=LargeBinary, foreign_key="constancia_clave.id")
    firma: bytes = Field(sa_type=LargeBinary)
