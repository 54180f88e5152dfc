"""Take away what nobody owns any more."""

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from nucleo.archivos.almacen import barrer_almacen, olvidar, quitar_sobrantes
from nucleo.archivos.consultas import GRACIA, de_nadie, sin_duenio
from nucleo.archivos.modelos import Archivo, Contenido
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd
from nucleo.tareas import periodica

_LOTE = 1000


@periodica("nucleo.barrer_archivos", cada=3600)
def barrer_archivos() -> int:
    """Files whose owner is gone, the bytes of no file, what a crash left; how many went from the store."""
    with transaccion() as sesion:
        hasta = ahora_bd(sesion) - GRACIA
        sueltos = select(Archivo.id).where(*sin_duenio()).limit(_LOTE)
        sesion.connection().execute(delete(Archivo).where(col(Archivo.id).in_(sueltos)))
    with transaccion() as sesion:
        soltados = _soltar_contenidos(sesion)
    return quitar_sobrantes(soltados) + barrer_almacen(hasta)


def _soltar_contenidos(sesion: Session) -> list[str]:
    """Forget contents of no file."""
    viejos = select(Contenido.sha256).where(
        col(Contenido.creado_en) < func.nucleo_ahora() - GRACIA, *de_nadie()
    )
    return [sha256 for sha256 in sesion.exec(viejos.limit(_LOTE)).all() if olvidar(sesion, sha256)]
