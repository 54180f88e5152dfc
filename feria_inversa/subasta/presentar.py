"""From an auction to what the API answers."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from feria_inversa.actos import INTERRUPCION, SUBASTA, actas_de_clase, renglon_de_clase
from feria_inversa.procesos import reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.consultas import Sala, Subastado, TurnoDe, sala_de, turnos_de
from feria_inversa.subasta.esquemas import (
    AvisoSalida,
    PosturaSalida,
    SubastadoSalida,
    SubastaSalida,
    TurnoSalida,
)


def subasta(sesion: Session, convocatoria: Convocatoria) -> SubastaSalida:
    """Raises `SinSubasta`."""
    sala, reglas = sala_de(sesion, convocatoria), reglas_de(convocatoria)
    acta = renglon_de_clase(sesion, convocatoria.id, SUBASTA)
    turnos = turnos_de(sesion, convocatoria.id, sala.instante) if sala.subasta.rondas else {}
    return SubastaSalida(
        estado=_estado(sala),
        empieza_en=sala.subasta.empieza_en,
        terminada_en=sala.subasta.terminada_en,
        duracion_min=sala.subasta.duracion_min,
        extension_min=sala.subasta.extension_min,
        confirmado=reglas is not None and reglas.subasta is not None and reglas.subasta.confirmado,
        acta=acta.numero if acta else None,
        ahora=sala.instante,
        avisos=[
            AvisoSalida(acta=aviso.numero, hecha_en=aviso.hecha_en)
            for aviso in actas_de_clase(sesion, convocatoria.id, INTERRUPCION)
        ],
        rondas=sala.subasta.rondas,
        turno_min=sala.subasta.turno_min,
        pausa_min=sala.subasta.pausa_min,
        grupos=[_subastado(sala, uno, turnos.get(uno.numero, ())) for uno in sala.subastados],
    )


def _estado(sala: Sala) -> str:
    if sala.abierta:
        return "abierta"
    if sala.cancelada:
        return "cancelada"
    return "terminada" if sala.subasta.terminada_en is not None or sala.empezo else "por_empezar"


def turno_que_corre(turnos: Sequence[TurnoDe], instante: datetime) -> TurnoSalida | None:
    """By rounds, whose turn it is; nobody's between rounds."""
    este = next((t for t in turnos if t.corre(instante)), None)
    if este is None or este.proponente is None:
        return None
    return TurnoSalida(ronda=este.ronda, proponente=este.proponente, desde=este.desde, hasta=este.hasta)


def _subastado(sala: Sala, subastado: Subastado, turnos: Sequence[TurnoDe]) -> SubastadoSalida:
    turno = turno_que_corre(turnos, sala.instante) if subastado.abierta else None
    return SubastadoSalida(
        grupo=subastado.numero,
        nombre=subastado.grupo.nombre,
        paso=subastado.paso,
        termina_en=subastado.termina_en,
        extensiones=subastado.extensiones,
        abierto=subastado.abierta,
        turno=turno,
        posturas=[
            PosturaSalida(
                lugar=p.lugar,
                proponente=p.proponente,
                total=p.total,
                inicial=p.inicial,
                hecha_en=p.hecha_en if p.pujas or sala.subasta.terminada_en else None,
                pujas=p.pujas,
            )
            for p in subastado.posturas
        ],
    )
