"""Periodic work of the history. It asks the database what is due and may run twice at once."""

import time
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from feria_inversa.importar.bloqueos import bloquear_archivo
from feria_inversa.importar.cargar import seguir
from feria_inversa.importar.errores import OtroLaImporta
from feria_inversa.importar.estados import VIDA_ARCHIVO, EstadoArchivo
from feria_inversa.importar.modelos import Archivo
from feria_inversa.importar.origen import descomprimido, sin_danio
from nucleo.archivos import copia_de, soltar
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd
from nucleo.tareas import cada_uno, pendientes, periodica

DIAS_PARA_SEGUIR = 7
SEGUNDOS = 60
"""No lot is begun after so long: a task has two minutes, and the next sweep goes on."""


@periodica("feria.cortar_historias", cada=3600)
def cortar_historias() -> int:
    """Files that nobody went on with: what is in stays, and the same file begins again."""
    limite = func.nucleo_ahora() - timedelta(days=DIAS_PARA_SEGUIR)
    paradas = select(Archivo.id).where(
        Archivo.estado == EstadoArchivo.EN_MARCHA, col(Archivo.avanzo_en) <= limite
    )
    return cada_uno(pendientes(paradas.order_by(col(Archivo.avanzo_en), col(Archivo.id))), _cortar)


def _cortar(sesion: Session, archivo_id: int | None) -> bool:
    """False when somebody went on with it meanwhile."""
    assert archivo_id is not None
    archivo = bloquear_archivo(sesion, archivo_id)
    parada = archivo.avanzo_en <= ahora_bd(sesion) - timedelta(days=DIAS_PARA_SEGUIR)
    if archivo.estado != EstadoArchivo.EN_MARCHA or not parada:
        return False
    archivo.terminado_en = ahora_bd(sesion)
    VIDA_ARCHIVO.pasar(archivo, EstadoArchivo.CORTADO)
    _dejar_sus_bytes(sesion, archivo)
    return True


@periodica("feria.seguir_historias", cada=10)
def seguir_historias() -> int:
    """Files that were uploaded: a lot after another of each, in their order; then their bytes go."""
    subidas = select(Archivo.id).where(col(Archivo.guardado_id).is_not(None))
    hasta = time.monotonic() + SEGUNDOS
    return cada_uno(pendientes(subidas.order_by(col(Archivo.id))), lambda _sesion, id_: _seguir(id_, hasta))


def _seguir(archivo_id: int | None, hasta: float) -> bool:
    """False when somebody else goes on with it, or it is late. Each lot is a transaction of its own."""
    assert archivo_id is not None
    with transaccion() as sesion:
        archivo = sesion.get_one(Archivo, archivo_id)
        if archivo.guardado_id is None or time.monotonic() > hasta:
            return False
        por_leer = archivo.estado == EstadoArchivo.EN_MARCHA
        copia = copia_de(sesion, archivo.guardado_id)
    with copia, sin_danio(), descomprimido(copia) as flujo:
        try:
            for _byte in seguir(archivo_id, flujo) if por_leer else ():
                if time.monotonic() > hasta:
                    return True
        except OtroLaImporta:
            return False
    with transaccion() as sesion:
        _dejar_sus_bytes(sesion, bloquear_archivo(sesion, archivo_id))
    return True


def _dejar_sus_bytes(sesion: Session, archivo: Archivo) -> None:
    """Nobody needs them any more: what was in them is in, or begins again with the same file."""
    guardado_id, archivo.guardado_id = archivo.guardado_id, None
    sesion.add(archivo)
    sesion.flush()
    if guardado_id is not None:
        soltar(sesion, guardado_id)
