"""The tables of open data are written once a day, and kept with a leaf in the public log."""

from datetime import datetime
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from sqlmodel import Session, col, select

from constancia import anotar_archivos
from nucleo.archivos import guardar, huellas_de, soltar
from nucleo.dcat import conjuntos
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import en_castellano
from transparencia.bloqueos import tabla_si_libre
from transparencia.consultas import ARCHIVO, TIPO, pagina_de
from transparencia.escribir import Escrita, escribir
from transparencia.modelos import TablaPublicada


def por_hacer(sesion: Session) -> list[str]:
    """The datasets whose table was not written today (in Bolivia), by id."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    inicio = datetime(hoy.year, hoy.month, hoy.day, tzinfo=ZONA)
    de_hoy = set(sesion.exec(select(TablaPublicada.conjunto).where(col(TablaPublicada.vista_en) >= inicio)))
    return sorted(id_ for id_, conjunto in conjuntos().items() if conjunto.tabla and id_ not in de_hoy)


def hacer_tabla(sesion: Session, conjunto: str) -> bool:
    """Write it; False when somebody else does, or it would be empty: what was told before stays then."""
    tabla = conjuntos()[conjunto].tabla
    assert tabla is not None, conjunto
    if not tabla_si_libre(sesion, conjunto):
        return False
    with TemporaryFile() as archivo, en_castellano():
        escrita = escribir(tabla, tabla.filas(sesion), archivo)
        if escrita.filas == 0:
            return False
        _guardar(sesion, conjunto, escrita, archivo)
    return True


def _guardar(sesion: Session, conjunto: str, escrita: Escrita, archivo: BinaryIO) -> None:
    """Keep it in place of the one that there was; one whose bytes are the same stays."""
    ahora = ahora_bd(sesion)
    hoy = fecha_bolivia(ahora)
    fila = sesion.exec(select(TablaPublicada).where(TablaPublicada.conjunto == conjunto)).one_or_none()
    id_ = fila.id if fila else nuevo_id()
    nuevo, antes = guardar(sesion, archivo, TIPO, duenio=id_), fila.archivo_id if fila else None
    huellas = huellas_de(sesion, [nuevo, *([antes] if antes else [])])
    anotar_archivos(sesion, pagina_de(conjunto), {ARCHIVO: huellas[nuevo].sha256})
    puesto: dict[str, Any] = {
        "filas": escrita.filas,
        "desde": escrita.desde or hoy,
        "hasta": escrita.hasta or hoy,
        "vista_en": ahora,
    }
    igual = antes is not None and huellas[nuevo] == huellas[antes]
    if not igual:
        puesto |= {"archivo_id": nuevo, "hecha_en": ahora}
    fila = fila or TablaPublicada(id=id_, conjunto=conjunto, **puesto)
    for campo, valor in puesto.items():
        setattr(fila, campo, valor)
    sesion.add(fila)
    sesion.flush()
    if antes is not None:
        soltar(sesion, nuevo if igual else antes)
