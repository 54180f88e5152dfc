"""Many orders announced to the post in one press: each has its own result, and none stops the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from comercio.compra import PedidoNoEncontrado
from comercio.pedidos import bloquear_pedidos, despachar, paquete_por_llevar
from empresa_digital.registro import CON_LO_SUYO, Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from nucleo.actor import Actor
from nucleo.errores import ErrorDominio


class Anuncio(StrEnum):
    ANUNCIADO = "anunciado"
    YA_ESTABA = "ya_estaba"
    RECHAZADO = "rechazado"


@dataclass(frozen=True, slots=True)
class PedidoAnunciado:
    """What became of an order: its parcel, or why there is none."""

    pedido_id: UUID
    numero: str | None
    resultado: Anuncio
    envio_id: UUID | None = None
    envio_numero: str | None = None
    codigo: str = ""
    detalle: str = ""


def anunciar(
    sesion: Session, actor: Actor, unidad_id: UUID, operador_id: UUID, ids: Sequence[UUID]
) -> list[PedidoAnunciado]:
    """Announce all that is left of each order, in the order asked. Doing it again announces nothing again:
    what was announced and waits is said, with its parcel.

    Raises `SinFacultad`, and `SinHabilitacion` when the unit chosen is no postal operator.
    """
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    exigir_habilitacion(sesion, operador_id, Habilitacion.OPERADOR_POSTAL)
    numeros = bloquear_pedidos(sesion, unidad_id, ids)
    return [_uno(sesion, actor, operador_id, i, numeros.get(i)) for i in dict.fromkeys(ids)]


def _uno(
    sesion: Session, actor: Actor, operador_id: UUID, pedido_id: UUID, numero: str | None
) -> PedidoAnunciado:
    error: ErrorDominio = PedidoNoEncontrado()
    if numero is not None:
        try:
            with sesion.begin_nested():
                paquete = despachar(sesion, actor, pedido_id, operador_id)
                envio = (paquete.envio_id, paquete.envio_numero)
            return PedidoAnunciado(pedido_id, numero, Anuncio.ANUNCIADO, *envio)
        except ErrorDominio as caido:
            error = caido
        if (espera := paquete_por_llevar(sesion, pedido_id)) is not None:
            return PedidoAnunciado(pedido_id, numero, Anuncio.YA_ESTABA, *espera)
    return PedidoAnunciado(pedido_id, numero, Anuncio.RECHAZADO, codigo=error.codigo, detalle=error.detalle)
