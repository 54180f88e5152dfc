"""What crosses the API of the mandates."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import Motivo
from nucleo.dinero import Dinero
from nucleo.lectores import Entrada, Momento


class PersonaReferencia(Entrada):
    ci: str = Field(min_length=4, max_length=20, examples=["9000001"])
    complemento: str | None = Field(None, max_length=2)


class MandatoNuevo(Entrada):
    """Exactamente uno de `persona` o `unidad` (su número)."""

    persona: PersonaReferencia | None = None
    unidad: str | None = Field(None, max_length=30)
    facultades: list[Facultad] = Field(min_length=1, max_length=len(Facultad))
    monto_limite: Dinero | None = Field(None, description="De cada acto; sin límite si falta.")
    limite_dia: Dinero | None = Field(None, description="De lo que suma en un día de Bolivia.")
    limite_mes: Dinero | None = Field(None, description="De lo que suma en un mes.")
    desde: Momento | None = None
    hasta: Momento | None = None
    subdelegable: bool = False
    documento: str | None = Field(None, max_length=200, description="Poder o acta de donde nace.")


class Revocacion(Entrada):
    motivo: Motivo
    efecto: Momento | None = Field(None, description="Desde cuándo; ahora si falta o ya pasó.")


class Asignados(Entrada):
    """Las personas de una oficina que atienden a un cliente."""

    personas: list[UUID] = Field(max_length=200)


class MandatoSalida(BaseModel):
    id: UUID
    unidad_id: UUID
    apoderado_persona_id: UUID | None
    apoderado_unidad_id: UUID | None
    apoderado: str
    facultades: list[Facultad]
    monto_limite: Dinero | None
    limite_dia: Dinero | None
    limite_mes: Dinero | None
    usado_dia: Dinero | None = Field(description="Lo usado hoy, si el mandato tiene límite de día o de mes.")
    usado_mes: Dinero | None
    valido_desde: datetime
    valido_hasta: datetime | None
    firmas_requeridas: int = Field(description="Más de una: solo actúa junto con otros de su grupo.")
    grupo_firma: UUID | None
    subdelegable: bool
    delegado_de: UUID | None
    documento: str | None
    aceptado_en: datetime | None
    ofrecido_hasta: datetime | None
    otorgado_por: list[UUID]
    revocado_en: datetime | None
    revocado_motivo: str | None
