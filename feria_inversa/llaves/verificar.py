"""`qhatu verify`: each group of holders is what its own people brought and rehearsed, and who ended it."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from constancia import hash_de, hashes_que_faltan, hojas_de_mas
from feria_inversa.llaves.consultas import depositarios_de
from feria_inversa.llaves.modelos import Depositario, Resguardo
from feria_inversa.llaves.resguardos import (
    HOJA_DE_CLAVE,
    HOJA_DE_GRUPO,
    OBJETO,
    clave_en_hoja,
    fin_en_hoja,
    grupo_en_hoja,
    perdida_en_hoja,
)
from nucleo.auditoria import quienes_hicieron
from nucleo.verificar import comprueba


@comprueba("depositarios de llaves")
def verificar_depositarios(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    grupos = sesion.exec(select(Resguardo).order_by(col(Resguardo.id))).all()
    return [falta for fila in grupos for falta in _de_uno(sesion, fila)]


def _de_uno(sesion: Session, fila: Resguardo) -> Iterator[str]:
    depositarios = depositarios_de(sesion, fila.id)
    con_clave = [d for d in depositarios if d.publica is not None]
    for que, quienes in (("inscribir", con_clave), ("ensayar", depositarios if fila.vigente_desde else ())):
        hicieron = quienes_hicieron(sesion, f"resguardo.{que}", OBJETO, fila.id)
        for d in quienes:
            if d.persona_id not in hicieron:
                yield f"el depositario {d.numero} de {fila.id} no hizo lo suyo: {que}"
    hojas = {hash_de(HOJA_DE_CLAVE, str(fila.id), clave_en_hoja(d)): d for d in con_clave}
    for hash_ in hashes_que_faltan(sesion, hojas):
        yield f"falta en la constancia la clave del depositario {hojas[hash_].numero} de {fila.id}"
    if fila.vigente_desde is not None:
        yield from _del_grupo(sesion, fila, depositarios)


def _del_grupo(sesion: Session, fila: Resguardo, depositarios: Sequence[Depositario]) -> Iterator[str]:
    """What the log says of a group that holds keys, and who ended it or said that a key is lost."""
    dicho = grupo_en_hoja(fila, depositarios)
    perdidas = {perdida_en_hoja(d): d for d in depositarios if d.perdida_en is not None}
    dichas = [dicho, *perdidas, *([fin_en_hoja(fila.motivo_fin)] if fila.motivo_fin else [])]
    hojas = {hash_de(HOJA_DE_GRUPO, str(fila.id), dicha): dicha for dicha in dichas}
    for hash_ in hashes_que_faltan(sesion, hojas):
        que = "el grupo de depositarios" if hojas[hash_] == dicho else f"«{hojas[hash_]}» del grupo"
        yield f"falta en la constancia {que} {fila.id}"
    for otra in hojas_de_mas(sesion, HOJA_DE_GRUPO, hojas, [str(fila.id)]):
        yield f"la constancia tiene otro grupo: {otra}"
    dijeron = quienes_hicieron(sesion, "resguardo.perder", OBJETO, fila.id) if perdidas else set()
    for d in perdidas.values():
        if d.persona_id not in dijeron:
            yield f"el depositario {d.numero} de {fila.id} no dijo que perdió su clave"
    if fila.terminado_en is not None and not _alguien_lo_termino(sesion, fila):
        yield f"nadie terminó el grupo de depositarios {fila.id}"


def _alguien_lo_termino(sesion: Session, fila: Resguardo) -> bool:
    """Its entity did, saying why, or another group took its place at that instant."""
    if fila.motivo_fin is not None:
        return bool(quienes_hicieron(sesion, "resguardo.terminar", OBJETO, fila.id))
    otro = select(Resguardo.id).where(
        Resguardo.unidad_id == fila.unidad_id, Resguardo.vigente_desde == fila.terminado_en
    )
    return sesion.exec(otro).first() is not None
