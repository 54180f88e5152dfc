"""What crosses the API."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, field_validator

from comercio.catalogo import ClaseDeRegla
from comercio.confianza.estados import EstadoDenuncia, EstadoIntervencion, MotivoDenuncia
from nucleo.lectores import Entrada, escrito
from nucleo.textos import gettext as _

Texto = Annotated[str, escrito(1000, 3)]


class DenunciaNueva(Entrada):
    motivo: MotivoDenuncia
    relato: Texto

    @field_validator("motivo")
    @classmethod
    def _de_personas(cls, motivo: MotivoDenuncia) -> MotivoDenuncia:
        if motivo is MotivoDenuncia.REVISION:
            raise ValueError(_("Elija qué tiene de malo."))
        return motivo


class DecisionDeDenuncia(Entrada):
    """Of the authority, about all that waits of a product."""

    retirar: bool = Field(description="`true` lo retira de la venta; `false` dice que no hay falta.")
    motivos: Texto


class Apelacion(Entrada):
    texto: Texto


class ResolucionDeApelacion(Entrada):
    levantar: bool = Field(description="`true` lo devuelve a como estaba; `false` lo deja retirado.")
    motivos: Texto


class DenunciaLeida(BaseModel):
    id: UUID
    producto_id: UUID
    motivo: MotivoDenuncia
    estado: EstadoDenuncia
    relato: str
    abierta_en: datetime
    vence_en: datetime | None = Field(description="Hasta cuándo puede decidir la autoridad.")
    decision: str


class ProductoDenunciado(BaseModel):
    producto_id: UUID
    titulo: str
    vendedor: str
    denuncias: int
    vence_en: datetime


class IntervencionLeida(BaseModel):
    id: UUID
    producto_id: UUID
    estado: EstadoIntervencion
    motivos: str
    abierta_en: datetime
    vence_en: datetime | None = Field(
        description="Hasta cuándo se puede apelar o, ya apelada, hasta cuándo se resuelve."
    )
    apelacion: str
    resolucion: str


class ReglaLeida(BaseModel):
    codigo: str
    clase: ClaseDeRegla
    nombre: str
    que_se_pide: str
    norma: str
    confirmado: bool = Field(description="Si leímos la norma; si no, se muestra y no impide vender.")
    vigente_desde: date
