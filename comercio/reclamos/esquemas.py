"""What crosses the API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.pedidos import CantidadDeLinea
from comercio.reclamos.estados import EstadoCambio, EstadoReclamo, Lado, MotivoReclamo
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entrada, escrito

Texto = Annotated[str, escrito(1000, 3)]


class ReclamoNuevo(Entrada):
    motivo: MotivoReclamo
    relato: Texto
    monto: Dinero | None = Field(
        None, description="Lo que pide que se le devuelva; sin decirlo, lo que costó lo que reclama."
    )
    lineas: Annotated[list[CantidadDeLinea], Field(min_length=1, max_length=100)] | None = Field(
        None, description="De qué líneas reclama y de cuánto; sin decirlo, de todo."
    )


class RespuestaDeReclamo(Entrada):
    """Of who sold: accept all, accept it once what was claimed comes back, offer a part, or reject."""

    que: Literal["aceptar", "recibir", "ofrecer", "rechazar"]
    texto: Texto
    oferta: Dinero | None = Field(None, description="Cuánto ofrece devolver, si ofrece.")


class PosturaDeReclamo(Entrada):
    """Of who bought: take what is offered, take it to the authority, or give it up."""

    que: Literal["aceptar", "mediar", "retirar"]
    texto: Annotated[str, escrito(1000, 0)] = ""


class DecisionDeReclamo(Entrada):
    """Of the authority: how much goes back; nothing closes it."""

    motivos: Texto
    monto: Dinero


class RevisionDeVuelta(Entrada):
    """Of who sold, about what came back: it is well, or why not."""

    que: Literal["recibido", "objetar"]
    texto: Annotated[str, escrito(1000, 0)] = ""


class CambioNuevo(Entrada):
    """Of who sold: what they would send in the place of what is claimed."""

    variante_id: UUID = Field(description="Del mismo producto: la misma variante u otra.")
    texto: Texto


class CambioMandado(Entrada):
    operador_id: UUID


class RenunciaAlCambio(Entrada):
    texto: Texto


class CambioLeido(BaseModel):
    estado: EstadoCambio
    variante_id: UUID
    opcion: str
    cantidad: DecimalPlano
    envio_numero: str | None
    incidencia: str = Field(description="Qué le pasó después de que terminó.")


class PasoLeido(BaseModel):
    lado: Lado
    texto: str
    monto: Dinero | None
    archivo_id: UUID | None = Field(description="La foto o el PDF que lo muestra.")
    ocurrio_en: datetime


class LineaReclamada(BaseModel):
    linea_id: UUID
    titulo: str
    cantidad: DecimalPlano


class ReclamoLeido(BaseModel):
    id: UUID
    pedido_id: UUID
    motivo: MotivoReclamo
    estado: EstadoReclamo
    pedido_monto: Dinero
    ofrecido: Dinero | None
    resuelto: Dinero | None
    abierto_en: datetime
    vence_en: datetime | None = Field(description="Hasta cuándo puede hablar quien debe hacerlo.")
    lineas: list[LineaReclamada] = Field(description="De qué se reclama.")
    pasos: list[PasoLeido]
    cambio: CambioLeido | None = Field(description="Lo que se manda en lugar de lo reclamado, si se ofreció.")
    vuelta_numero: str | None = Field(description="El envío con que lo reclamado vuelve a quien vende.")
    version: int
