"""What crosses the API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from comercio.busqueda import Filtros
from nucleo.dinero import Dinero
from nucleo.ids import IdElegido
from nucleo.lectores import Entrada, escrito

ParaQue = Annotated[str, escrito(300, 3)]


class BusquedaPedida(Entrada):
    """A search of the shop."""

    q: Annotated[str, escrito(200)] = ""
    categoria: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] | None = None
    departamento: Annotated[str, StringConstraints(pattern=r"^0[1-9]$")] | None = None
    desde: Dinero | None = None
    hasta: Dinero | None = None
    vendedor_id: UUID | None = None
    con_existencia: bool = False
    orden: Literal["relevancia", "recientes", "precio_asc", "precio_desc"] | None = None
    atributos: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[a-záéíóúñü ]{1,40}:[^\x00-\x1f]{1,60}$")]],
        Field(max_length=6),
    ] = Field([], description="Como `talla:M`; todos de una misma variante.")

    origen: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None

    def filtros(self) -> Filtros:
        pares = [texto.partition(":") for texto in self.atributos]
        return Filtros(
            self.q,
            self.categoria,
            self.departamento,
            self.desde,
            self.hasta,
            self.vendedor_id,
            self.con_existencia,
            self.orden,
            tuple((nombre, valor) for nombre, _dos_puntos, valor in pares),
            self.origen,
        )


class CongelacionNueva(Entrada):
    id: IdElegido | None = Field(None, description="Identificador elegido por quien congela (UUID).")
    unidad_id: UUID = Field(description="La entidad pública, con la facultad de comprar.")
    para_que: ParaQue = Field(description="Para qué se buscó.")
    producto_id: UUID | None = Field(None, description="El resultado que se eligió, si se eligió uno.")
    busqueda: BusquedaPedida


class BusquedaCongelada(BaseModel):
    """A frozen search, without its document."""

    id: UUID
    numero: str
    entidad_id: UUID
    producto_id: UUID | None
    para_que: str
    huella: str = Field(description="SHA-256 del documento, en hexadecimal.")
    congelada_en: datetime


class CongeladaEntera(BusquedaCongelada):
    documento: str = Field(description="JSON canónico: los bytes UTF-8 de este texto dan la huella.")


class CongeladaPublica(BaseModel):
    """What anybody who has the digest may know."""

    numero: str
    entidad: str
    huella: str
    congelada_en: datetime
    resultados: int
    quien: str = Field(description="Iniciales de quien la congeló.")


class PaginaDeCongeladas(BaseModel):
    datos: list[BusquedaCongelada]
    siguiente: str | None
