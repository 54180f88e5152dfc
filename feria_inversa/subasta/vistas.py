"""What the page of an auction shows of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, unidades_de, unidades_en_lote
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.consultas import Mia, Postura, Sala, Subastado, TurnoDe
from feria_inversa.subasta.lugares import lo_que_no_compite, lugares_de
from feria_inversa.subasta.modelos import Participante, Puja
from nucleo.actor import Actor
from nucleo.dinero import bs

POR_PAGINA = 50


@dataclass(frozen=True, slots=True)
class Puesto:
    """Where a unit of the visitor's stands, and what it may bid at most; nothing when it cannot go lower."""

    unidad_id: UUID
    unidad: str
    postura: Postura
    hasta: Money | None
    turno: TurnoDe | None
    pujada: Money | None
    """By rounds: their turn that runs or comes next, and what they bid in the one that runs."""


def elegido(sala: Sala, suyas: Sequence[Mia], cosa: int | None) -> Subastado:
    """What is shown in full: what was asked for, or what the visitor may bid for, or the first."""
    por_numero = {subastado.numero: subastado for subastado in sala.subastados}
    if cosa in por_numero:
        return por_numero[cosa]
    mios = [por_numero[mia.grupo] for mia in suyas]
    return next((s for s in mios if s.abierta), mios[0] if mios else sala.subastados[0])


def puestos(
    sesion: Session, sala: Sala, subastado: Subastado, suyas: Sequence[Mia], turnos: Sequence[TurnoDe]
) -> list[Puesto]:
    """The places of the visitor's units in what is shown."""
    suyos: dict[UUID | None, TurnoDe] = {}
    for turno in turnos:
        if turno.hasta > sala.instante:
            suyos.setdefault(turno.participante_id, turno)
    de_grupo = {mia.participante_id: mia for mia in suyas if mia.grupo == subastado.numero}
    unidades = unidades_en_lote(sesion, [mia.unidad_id for mia in de_grupo.values()])
    return [
        Puesto(
            de_grupo[p.participante_id].unidad_id,
            unidades[de_grupo[p.participante_id].unidad_id].nombre,
            p,
            hasta if (hasta := p.total - subastado.paso) > bs(0) else None,
            suyos.get(p.participante_id),
            _pujada(sesion, p.participante_id, suyos.get(p.participante_id)),
        )
        for p in subastado.posturas
        if p.participante_id in de_grupo
    ]


def _pujada(sesion: Session, participante_id: UUID, turno: TurnoDe | None) -> Money | None:
    """What somebody bid in their turn, which others see when it ends."""
    if turno is None:
        return None
    consulta = select(Puja).where(
        Puja.participante_id == participante_id, Puja.ronda == turno.ronda, Puja.hecha_en >= turno.desde
    )
    suya = sesion.exec(consulta).one_or_none()
    return suya.monto if suya is not None else None


def nombres_de(sesion: Session, convocatoria: Convocatoria) -> Mapping[int, str]:
    """Who each number was; nobody knows before the auction ends."""
    if convocatoria.estado == Estado.SUBASTA:
        return {}
    consulta = (
        select(Participante.proponente, Oferta.unidad_id)
        .join(Oferta, col(Oferta.id) == Participante.oferta_id)
        .where(Participante.convocatoria_id == convocatoria.id)
        .distinct()
    )
    quienes = dict(sesion.exec(consulta).all())
    unidades = unidades_en_lote(sesion, list(quienes.values()))
    return {numero: unidades[unidad_id].nombre for numero, unidad_id in quienes.items()}


def fuera_de(sesion: Session, actor: Actor | None, convocatoria: Convocatoria) -> list[tuple[str, str]]:
    """The units that the visitor may bid for, with that for which they do not compete, and why."""
    if actor is None:
        return []
    suyas = {unidad.id: unidad.nombre for unidad in unidades_de(sesion, actor, Facultad.OFERTAR)}
    lugares = lugares_de(sesion, convocatoria, suyas) if suyas else {}
    return [(suyas[id_], lo_que_no_compite(lugar)) for id_, lugar in lugares.items() if lugar.fuera]
