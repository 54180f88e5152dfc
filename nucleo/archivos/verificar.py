"""`qhatu verify`: the bytes are in the store as they were kept, and every file is somebody's."""

from sqlmodel import Session, func, select

from nucleo.archivos.almacen import tamano_en_almacen
from nucleo.archivos.consultas import sin_duenio
from nucleo.archivos.modelos import Archivo, Contenido
from nucleo.verificar import comprueba


@comprueba("archivos")
def comprobar(sesion: Session) -> list[str]:
    faltas = []
    for contenido in sesion.exec(select(Contenido).execution_options(yield_per=1000)):
        hay = tamano_en_almacen(contenido.sha256)
        if hay != contenido.tamano:
            faltas.append(
                f"el archivo {contenido.sha256} tiene {hay or 0} bytes y se guardaron {contenido.tamano}"
            )
    sueltos = sesion.exec(select(func.count()).select_from(Archivo).where(*sin_duenio())).one()
    if sueltos:
        faltas.append(f"{sueltos} archivos no son de nadie")
    return faltas
