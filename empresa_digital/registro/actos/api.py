"""JSON routes of joint acts."""

from uuid import UUID

from fastapi import APIRouter

from ciudadania import ActorRequerido
from empresa_digital.registro.actos import consultas, firmas
from empresa_digital.registro.actos.esquemas import ActoSalida, Firma, RechazoDeActo
from empresa_digital.registro.actos.presentar import actos_salida
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina

router = APIRouter(prefix="/api/v1/actos", tags=["actos conjuntos"], route_class=RutaIdempotente)


@router.get("", responses=respuestas())
def listar_actos(sesion: Sesion, actor: ActorRequerido, pagina: Cursor) -> Pagina[ActoSalida]:
    """Los actos que usted propuso o firmó, los nuevos primero."""
    filas, siguiente = consultas.actos_de(sesion, actor, pagina)
    return Pagina(datos=actos_salida(sesion, filas), siguiente=siguiente)


@router.get("/por-firmar", responses=respuestas())
def listar_por_firmar(sesion: Sesion, actor: ActorRequerido) -> Pagina[ActoSalida]:
    """Los que esperan su firma; primero los que vencen antes."""
    return Pagina(datos=actos_salida(sesion, consultas.por_firmar(sesion, actor)))


@router.get("/{acto_id}", responses=respuestas(404))
def ver_acto(acto_id: UUID, sesion: Sesion, actor: ActorRequerido) -> ActoSalida:
    """Un acto que usted propuso, firmó o puede firmar: qué dice, en palabras y como se firma."""
    return actos_salida(sesion, [firmas.ver_acto(sesion, actor, acto_id)])[0]


@router.post("/{acto_id}/firma", responses=respuestas(404, 409, 412, 503))
def firmar_acto(
    acto_id: UUID, datos: Firma, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> ActoSalida:
    """Firma lo que tiene esa huella. La última firma lo ejecuta; si no se puede, esa firma no queda."""
    acto = firmas.firmar(sesion, actor, acto_id, datos.huella, declara=datos.declara)
    return actos_salida(sesion, [acto])[0]


@router.post("/{acto_id}/rechazo", responses=respuestas(404, 409))
def rechazar_acto(
    acto_id: UUID, datos: RechazoDeActo, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> ActoSalida:
    """Quien podría firmarlo dice que no, y por qué: el acto termina."""
    return actos_salida(sesion, [firmas.rechazar(sesion, actor, acto_id, datos.motivo)])[0]


@router.post("/{acto_id}/retiro", responses=respuestas(404, 409))
def retirar_acto(acto_id: UUID, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente) -> ActoSalida:
    """Quien lo propuso lo retira."""
    return actos_salida(sesion, [firmas.retirar(sesion, actor, acto_id)])[0]
