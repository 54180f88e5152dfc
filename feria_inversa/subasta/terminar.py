"""The end of an auction: time alone brings it, and an act says every bid and whose each was."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from empresa_digital.registro import unidad_por_id, unidades_en_lote
from feria_inversa.actos import SUBASTA, acta_de_clase, levantar, publicar_acto
from feria_inversa.designaciones import apartar_por_conflicto
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.precios import exacto
from feria_inversa.procesos import OBJETO, Estado, bloquear, pasar, poner_plazo, reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta import eventos
from feria_inversa.subasta.bloqueos import detener
from feria_inversa.subasta.consultas import Sala, Subastado, TurnoDe, sala_de, todas_las_pujas, turnos_de
from feria_inversa.subasta.modelos import Participante, Puja
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.lectores import en_cifras
from nucleo.reloj import ZONA, ahora_bd

POR_RELOJ = "reloj de la subasta"


def terminar_por_reloj(sesion: Session, convocatoria_id: UUID) -> bool:
    """End the auction of which nothing is open any more; False when there is nothing to do.

    From then on each bid says what its bidder bid last, and everybody knows who is who.
    """
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado != Estado.SUBASTA:
        return False
    acaba = detener(sesion, convocatoria_id)
    instante = ahora_bd(sesion)
    if instante < acaba:
        return False
    sistema = Autorizacion.propia(Actor.sistema(POR_RELOJ))
    dicho = lo_subastado(sesion, convocatoria)
    acta = acta_de_clase(sesion, convocatoria_id, SUBASTA)  # the database admits one that says the same bids
    if acta is None:
        acta = levantar(sesion, convocatoria_id, SUBASTA, dicho, POR_RELOJ, instante)
    apartar_por_conflicto(sesion, convocatoria)
    pasar(convocatoria, Estado.EVALUACION)
    poner_plazo(sesion, convocatoria, instante)
    sesion.flush()
    sesion.expire_all()  # the lines of the bids say another price now (trigger)
    publicar_acto(sesion, convocatoria_id, ["tenderUpdate"], instante)
    hechos = {"acta": acta.numero, "pujas": sum(len(g["pujas"]) for g in dicho["grupos"])}
    publicar(sesion, eventos.SUBASTA_TERMINADA, convocatoria_id, hechos, sistema)
    auditar(sesion, sistema, "subasta.terminar", OBJETO, convocatoria_id, hechos)
    sesion.flush()
    return True


def lo_subastado(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """What the act says: by which rules, who each number was, every bid in its order, and how it ended."""
    sala, reglas = sala_de(sesion, convocatoria), reglas_de(convocatoria)
    assert reglas is not None
    assert reglas.subasta is not None
    pujas = todas_las_pujas(sesion, convocatoria.id)
    turnos = turnos_de(sesion, convocatoria.id, sala.instante) if sala.subasta.rondas else {}
    return {
        "cuce": convocatoria.cuce,
        "titulo": convocatoria.titulo,
        "entidad": unidad_por_id(sesion, convocatoria.unidad_id).denominacion,
        "reglas": {
            "paso_por_mil": reglas.subasta.paso_por_mil,
            "duracion_min": sala.subasta.duracion_min,
            "extension_min": sala.subasta.extension_min,
            **_rondas(sala),
            "fuente": reglas.subasta.fuente,
            "confirmado": reglas.subasta.confirmado,
        },
        "empezo": sala.subasta.empieza_en.astimezone(ZONA).isoformat(),
        "proponentes": _proponentes(sesion, convocatoria.id),
        "grupos": [
            _grupo(subastado, pujas[subastado.numero]) | _turnos(turnos.get(subastado.numero))
            for subastado in sala.subastados
        ],
    }


def _rondas(sala: Sala) -> dict[str, int]:
    subasta = sala.subasta
    por_rondas = {"rondas": subasta.rondas, "turno_min": subasta.turno_min, "pausa_min": subasta.pausa_min}
    return por_rondas if subasta.rondas else {}


def _turnos(turnos: Sequence[TurnoDe] | None) -> dict[str, list[dict[str, Any]]]:
    """By rounds, whose each turn was, and when."""
    if turnos is None:
        return {}
    dichos = [
        {
            "ronda": t.ronda,
            "proponente": t.proponente,
            "desde": t.desde.astimezone(ZONA).isoformat(),
            "hasta": t.hasta.astimezone(ZONA).isoformat(),
        }
        for t in turnos
    ]
    return {"turnos": dichos}


def _proponentes(sesion: Session, convocatoria_id: UUID) -> list[dict[str, Any]]:
    consulta = (
        select(Participante.proponente, Oferta.id, Oferta.unidad_id)
        .join(Oferta, Oferta.id == Participante.oferta_id)  # type: ignore[arg-type]
        .where(Participante.convocatoria_id == convocatoria_id)
        .distinct()
        .order_by(Participante.proponente)  # type: ignore[arg-type]
    )
    quienes = sesion.exec(consulta).all()
    unidades = unidades_en_lote(sesion, [unidad_id for _n, _oferta, unidad_id in quienes])
    return [
        {
            "proponente": numero,
            "proveedor": unidades[unidad_id].denominacion,
            "registro": unidades[unidad_id].numero,
            "oferta": str(oferta_id),
        }
        for numero, oferta_id, unidad_id in quienes
    ]


def _grupo(subastado: Subastado, pujas: Sequence[tuple[Participante, Puja]]) -> dict[str, Any]:
    return {
        "nombre": subastado.grupo.nombre,
        "item": subastado.numero,
        "referencia": exacto(subastado.grupo.total_referencial),
        "paso": exacto(subastado.paso),
        "termino": subastado.termina_en.astimezone(ZONA).isoformat(),
        "extensiones": subastado.extensiones,
        "ofertas": [
            {"proponente": quien.proponente, "total": exacto(puja.monto), "precios": _precios(puja)}
            for quien, puja in sorted(pujas, key=lambda par: par[0].proponente)
            if puja.numero == 0
        ],
        "pujas": [
            {
                "proponente": quien.proponente,
                "numero": puja.numero,
                "total": exacto(puja.monto),
                "precios": _precios(puja),
                "hecha": puja.hecha_en.astimezone(ZONA).isoformat(),
                **({} if puja.ronda is None else {"ronda": puja.ronda}),
            }
            for quien, puja in pujas
            if puja.numero > 0
        ],
        "final": [
            {"lugar": p.lugar, "proponente": p.proponente, "total": exacto(p.total)}
            for p in subastado.posturas
        ],
    }


def _precios(puja: Puja) -> list[str]:
    return [en_cifras(precio) for precio in puja.precios]
