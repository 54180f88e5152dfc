"""The reverse fair in the panel: the desk of an entity, and what the State needs for who may bid."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.procesos.consultas import contar_abiertas, de_la_entidad
from feria_inversa.procesos.estados import Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.panel import MAXIMO_CONTADO, Accion, Representada, de_unidades
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

PILAS = (
    ("borradores", {Estado.BORRADOR}),
    ("abiertas", {Estado.PUBLICADO}),
    ("por_abrir", {Estado.RECEPCION_CERRADA}),
    ("por_adjudicar", {Estado.APERTURA, Estado.SUBASTA, Estado.EVALUACION}),
    ("por_contratar", {Estado.ADJUDICADO, Estado.PLAZO_IMPUGNACION}),
)


@de_unidades("feria_inversa.comprar")
def comprar(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    return {
        u.id: _de_entidad(sesion, u)
        for u in unidades
        if u.tipo == TipoUnidad.ENTIDAD_PUBLICA
        and Habilitacion.ENTIDAD_CONTRATANTE in u.habilitaciones
        and u.facultades & {Facultad.COMPRAR, Facultad.EVALUAR}
    }


@de_unidades("feria_inversa.ofertar")
def ofertar(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    ofertan = [u.id for u in unidades if u.produce and Facultad.OFERTAR in u.facultades]
    abiertas = contar_abiertas(sesion, MAXIMO_CONTADO) if ofertan else 0
    if not abiertas:
        return {}
    texto = _("Necesidades abiertas a ofertas en este momento.")
    vender = Accion("/feria", _("Vender al Estado"), texto, "megaphone", abiertas)
    return {unidad_id: [vender] for unidad_id in ofertan}


def _de_entidad(sesion: Session, unidad: Representada) -> list[Accion]:
    propias = de_la_entidad(sesion, [unidad.id], {estado for _v, estados in PILAS for estado in estados})
    instante = ahora_bd(sesion)
    cuantas = Counter(_pila(c, instante) for c in propias)
    pendientes = [
        ("por_abrir", _("Abrir ofertas"), _("Terminó la recepción."), "mail-open"),
        ("por_adjudicar", _("Evaluar y adjudicar"), _("Compare las ofertas de cada ítem."), "scale"),
        ("por_contratar", _("Emitir órdenes de compra"), _("Ya tienen ganador."), "file-check"),
        ("borradores", _("Publicar borradores"), _("Todavía nadie los ve."), "file-pen"),
        ("abiertas", _("Recibiendo ofertas"), _("Abiertas hasta su fecha de cierre."), "hourglass"),
    ]
    acciones = [
        Accion(f"/compras?ver={v}", t, d, i, cuantas[v], v != "abiertas")
        for v, t, d, i in pendientes
        if cuantas[v]
    ]
    if Facultad.COMPRAR in unidad.facultades:
        texto = _("Publique lo que la entidad necesita comprar.")
        acciones.append(Accion("/compras/nueva", _("Publicar una necesidad"), texto, "megaphone"))
    return acciones


def _pila(convocatoria: Convocatoria, instante: datetime) -> str:
    """The pile of the desk; a call past its hour waits to be opened even before the sweep closes it."""
    vencida = convocatoria.vence_en is not None and convocatoria.vence_en <= instante
    if convocatoria.estado == Estado.PUBLICADO and vencida:
        return "por_abrir"
    return next(ver for ver, estados in PILAS if convocatoria.estado in estados)
