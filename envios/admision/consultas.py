"""Reads of the counter: what was admitted, what is announced, what a day held."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from empresa_digital.registro import partes_en_lote
from envios import s10
from envios.admision.errores import SinConstancia
from envios.admision.modelos import FilaDeAdmision
from envios.eventos import corregidos_de
from envios.items import EstadoEnvio, candidatos_de
from envios.items.modelos import Envio
from nucleo.lectores import Ilegible, leer_telefono, limpiar
from nucleo.plazos import inicio_del_dia

MAXIMO_HALLADOS = 20
ANUNCIADOS_QUE_SE_MIRAN = 2_000
LETRAS_MINIMAS = 3
_EN_QR = re.compile(r"^\S*/seguimiento/([^/?#\s]+).*$", re.IGNORECASE)


def admision_vigente(sesion: Session, envio: Envio) -> FilaDeAdmision | None:
    """As it was measured, unless that was declared wrong or it never came over a counter."""
    consulta = select(FilaDeAdmision).where(col(FilaDeAdmision.envio_id) == envio.id)
    filas = sesion.exec(consulta.order_by(col(FilaDeAdmision.vuelta).desc())).all()
    corregidos = corregidos_de(sesion, [envio.id]) if filas else set()
    return next((f for f in filas if f.evento_id not in corregidos), None)


def peso_medido(sesion: Session, envio: Envio) -> int | None:
    """Grams, as the scale of a counter said; None where none did."""
    fila = admision_vigente(sesion, envio)
    return fila.peso_g if fila is not None else None


def exigir_admision(sesion: Session, envio: Envio) -> FilaDeAdmision:
    """Raises `SinConstancia`."""
    fila = admision_vigente(sesion, envio)
    if fila is None:
        raise SinConstancia()
    return fila


def buscar_en_mostrador(
    sesion: Session, operador_unidad_id: UUID, municipio_ine: str, texto: str
) -> list[Envio]:
    """What somebody brings or comes for, by number (or what its QR says), the number of
    what it carries, recipient's name or telephone.

    What is announced, by the sender's telephone; what waits in this municipality, by the recipient's. At most
    twenty, newest first. Nothing of another operator's, whoever asks.
    """
    limpio = " ".join(limpiar(texto).split())
    if con_ese_numero := _por_numero(sesion, operador_unidad_id, limpio):
        return con_ese_numero
    letras = re.sub(r"[%_\\]", "", limpio)
    if len(letras) < LETRAS_MINIMAS:
        return []
    espera_aqui = (col(Envio.estado) == EstadoEnvio.LISTO_PARA_RETIRO) & (
        col(Envio.destino_municipio_ine) == municipio_ine
    )
    esperados = (
        col(Envio.custodio_unidad_id) == operador_unidad_id,
        or_(col(Envio.estado) == EstadoEnvio.ANUNCIADO, espera_aqui),
    )
    if telefono := _telefono(limpio):
        return _por_telefono(sesion, esperados, telefono)
    parecido = func.concat("%", func.nucleo_sin_acentos(letras), "%")
    se_llama = func.nucleo_sin_acentos(Envio.destinatario_nombre).like(parecido)
    return list(_de_los_ultimos(sesion, (*esperados, se_llama), MAXIMO_HALLADOS))


def _por_numero(sesion: Session, operador_unidad_id: UUID, texto: str) -> list[Envio]:
    """In whatever state, so that the worker sees what became of it; also what several call by one number, and
    all the parcels of one order."""
    numero = s10.normalizar(_EN_QR.sub(r"\1", texto))
    candidatos = candidatos_de(sesion, [numero]).get(numero, [])
    if not numero:
        return []
    asi = or_(col(Envio.id).in_([c.envio_id for c in candidatos]), col(Envio.referencia_numero) == numero)
    consulta = select(Envio).where(asi, col(Envio.custodio_unidad_id) == operador_unidad_id)
    return list(sesion.exec(consulta.order_by(col(Envio.id)).limit(MAXIMO_HALLADOS)))


def _telefono(texto: str) -> str:
    try:
        return leer_telefono(texto)
    except Ilegible:
        return ""


def _por_telefono(sesion: Session, esperados: tuple[ColumnElement[bool], ...], telefono: str) -> list[Envio]:
    ultimos = _de_los_ultimos(sesion, esperados, ANUNCIADOS_QUE_SE_MIRAN)
    partes = partes_en_lote(sesion, {e.remitente_parte_id for e in ultimos})
    suyas = {id for id, parte in partes.items() if parte.telefono and _telefono(parte.telefono) == telefono}
    return [
        e
        for e in ultimos
        if (
            e.remitente_parte_id in suyas
            if e.estado is EstadoEnvio.ANUNCIADO
            else _telefono(e.destinatario_telefono or "") == telefono
        )
    ][:MAXIMO_HALLADOS]


def _de_los_ultimos(
    sesion: Session, condiciones: tuple[ColumnElement[bool], ...], cuantos: int
) -> Sequence[Envio]:
    consulta = select(Envio).where(*condiciones)
    return sesion.exec(
        consulta.order_by(col(Envio.estado_en).desc(), col(Envio.id).desc()).limit(cuantos)
    ).all()


def dia_en_bolivia(dia: date) -> tuple[datetime, datetime]:
    """Its first instant, and that of the next one."""
    desde = inicio_del_dia(dia)
    return desde, desde + timedelta(days=1)


def admitidos_el(
    sesion: Session, agencia_id: UUID, dia: date, *, limite: int | None = None
) -> list[tuple[FilaDeAdmision, Envio]]:
    """What an agency took on a day, newest first."""
    desde, hasta = dia_en_bolivia(dia)
    consulta = (
        select(FilaDeAdmision, Envio)
        .join(Envio, col(Envio.id) == col(FilaDeAdmision.envio_id))
        .where(
            col(FilaDeAdmision.agencia_id) == agencia_id,
            col(FilaDeAdmision.admitido_en) >= desde,
            col(FilaDeAdmision.admitido_en) < hasta,
        )
        .order_by(col(FilaDeAdmision.admitido_en).desc(), col(FilaDeAdmision.id))
    )
    return list(sesion.exec(consulta.limit(limite) if limite else consulta).all())
