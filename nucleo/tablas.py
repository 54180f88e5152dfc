"""The kinds of columns that tables share, each spelled once; privileges are `nucleo.privilegios`'."""

from typing import Any

from pydantic import ConfigDict
from sqlalchemy import BigInteger, DateTime, func
from sqlmodel import Field, SQLModel

import nucleo.bd  # noqa: F401 - sets the naming convention before any table exists
from nucleo.dinero import Centavos, Precio, cero

INSTANTE = DateTime(timezone=True)


class Tabla(SQLModel):
    """Base of every table: its columns may be of types that pydantic does not know (`Money`)."""

    model_config = ConfigDict(arbitrary_types_allowed=True)  # type: ignore[assignment]


def instante(**opciones: Any) -> Any:
    """A `TIMESTAMPTZ NOT NULL` column that the database fills with its clock unless given."""
    opciones.setdefault("server_default", func.nucleo_ahora())
    return Field(default=None, sa_type=INSTANTE, sa_column_kwargs=opciones, nullable=False)


def momento(**opciones: Any) -> Any:
    """A `TIMESTAMPTZ NOT NULL` column that the code gives."""
    return Field(sa_type=INSTANTE, **opciones)


def momento_o_nada(**opciones: Any) -> Any:
    """A `TIMESTAMPTZ` that comes later, or never."""
    return Field(default=None, sa_type=INSTANTE, **opciones)


def entero(**opciones: Any) -> Any:
    """A `BIGINT`: an account, an entry number."""
    return Field(sa_type=BigInteger, **opciones)


def dinero(**opciones: Any) -> Any:
    """Centavos in the database, `Money` in code."""
    return Field(sa_type=Centavos, **opciones)


def precio(**opciones: Any) -> Any:
    """Bolivianos with up to four decimals in the database, `Money` in code: the price of one unit."""
    return Field(sa_type=Precio, **opciones)


def suma(**opciones: Any) -> Any:
    """An amount that begins at zero and grows."""
    return Field(default_factory=cero, sa_type=Centavos, **opciones)
