"""JSON routes of the recovery of a unit: the authority opens and decides it, those of the unit object."""

from uuid import UUID

from fastapi import APIRouter

from ciudadania import ActorRequerido, leer_cedula
from empresa_digital.registro.mandatos import SinFacultad, actua, es_regulador, unidad_visible
from empresa_digital.registro.recuperacion import recuperar
from empresa_digital.registro.recuperacion.esquemas import (
    ObjecionEntrada,
    RecuperacionNueva,
    RecuperacionSalida,
    ResolucionEntrada,
)
from empresa_digital.registro.recuperacion.modelos import Recuperacion
from empresa_digital.registro.unidades import Numero, unidad_por_numero
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.textos import gettext as _

router = APIRouter(prefix="/api/v1", tags=["registro"], route_class=RutaIdempotente)


def _salida(fila: Recuperacion) -> RecuperacionSalida:
    return RecuperacionSalida.model_validate(fila, from_attributes=True)


@router.get("/unidades-economicas/{numero}/recuperaciones", responses=respuestas(404))
def listar_recuperaciones(numero: Numero, sesion: Sesion, actor: ActorRequerido) -> list[RecuperacionSalida]:
    """Las de una unidad, la última primero: para quienes actúan por ella y para la autoridad."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    if not (actua(sesion, actor, unidad.id) or es_regulador(sesion, actor)):
        raise SinFacultad(_("Solo quienes actúan por la unidad, y la autoridad, ven sus recuperaciones."))
    return [_salida(fila) for fila in recuperar.recuperaciones_de(sesion, unidad.id)]


@router.post("/unidades-economicas/{numero}/recuperaciones", status_code=201, responses=respuestas(404, 409))
def abrir_recuperacion(
    numero: Numero, datos: RecuperacionNueva, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> RecuperacionSalida:
    """Una persona de la autoridad dice quién debería administrar la unidad; se avisa a todos los de ella."""
    campos = datos.model_dump(exclude={"ci", "complemento"})
    unidad = unidad_por_numero(sesion, numero)
    cedula = leer_cedula(datos.ci, datos.complemento)
    return _salida(recuperar.abrir_recuperacion(sesion, actor, unidad.id, cedula=cedula, **campos))


@router.post("/recuperaciones/{recuperacion_id}/objecion", responses=respuestas(404, 409))
def objetar_recuperacion(
    recuperacion_id: UUID,
    datos: ObjecionEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> RecuperacionSalida:
    """Quien actúa por la unidad se opone: la autoridad debe responderle por escrito."""
    return _salida(recuperar.objetar_recuperacion(sesion, actor, recuperacion_id, datos.objecion))


@router.post("/recuperaciones/{recuperacion_id}/resolucion", responses=respuestas(404, 409))
def resolver_recuperacion(
    recuperacion_id: UUID,
    datos: ResolucionEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> RecuperacionSalida:
    """Otra persona de la autoridad la hace, cuando pasó el plazo para oponerse; o la autoridad no sigue."""
    desiste = datos.decision == "desistir"
    hacer = recuperar.desistir_recuperacion if desiste else recuperar.ejecutar_recuperacion
    return _salida(hacer(sesion, actor, recuperacion_id, datos.resolucion))
