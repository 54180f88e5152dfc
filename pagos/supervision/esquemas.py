"""What crosses the API of supervision."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from constancia import hash_de
from nucleo.dinero import Dinero
from pagos.libro import NIVELES
from pagos.libro.modelos import Limite
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


class LimiteVista(BaseModel):
    """A dated limit in one direction. Null is no limit of that kind."""

    id: UUID
    nivel: int = Field(description="De 1 a 3, nivel de identidad; desde 11, clase de unidad.")
    de_quien: str
    direccion: Literal["salida", "entrada"]
    por_transaccion: Dinero | None
    por_dia: Dinero | None
    por_mes: Dinero | None
    cantidad_dia: int | None
    cantidad_mes: int | None
    cantidad_rapida: int | None = Field(description="Pagos seguidos que se permiten en `minutos_rapidez`.")
    minutos_rapidez: int | None
    vigente_desde: datetime
    norma: str
    confirmado: bool = Field(description="Si los valores se cotejaron con el texto de la norma.")

    @classmethod
    def de(cls, fila: Limite) -> "LimiteVista":
        return cls(
            **fila.model_dump(exclude={"ventana_min"}),
            minutos_rapidez=fila.ventana_min,
            de_quien=str(NIVELES.get(fila.nivel, fila.nivel)),
        )


class LimitesRegistrados(BaseModel):
    datos: list[LimiteVista]


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
