"""Periodic work of the history. It asks the database what is due and may run twice at once."""

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from feria_inversa.importar.bloqueos import bloquear_archivo
from feria_inversa.importar.estados import VIDA_ARCHIVO, EstadoArchivo
from feria_inversa.importar.modelos import Archivo
from nucleo.reloj import ahora_bd
from nucleo.tareas import cada_uno, pendientes, periodica

DIAS_PARA_SEGUIR = 7


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
    return True
