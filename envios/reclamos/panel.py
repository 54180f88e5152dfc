"""Claims in the panel: what an operator must answer, what the authority must resolve."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, TipoUnidad
from envios.reclamos.consultas import contar, supervisa
from envios.reclamos.estados import DEL_OPERADOR, EstadoReclamo
from envios.reclamos.modelos import Reclamo
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("envios.reclamos")
def por_responder(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    acciones: dict[UUID, Sequence[Accion]] = {}
    for u in unidades:
        if u.tipo == TipoUnidad.OPERADOR_POSTAL and Facultad.DESPACHAR in u.facultades:
            cuentas = contar(sesion, u.id)
            cuantos = sum(cuentas.get(e, 0) for e in DEL_OPERADOR)
            url = f"/envios/operador/reclamos?unidad={u.id}"
            texto = _("Sin respuesta en su plazo se tienen por aceptados.")
            acciones[u.id] = [Accion(url, _("Reclamos"), texto, "scale", cuantos or None, bool(cuantos))]
    return acciones


@de_unidades("envios.supervisar")
def por_resolver(
    sesion: Session, actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    suyas = [u.id for u in unidades if Facultad.REGULAR in u.facultades]
    if not suyas or not supervisa(sesion, actor):
        return {}
    consulta = select(func.count()).where(col(Reclamo.estado) == EstadoReclamo.ANTE_REGULADOR)
    cuantos = sesion.exec(consulta).one()
    texto = _("Reclamos que resolver, lo que deben y cómo cumplen.")
    accion = Accion(
        "/regulador/envios",
        _("Supervisar a los operadores postales"),
        texto,
        "truck",
        cuantos or None,
        bool(cuantos),
    )
    return {id: [accion] for id in suyas}
