"""What crosses the API of joint acts."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from empresa_digital.registro.mandatos import Facultad, PersonaReferencia
from nucleo.dinero import Dinero
from nucleo.lectores import Entero, Entrada, Momento, escrito


class FirmaSalida(BaseModel):
    persona_id: UUID
    nombre: str
    firmado_en: datetime
    vale: bool = Field(description="Falso si su mandato terminó o se revocó después: ya no cuenta.")


class TerminoSalida(BaseModel):
    termino: str
    valor: str


class ActoSalida(BaseModel):
    """Un acto que varios representantes firman juntos. Lo que se firma es `documento`, byte por byte."""

    id: UUID
    codigo: str = Field(description="La clase de acto.", examples=["retiro"])
    nombre: str
    unidad_id: UUID
    unidad: str
    estado: Literal["pendiente", "ejecutado", "rechazado", "vencido", "retirado"]
    monto: Dinero | None
    firmas_requeridas: int
    firmas: list[FirmaSalida]
    propuesto_por: str
    creado_en: datetime
    vence_en: datetime
    en_palabras: list[TerminoSalida]
    documento: str = Field(description="JSON canónico: claves ordenadas, sin espacios, UTF-8.")
    huella: str = Field(description="SHA-256 de `documento`, en hexadecimal: es lo que se nombra al firmar.")
    declaracion: str | None = Field(description="Lo que quien firma declara con `declara: true`.")
    pagina: str | None = Field(description="Dónde se mira lo que se firma, entero.")
    resuelto_en: datetime | None
    motivo: str | None
    negado_en: datetime | None
    negado_motivo: str | None = Field(description="Por qué no se pudo hacer con la última firma.")


class Firma(Entrada):
    huella: str = Field(pattern="^[0-9a-fA-F]{64}$", description="La `huella` del documento que usted leyó.")
    declara: bool = Field(False, description="Verdadero si el acto trae una `declaracion`.")


class GrupoNuevo(Entrada):
    """Varias personas que ejercen estas facultades solo juntas."""

    personas: list[PersonaReferencia] = Field(min_length=2, max_length=12)
    firmas: Entero = Field(ge=2, le=12, description="Cuántas de ellas firman cada acto.")
    facultades: list[Facultad] = Field(min_length=1, max_length=len(Facultad))
    monto_limite: Dinero | None = Field(None, description="De cada acto; sin límite si falta.")
    limite_dia: Dinero | None = None
    limite_mes: Dinero | None = None
    hasta: Momento | None = None
    documento: Annotated[str, escrito(200)] | None = Field(None, description="Acta o poder de donde nace.")


class RechazoDeActo(Entrada):
    motivo: Annotated[str, escrito(300, 1)]
