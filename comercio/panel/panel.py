"""The market in the panel: what a person bought and what their units sell."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from comercio.compra import EstadoPedido, comprado_por
from comercio.comprometidos import contar_entidades_tarde
from comercio.confianza import cuantos_casos, por_apelar
from comercio.mensajes import cuantas_por_responder, sin_leer_de_compradores, sin_leer_de_vendedores
from comercio.panel.consultas import compras_en_camino, resumen_vendedor
from comercio.pedidos import pedidos_del_comprador
from comercio.reclamos import cuantos_por_mediar, por_decidir, por_responder
from comercio.sostenidas import cuantas_por_responder as cuantas_por_responder_ofertas
from comercio.vendedores import es_autoridad
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


@de_persona("comercio.mensajes")
def mensajes(sesion: Session, actor: Actor) -> list[Accion]:
    sin_leer = sin_leer_de_compradores(sesion, comprado_por(sesion, actor.persona_id))
    if not sin_leer:
        return []
    url, texto = f"/pedidos/{sin_leer[0]}/mensajes", _("Le escribió quien vende.")
    return [Accion(url, _("Leer mensajes de sus pedidos"), texto, "message-circle", len(sin_leer), True)]


@de_persona("comercio.reclamos")
def decidir_en_reclamos(sesion: Session, actor: Actor) -> list[Accion]:
    suyos = por_decidir(sesion, comprado_por(sesion, actor.persona_id))
    if not suyos:
        return []
    texto = _("Quien vende respondió: mire hasta cuándo puede decidir.")
    url = f"/reclamos-de-compra/{suyos[0]}"
    return [Accion(url, _("Decidir en sus reclamos"), texto, "scale", len(suyos), True)]


@de_unidades("comercio.mensajes")
def mensajes_de_ventas(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    texto = _("Le escribió quien compró.")
    accion = Accion("/vender/pedidos/{}/mensajes", _("Leer mensajes de ventas"), texto, "message-circle")
    return _por_vender(sesion, unidades, accion, sin_leer_de_vendedores)


def _en_camino(sesion: Session, persona_id: UUID | None) -> int:
    if persona_id is None:
        return 0
    abiertos, _siguiente = pedidos_del_comprador(
        sesion, comprado_por(sesion, persona_id), CursorPedido(None, MAXIMO_CONTADO), abiertos=True
    )
    return sum(1 for fila in abiertos if fila.pedido.estado == EstadoPedido.DESPACHADO)


@de_persona("comercio.comprar")
def comprar(_sesion: Session, _actor: Actor) -> list[Accion]:
    texto = _("Su dinero espera en custodia hasta que reciba.")
    return [Accion("/tienda", _("Comprar"), texto, "shopping-bag")]


@de_unidades("comercio.compras")
def compras(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    """What the units have bought; a unit that never did has no line: buying begins in the shop."""
    en_camino = compras_en_camino(sesion, [u.id for u in unidades if Facultad.COMPRAR in u.facultades])
    return {
        u.id: [
            Accion(
                f"/pedidos?unidad={u.id}",
                _("Compras de la unidad"),
                _("Lo que compró y por dónde viene."),
                "package",
                en_camino[u.id] or None,
            )
        ]
        for u in unidades
        if u.id in en_camino
    }


@de_unidades("comercio.mediar")
def mediar(sesion: Session, actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    texto = _("Los que quien compró y quien vende no resolvieron entre ellos.")
    accion = Accion("/regulador/reclamos-de-compra", _("Decidir reclamos de compra"), texto, "gavel")
    return _de_la_autoridad(sesion, actor, unidades, accion, cuantos_por_mediar)


@de_unidades("comercio.entidades_que_deben")
def ver_deudas(
    sesion: Session, actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    texto = _("Las que recibieron conforme y no pagaron.")
    accion = Accion("/regulador/entidades-que-deben", _("Ver las entidades que deben"), texto, "landmark")
    return _de_la_autoridad(sesion, actor, unidades, accion, contar_entidades_tarde)


@de_unidades("comercio.confianza")
def mirar_productos(
    sesion: Session, actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    texto = _("Denunciados, con reglas de venta o apelados.")
    accion = Accion("/regulador/productos", _("Mirar productos de la tienda"), texto, "flag")
    return _de_la_autoridad(sesion, actor, unidades, accion, cuantos_casos)


@de_unidades("comercio.opiniones")
def moderar(sesion: Session, actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    texto = _("Las que insultan, dan datos de alguien o no hablan de lo que se compró.")
    accion = Accion("/regulador/opiniones", _("Moderar opiniones de compras"), texto, "star")
    return _de_la_autoridad(sesion, actor, unidades, accion, lambda _sesion: 0)


def _de_la_autoridad(
    sesion: Session,
    actor: Actor,
    unidades: Sequence[Representada],
    accion: Accion,
    contar: Callable[[Session], int],
) -> dict[UUID, Sequence[Accion]]:
    """A tray of who decides in the market, with how much waits in it."""
    suyas = [u.id for u in unidades if Facultad.REGULAR in u.facultades]
    if not suyas or not es_autoridad(sesion, actor):
        return {}
    cuantos = contar(sesion)
    linea = replace(accion, cuenta=cuantos or None, urge=bool(cuantos))
    return {id: [linea] for id in suyas}


@de_unidades("comercio.apelar")
def apelar(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    texto = _("La autoridad lo retiró de la venta: puede apelar.")
    accion = Accion(
        "/vender/productos/{}/intervencion", _("Leer por qué se retiró un producto"), texto, "flag"
    )
    return _por_vender(sesion, unidades, accion, por_apelar)


@de_unidades("comercio.reclamos")
def responder(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    texto = _("Cada uno tiene su plazo: léalo antes de que termine.")
    accion = Accion("/reclamos-de-compra/{}", _("Responder reclamos de compra"), texto, "scale")
    return _por_vender(sesion, unidades, accion, por_responder)


def _por_vender(
    sesion: Session,
    unidades: Sequence[Representada],
    accion: Accion,
    esperan: Callable[[Session, Sequence[UUID]], Sequence[tuple[UUID, UUID]]],
) -> dict[UUID, Sequence[Accion]]:
    """What waits for whoever sells for each unit; the line leads to what ends first."""
    suyas = [u.id for u in _por_las_que_vende(unidades)]
    de_unidad: dict[UUID, list[UUID]] = {}
    for unidad_id, id in esperan(sesion, suyas) if suyas else ():
        de_unidad.setdefault(unidad_id, []).append(id)
    return {
        unidad_id: [replace(accion, url=accion.url.format(ids[0]), cuenta=len(ids), urge=True)]
        for unidad_id, ids in de_unidad.items()
    }


@de_unidades("comercio.preguntas")
def responder_preguntas(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    texto = _("Quien pregunta piensa comprarle.")
    accion = Accion("/vender/preguntas?unidad={}", _("Responder preguntas"), texto, "message-circle")
    return _por_responder(sesion, unidades, accion, cuantas_por_responder)


@de_unidades("comercio.sostenidas")
def sostener_precios(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    texto = _("Responda en su plazo: después no se sostiene.")
    url = "/vender/ofertas-sostenidas?unidad={}"
    accion = Accion(url, _("Sostener un precio a una entidad"), texto, "lock")
    return _por_responder(sesion, unidades, accion, cuantas_por_responder_ofertas)


def _por_responder(
    sesion: Session,
    unidades: Sequence[Representada],
    accion: Accion,
    contar: Callable[[Session, list[UUID]], dict[UUID, int]],
) -> dict[UUID, Sequence[Accion]]:
    """How much waits for whoever sells for each unit; the line leads to all of it."""
    suyas = [u.id for u in _por_las_que_vende(unidades)]
    cuantas = contar(sesion, suyas) if suyas else {}
    return {
        unidad_id: [replace(accion, url=accion.url.format(unidad_id), cuenta=n, urge=True)]
        for unidad_id, n in cuantas.items()
    }


@de_unidades("comercio.vender")
def vender(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    return {
        u.id: _de_vendedor(sesion, u) if Habilitacion.VENDEDOR in u.habilitaciones else [_habilitarse(u)]
        for u in _por_las_que_vende(unidades)
    }


def _por_las_que_vende(unidades: Sequence[Representada]) -> list[Representada]:
    return [u for u in unidades if u.produce and Facultad.VENDER in u.facultades]


def _habilitarse(unidad: Representada) -> Accion:
    texto = _("Para vender en la tienda la autoridad debe habilitar a la unidad.")
    url = f"/mis-unidades/{unidad.numero}/habilitaciones"
    return Accion(url, _("Pedir la habilitación de vendedor"), texto, "badge-check")


def _de_vendedor(sesion: Session, unidad: Representada) -> list[Accion]:
    acciones = []
    resumen = resumen_vendedor(sesion, unidad.id)
    url = f"/vender?unidad={unidad.id}"
    if resumen.por_despachar:
        texto = _("El dinero ya está en custodia: se le paga días después de la entrega, si no hay reclamo.")
        acciones.append(
            Accion(url, _("Despachar pedidos"), texto, "package-open", resumen.por_despachar, True)
        )
    if cortos := len(resumen.cortas):
        texto = _("Reponga la existencia o póngalos en pausa.")
        existencias = f"/vender/existencias?unidad={unidad.id}"
        acciones.append(
            Accion(existencias, _("Productos por agotarse"), texto, "package-minus", cortos, True)
        )
    texto = ngettext(
        "Tiene %(n)s producto publicado.", "Tiene %(n)s productos publicados.", resumen.publicados
    ) % {"n": resumen.publicados}
    return [*acciones, Accion(url, _("Vender en la tienda"), texto, "store")]
