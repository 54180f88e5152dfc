"""From an auction to what the API answers."""

from sqlmodel import Session

from feria_inversa.actos import INTERRUPCION, SUBASTA, actas_de_clase, renglon_de_clase
from feria_inversa.procesos import reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.consultas import Sala, Subastado, sala_de
from feria_inversa.subasta.esquemas import AvisoSalida, PosturaSalida, SubastadoSalida, SubastaSalida


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
        grupos=[_subastado(sala, subastado) for subastado in sala.subastados],
    )


def _estado(sala: Sala) -> str:
    if sala.abierta:
        return "abierta"
    if sala.cancelada:
        return "cancelada"
    return "terminada" if sala.subasta.terminada_en is not None or sala.empezo else "por_empezar"


def _subastado(sala: Sala, subastado: Subastado) -> SubastadoSalida:
    return SubastadoSalida(
        grupo=subastado.numero,
        nombre=subastado.grupo.nombre,
        paso=subastado.paso,
        termina_en=subastado.termina_en,
        extensiones=subastado.extensiones,
        abierto=subastado.abierta,
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
