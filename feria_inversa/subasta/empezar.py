"""The auction of a process whose envelopes were opened: what is auctioned, who takes part, when it begins."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import unidad_por_id
from feria_inversa.ofertas import OfertaConLineas
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import Grupo, agrupar, reglas_de
from feria_inversa.procesos.modelos import Convocatoria, Item
from feria_inversa.reglas import RONDAS
from feria_inversa.subasta.horario import cuando_empieza
from feria_inversa.subasta.lugares import que_le_falta
from feria_inversa.subasta.modelos import GrupoSubastado, Participante, Subasta
from nucleo.dinero import a_centavos, de_centavos
from nucleo.ids import nuevo_id

COMPITEN = 2
"""With one bid there is nobody to bid against."""


@dataclass(frozen=True, slots=True)
class EnCompetencia:
    """What is awarded at once, and the bids that compete: whole, within the reference, of who may sell."""

    grupo: Grupo
    ofertas: Sequence[Oferta]


def empezar(
    sesion: Session,
    convocatoria: Convocatoria,
    items: Sequence[Item],
    abiertas: Sequence[OfertaConLineas],
    pueden: Collection[UUID],
    instante: datetime,
) -> bool:
    """Prepare the auction of a locked call in its opening, of those of its bids that may be awarded; False
    when it has none, or nobody competes.
    """
    if not convocatoria.subasta:
        return False
    compiten = _en_competencia(agrupar(sesion, convocatoria, items), abiertas, pueden)
    if not compiten:
        return False
    reglas = reglas_de(convocatoria)
    assert reglas is not None
    assert reglas.subasta is not None
    lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
    minutos = reglas.subasta.minutos(max(len(c.ofertas) for c in compiten))
    empieza_en = cuando_empieza(sesion, reglas, instante, lugar, minutos)
    sesion.add(
        Subasta(
            convocatoria_id=convocatoria.id,
            duracion_min=minutos,
            extension_min=reglas.subasta.extension_min,
            empieza_en=empieza_en,
            rondas=RONDAS if convocatoria.subasta_por_rondas else 0,
            turno_min=reglas.subasta.turno_min,
            pausa_min=reglas.subasta.pausa_min,
        )
    )
    sesion.flush()
    sesion.add_all(
        GrupoSubastado(
            convocatoria_id=convocatoria.id,
            numero=c.grupo.primero.numero,
            lote=c.grupo.lote.numero if c.grupo.lote else None,
            paso=de_centavos(_paso(c.grupo, reglas.subasta.paso_por_mil)),
            cantidades=[item.cantidad for item in c.grupo.items],
            termina_en=empieza_en + timedelta(minutes=minutos),
        )
        for c in compiten
    )
    sesion.flush()
    _anotar(sesion, convocatoria, compiten)
    return True


def _en_competencia(
    grupos: Sequence[Grupo], abiertas: Sequence[OfertaConLineas], pueden: Collection[UUID]
) -> list[EnCompetencia]:
    compiten = []
    for grupo in grupos:
        ofertas = []
        for abierta in abiertas:
            suyas = [linea for linea in abierta.lineas if linea.item_id in grupo.ids]
            if que_le_falta(grupo, suyas) is None and abierta.proveedor.id in pueden:
                ofertas.append(abierta.oferta)
        if len(ofertas) >= COMPITEN:
            compiten.append(EnCompetencia(grupo, ofertas))
    return compiten


def _paso(grupo: Grupo, por_mil: int) -> int:
    """So many thousandths of the reference, in centavos: up, never nothing."""
    return max(1, -(-a_centavos(grupo.total_referencial) * por_mil // 1000))


def _anotar(sesion: Session, convocatoria: Convocatoria, compiten: Sequence[EnCompetencia]) -> None:
    """Who takes part, each with a number by chance: nothing tells who is who."""
    ids = sorted({oferta.id for c in compiten for oferta in c.ofertas})
    SystemRandom().shuffle(ids)
    numeros = {id_: n for n, id_ in enumerate(ids, start=1)}
    sesion.add_all(
        Participante(
            id=nuevo_id(),
            convocatoria_id=convocatoria.id,
            grupo=c.grupo.primero.numero,
            proponente=numeros[oferta.id],
            oferta_id=oferta.id,
        )
        for c in compiten
        for oferta in c.ofertas
    )
    sesion.flush()
