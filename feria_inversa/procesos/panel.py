"""The reverse fair in the panel: the desk of an entity, and what the State needs for who may bid."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.procesos.consultas import contar_abiertas, contar_pilas
from nucleo.actor import Actor
from nucleo.panel import MAXIMO_CONTADO, Accion, Espera, Representada, de_unidades
from nucleo.textos import gettext as _

SIN_TERMINO = {"impugnadas", "en_subasta", "borradores"}
"""The piles that wait for no term of their process."""


@de_unidades("feria_inversa.comprar")
def comprar(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    compran = [
        u
        for u in unidades
        if u.tipo == TipoUnidad.ENTIDAD_PUBLICA
        and Habilitacion.ENTIDAD_CONTRATANTE in u.habilitaciones
        and u.facultades & {Facultad.COMPRAR, Facultad.EVALUAR}
    ]
    cuentas = contar_pilas(sesion, [u.id for u in compran]) if compran else {}
    return {u.id: _de_entidad(u, cuentas[u.id]) for u in compran}


@de_unidades("feria_inversa.ofertar")
def ofertar(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    ofertan = [u.id for u in unidades if u.produce and Facultad.OFERTAR in u.facultades]
    abiertas = contar_abiertas(sesion, MAXIMO_CONTADO) if ofertan else 0
    if not abiertas:
        return {}
    texto = _("Necesidades abiertas a ofertas en este momento.")
    vender = Accion("/feria", _("Vender al Estado"), texto, "megaphone", abiertas)
    return {unidad_id: [vender] for unidad_id in ofertan}


def _de_entidad(unidad: Representada, esperan: Mapping[str, Espera]) -> list[Accion]:
    pendientes = [
        ("impugnadas", _("Resolver impugnaciones"), _("El proceso espera su resolución."), "scale"),
        ("por_abrir", _("Abrir ofertas"), _("Terminó la recepción."), "mail-open"),
        ("por_adjudicar", _("Evaluar y adjudicar"), _("Compare las ofertas de cada ítem."), "scale"),
        ("por_contratar", _("Emitir órdenes de compra"), _("Ya tienen ganador."), "file-check"),
        ("suspendidas", _("Reanudar o cancelar"), _("Están suspendidas."), "clock"),
        ("en_subasta", _("En subasta"), _("Los precios bajan hasta que termine."), "gavel"),
        ("borradores", _("Publicar borradores"), _("Todavía nadie los ve."), "file-pen"),
        ("abiertas", _("Recibiendo ofertas"), _("Abiertas hasta su fecha de cierre."), "hourglass"),
    ]
    acciones = [
        Accion(
            f"/compras?ver={v}",
            t,
            d,
            i,
            esperan[v].cuantas,
            v not in {"abiertas", "en_subasta"},
            None if v in SIN_TERMINO else esperan[v].hasta,
        )
        for v, t, d, i in pendientes
        if v in esperan and (v != "impugnadas" or Facultad.ADMINISTRAR in unidad.facultades)
    ]
    if Facultad.COMPRAR in unidad.facultades:
        texto = _("Publique lo que la entidad necesita comprar.")
        acciones.append(Accion("/compras/nueva", _("Publicar una necesidad"), texto, "megaphone"))
    return acciones
