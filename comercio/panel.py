"""The market in the panel: what a person bought and what their units sell."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from comercio.consultas_pedidos import pedidos_del_comprador, resumen_vendedor
from comercio.estados import EstadoPedido
from empresa_digital.registro import Facultad, Habilitacion
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido
from nucleo.panel import MAXIMO_CONTADO, Accion, Representada, de_persona, de_unidades
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@de_persona("comercio.pedidos")
def pedidos(sesion: Session, actor: Actor) -> list[Accion]:
    if en_camino := _en_camino(sesion, actor.persona_id):
        texto = _("Tenga a mano el código de entrega de cada uno.")
        return [Accion("/pedidos", _("Recibir sus pedidos en camino"), texto, "package", en_camino)]
    return [Accion("/pedidos", _("Mis pedidos"), _("Lo que compró y por dónde viene."), "package")]


def _en_camino(sesion: Session, persona_id: UUID | None) -> int:
    if persona_id is None:
        return 0
    abiertos, _siguiente = pedidos_del_comprador(
        sesion, persona_id, CursorPedido(None, MAXIMO_CONTADO), abiertos=True
    )
    return sum(1 for fila in abiertos if fila.pedido.estado == EstadoPedido.DESPACHADO)


@de_persona("comercio.comprar")
def comprar(_sesion: Session, _actor: Actor) -> list[Accion]:
    texto = _("Su dinero espera en custodia hasta que reciba.")
    return [Accion("/tienda", _("Comprar"), texto, "shopping-bag")]


@de_unidades("comercio.vender")
def vender(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    return {
        u.id: _de_vendedor(sesion, u) if Habilitacion.VENDEDOR in u.habilitaciones else [_habilitarse(u)]
        for u in unidades
        if u.produce and Facultad.VENDER in u.facultades
    }


def _habilitarse(unidad: Representada) -> Accion:
    texto = _("Para vender en la tienda la autoridad debe habilitar a la unidad.")
    url = f"/mis-unidades/{unidad.numero}/habilitaciones"
    return Accion(url, _("Pedir la habilitación de vendedor"), texto, "badge-check")


def _de_vendedor(sesion: Session, unidad: Representada) -> list[Accion]:
    acciones = []
    resumen = resumen_vendedor(sesion, unidad.id)
    url = f"/vender?unidad={unidad.id}"
    if resumen.por_despachar:
        texto = _("El dinero ya está en custodia: se libera cuando la persona recibe.")
        acciones.append(
            Accion(url, _("Despachar pedidos"), texto, "package-open", resumen.por_despachar, True)
        )
    if cortos := len(resumen.con_poca_existencia):
        texto = _("Reponga la existencia o póngalos en pausa.")
        acciones.append(Accion(url, _("Productos por agotarse"), texto, "package-minus", cortos, True))
    texto = ngettext(
        "Tiene %(n)s producto publicado.", "Tiene %(n)s productos publicados.", resumen.publicados
    ) % {"n": resumen.publicados}
    return [*acciones, Accion(url, _("Vender en la tienda"), texto, "store")]
