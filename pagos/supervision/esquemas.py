"""What crosses the API of supervision."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from constancia import hash_de
from nucleo.dinero import Dinero
from pagos.supervision.cierre import anotacion_de
from pagos.supervision.modelos import Cierre

HASH = r"^[0-9a-f]{64}$"


class CierreVista(BaseModel):
    """A closed day. `raiz` is the RFC 6962 Merkle root over its transfers in number order."""

    dia: date
    cantidad: int = Field(description="Transferencias selladas, también las que solo reservan o liberan.")
    contabilizadas: int = Field(description="Las que movieron dinero.")
    suma: Dinero = Field(description="Lo que movieron.")
    primero: int | None
    ultimo: int | None
    raiz: str = Field(pattern=HASH)
    formato: int = Field(description="Versión de los bytes de cada hoja.")
    hecho_en: datetime
    constancia: str = Field(pattern=HASH, description="Hash de su hoja en el registro público.")

    @classmethod
    def de(cls, c: Cierre) -> "CierreVista":
        return cls(
            dia=c.dia,
            cantidad=c.cantidad,
            contabilizadas=c.contabilizadas,
            suma=c.suma,
            primero=c.primero,
            ultimo=c.ultimo,
            raiz=c.raiz.hex(),
            formato=c.formato,
            hecho_en=c.hecho_en,
            constancia=hash_de(*anotacion_de(c)).hex(),
        )


class CierreCitado(BaseModel):
    dia: date
    cantidad: int
    raiz: str = Field(pattern=HASH)


class PruebaVista(BaseModel):
    """Everything needed to check, offline, that the transfer is in the closing of its day."""

    version: str
    transferencia: dict[str, str] = Field(description="Los campos de la hoja, en su orden; vacío: no hay.")
    hoja: str = Field(description="Los bytes exactos, ASCII.")
    hash: str = Field(pattern=HASH)
    indice: int = Field(ge=0)
    tamano: int = Field(ge=1)
    ruta: list[str] = Field(description="Hashes hermanos, de abajo arriba.")
    cierre: CierreCitado
    como_verificar: str
