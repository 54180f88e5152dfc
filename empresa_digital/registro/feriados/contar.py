"""A term in force, counted for whoever asks."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from empresa_digital.registro.catalogos import nombre_de_lugar
from nucleo.errores import NoEncontrado
from nucleo.plazos import Computo, Plazo, calendario, correr, dia_del_hecho, plazos_de_salas
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

DISTANCIA = "tramites.distancia"


class PlazoNoEncontrado(NoEncontrado):
    codigo = "plazo_no_encontrado"
    titulo = _l("No hay un plazo con ese código vigente ese día")


def filas_de(sesion: Session, codigo: str) -> list[Plazo]:
    """What each norm set, the newest first; of a room's own, what is in force. Raises `PlazoNoEncontrado`."""
    filas = [p for p in calendario(sesion).plazos if p.codigo == codigo]
    filas = filas or [p for p in vigentes(sesion, ahora_bd(sesion)) if p.codigo == codigo]
    if not filas:
        raise PlazoNoEncontrado(_("Vea en «Plazos» los que hay."))
    return filas[::-1]


def vigentes(sesion: Session, instante: datetime) -> list[Plazo]:
    """The terms in force at an instant: the common ones by code, then those of the rooms."""
    dia = dia_del_hecho(instante)
    comunes = [
        p
        for p in calendario(sesion).plazos
        if p.vigente_desde and p.vigente_desde <= dia and (p.vigente_hasta is None or dia < p.vigente_hasta)
    ]
    return comunes + plazos_de_salas(sesion, dia)


def contar_plazo(
    sesion: Session, codigo: str, inicio: datetime, lugares: Iterable[str], *, distancia: bool = False
) -> Computo:
    """Raises `PlazoNoEncontrado`, `LugarDesconocido`, `CalendarioSinPublicar`."""
    pedidos = list(lugares)
    for lugar in pedidos:
        nombre_de_lugar(sesion, lugar)
    de_ese_dia = {p.codigo: p for p in vigentes(sesion, inicio)}
    if codigo not in de_ese_dia:
        raise PlazoNoEncontrado(_("Elija un día en que el plazo ya regía; vea en «Plazos» los que hay."))
    mas = de_ese_dia.get(DISTANCIA) if distancia else None
    return correr(sesion, de_ese_dia[codigo], inicio, pedidos, distancia=mas)
