"""What crosses the API of claims, and the answers of their forms."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from envios.reclamos.estados import ClaseReclamo, EstadoReclamo, Lado, QuienDecide, Sentido
from nucleo.dinero import Dinero
from nucleo.lectores import Entrada, escrito

Texto = Annotated[str, escrito(2000, 1)]


class ReclamoNuevo(Entrada):
    envio_id: UUID
    clase: ClaseReclamo
    relato: Annotated[str, escrito(2000, 10), Field(description="Qué pasó.")]
    pedido: Dinero | None = Field(
        None, description="Cuánto valía lo que falta o se dañó; nada en una demora, que devuelve el porte."
    )


class MensajeNuevo(Entrada):
    texto: Texto


class MotivosDelReclamo(Entrada):
    motivos: Texto


class RechazoDeReclamo(Entrada):
    motivos: Texto
    ofrece: Dinero | None = Field(None, description="Cuánto se ofrece por el contenido, si algo.")


class ResolucionDeReclamo(Entrada):
    motivos: Texto
    contenido: Dinero | None = Field(None, description="Cuánto se paga por el contenido, si algo.")
    devuelve_porte: bool = False


class MensajeLeido(BaseModel):
    numero: int
    lado: Lado
    texto: str
    escrito_por: str
    escrito_en: datetime
    foto: str | None = Field(description="Dirección de la foto o del PDF, para quien tiene parte.")


class DecisionLeida(BaseModel):
    quien: QuienDecide
    sentido: Sentido
    motivos: str
    contenido: Dinero
    porte: Dinero
    decidido_en: datetime


class ReclamoLeido(BaseModel):
    id: UUID
    envio_id: UUID
    numero: str = Field(description="El del envío.")
    operador_unidad_id: UUID
    clase: ClaseReclamo
    estado: EstadoReclamo
    pedido: Dinero
    prometido_el: date | None
    valor_declarado: Dinero
    porte: Dinero = Field(description="El que se pagó por el envío.")
    tope_contenido: Dinero = Field(description="Lo más que la regla paga por el contenido de este envío.")
    fuera_de_plazo: bool = Field(description="Si llegó después del plazo, que nadie cotejó con su norma.")
    presentado_en: datetime
    vence_en: datetime | None = Field(description="Fin del plazo que corre; nulo si no corre ninguno.")
    terminado_en: datetime | None
    version: int


class ReclamoEntero(ReclamoLeido):
    lado: Lado = Field(description="De qué lado está quien pregunta.")
    mensajes: list[MensajeLeido]
    decisiones: list[DecisionLeida]
    por_pagar: Dinero | None = Field(description="Lo que se debe a quien mandó el envío, si algo.")
