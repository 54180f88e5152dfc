"""JSON routes of the parts of a process's key: its holder opens theirs, and gives it after the closing."""

from uuid import UUID

from fastapi import APIRouter

from ciudadania import ActorRequerido
from feria_inversa.apertura.partes import entregar_parte, llave_que_abre
from feria_inversa.llaves import PalabrasEntrada, ParteSalida, exigir_parte
from feria_inversa.procesos import convocatoria_visible
from nucleo.bd import Sesion
from nucleo.errores import respuestas

router = APIRouter(prefix="/api/v1", tags=["feria inversa"])
PARTE = "/convocatorias/{convocatoria_id}/parte"


@router.get(PARTE, responses=respuestas(404))
def ver_parte(convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> ParteSalida:
    """Su parte de la llave del proceso, sellada a su clave de depositario; de dos, la que toca."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return exigir_parte(sesion, llave_que_abre(sesion, convocatoria), actor)


@router.post(PARTE, responses=respuestas(404, 409))
def entregar(
    convocatoria_id: UUID, datos: PalabrasEntrada, sesion: Sesion, actor: ActorRequerido
) -> ParteSalida:
    """Entrega su parte, abierta, después del cierre. Con la última que hace falta se abren los sobres."""
    llave = llave_que_abre(sesion, convocatoria_visible(sesion, actor, convocatoria_id))
    entregar_parte(sesion, actor, convocatoria_id, palabras=datos.palabras)
    return exigir_parte(sesion, llave, actor)
