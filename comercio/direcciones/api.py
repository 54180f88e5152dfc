"""JSON routes of the address book."""

from uuid import UUID

from fastapi import APIRouter

from ciudadania import ActorRequerido
from comercio.direcciones.esquemas import DireccionesLeidas, DireccionLeida, DireccionNueva, Entrega
from comercio.direcciones.libro import borrar_direccion, direcciones_de, guardar_direccion
from comercio.direcciones.modelos import Direccion
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])


@router.get("/direcciones", responses=respuestas())
def listar_direcciones(sesion: Sesion, actor: ActorRequerido) -> DireccionesLeidas:
    """Dónde le gusta recibir lo que compra, por nombre."""
    return DireccionesLeidas(datos=[_leida(d) for d in direcciones_de(sesion, actor)])


@router.post("/direcciones", status_code=201, responses=respuestas(409, 422))
def guardar(datos: DireccionNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> DireccionLeida:
    """Guarda una dirección con ese nombre; la que lo tenía pasa a ser esta."""
    donde = Entrega.model_validate(datos.model_dump(exclude={"nombre"}))
    return _leida(guardar_direccion(sesion, actor, datos.nombre, donde))


@router.delete("/direcciones/{direccion_id}", status_code=204, responses=respuestas(404))
def borrar(direccion_id: UUID, sesion: Sesion, actor: ActorRequerido) -> None:
    """Borra una dirección suya; lo que ya compró no cambia."""
    borrar_direccion(sesion, actor, direccion_id)


def _leida(fila: Direccion) -> DireccionLeida:
    return DireccionLeida.model_validate(fila, from_attributes=True)
