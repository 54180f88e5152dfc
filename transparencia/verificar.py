"""`qhatu verify`: the tables that are published are in the public log, as they are."""

from sqlmodel import Session

from constancia import hashes_que_faltan
from nucleo.verificar import comprueba
from transparencia.consultas import publicados


@comprueba("catalogo de datos")
def verificar_catalogo(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well. What a room keeps by itself, it verifies."""
    tablas = {
        edicion.hoja: conjunto.id
        for conjunto, ediciones in publicados(sesion).items()
        if conjunto.tabla
        for edicion in ediciones
    }
    faltan = sorted(tablas[hoja] for hoja in hashes_que_faltan(sesion, tablas))
    return [f"datos/{id_}: el registro público no tiene este archivo" for id_ in faltan]
