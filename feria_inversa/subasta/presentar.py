"""From an auction to what the API answers."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from feria_inversa.actos import INTERRUPCION, SUBASTA, actas_de_clase, renglon_de_clase
from feria_inversa.procesos import reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.consultas import Sala, Subastado, sala_de, turnos_de
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
        grupos=[_subastado(sesion, sala, subastado) for subastado in sala.subastados],
    )


def _estado(sala: Sala) -> str:
    if sala.abierta:
        return "abierta"
    if sala.cancelada:
        return "cancelada"
    return "terminada" if sala.subasta.terminada_en is not None or sala.empezo else "por_empezar"


def turno_que_corre(
    sesion: Session, convocatoria_id: UUID, grupo: int, instante: datetime
) -> TurnoSalida | None:
    """By rounds, whose turn it is; nobody's between rounds."""
    turnos = turnos_de(sesion, convocatoria_id, grupo, instante)
    este = next((t for t in turnos if t.corre(instante)), None)
    if este is None or este.proponente is None:
        return None
    return TurnoSalida(ronda=este.ronda, proponente=este.proponente, desde=este.desde, hasta=este.hasta)


def _subastado(sesion: Session, sala: Sala, subastado: Subastado) -> SubastadoSalida:
    turno = None
    if sala.subasta.rondas and subastado.abierta:
        turno = turno_que_corre(sesion, sala.subasta.convocatoria_id, subastado.numero, sala.instante)
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
