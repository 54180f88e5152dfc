"""JSON routes of joint acts."""

from uuid import UUID

from fastapi import APIRouter, Response

from ciudadania import ActorRequerido, leer_cedula
from empresa_digital.registro.actos import consultas, firmas
from empresa_digital.registro.actos.acto_grupo import otorgar_o_proponer
from empresa_digital.registro.actos.esquemas import ActoSalida, Firma, GrupoNuevo, RechazoDeActo
from empresa_digital.registro.actos.grupos import NuevoGrupo
from empresa_digital.registro.actos.presentar import actos_salida
from empresa_digital.registro.mandatos import MandatoSalida, de_la_casa, mandatos_salida
from empresa_digital.registro.unidades import Numero
from nucleo.actos import RESPUESTAS_202, Propuesto, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.limites import limitar
from nucleo.paginacion import Cursor, Pagina

router = APIRouter(prefix="/api/v1", tags=["actos conjuntos"], route_class=RutaIdempotente)


@router.get("/actos", responses=respuestas())
def listar_actos(sesion: Sesion, actor: ActorRequerido, pagina: Cursor) -> Pagina[ActoSalida]:
    """Los actos que usted propuso o firmó, los nuevos primero."""
    filas, siguiente = consultas.actos_de(sesion, actor, pagina)
    return Pagina(datos=actos_salida(sesion, filas), siguiente=siguiente)


@router.get("/actos/por-firmar", responses=respuestas())
def listar_por_firmar(sesion: Sesion, actor: ActorRequerido) -> Pagina[ActoSalida]:
    """Los que esperan su firma; primero los que vencen antes."""
    return Pagina(datos=actos_salida(sesion, consultas.por_firmar(sesion, actor)))


@router.get("/actos/{acto_id}", responses=respuestas(404))
def ver_acto(acto_id: UUID, sesion: Sesion, actor: ActorRequerido) -> ActoSalida:
    """Un acto que usted propuso, firmó o puede firmar: qué dice, en palabras y como se firma."""
    return actos_salida(sesion, [firmas.ver_acto(sesion, actor, acto_id)])[0]


@router.post("/actos/{acto_id}/firma", responses=respuestas(404, 409, 412, 503))
def firmar_acto(
    acto_id: UUID, datos: Firma, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> ActoSalida:
    """Firma lo que tiene esa huella. La última firma lo ejecuta; si no se puede, esa firma no queda."""
    acto = firmas.firmar(sesion, actor, acto_id, datos.huella, declara=datos.declara)
    return actos_salida(sesion, [acto])[0]


@router.post("/actos/{acto_id}/rechazo", responses=respuestas(404, 409))
def rechazar_acto(
    acto_id: UUID, datos: RechazoDeActo, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> ActoSalida:
    """Quien podría firmarlo dice que no, y por qué: el acto termina."""
    return actos_salida(sesion, [firmas.rechazar(sesion, actor, acto_id, datos.motivo)])[0]


@router.post("/actos/{acto_id}/retiro", responses=respuestas(404, 409))
def retirar_acto(acto_id: UUID, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente) -> ActoSalida:
    """Quien lo propuso lo retira."""
    return actos_salida(sesion, [firmas.retirar(sesion, actor, acto_id)])[0]


@router.post(
    "/unidades-economicas/{numero}/mandatos-conjuntos",
    status_code=201,
    response_model=Pagina[MandatoSalida],
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def otorgar_mandato_conjunto(
    numero: Numero, datos: GrupoNuevo, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> Pagina[MandatoSalida] | Response:
    """Faculta a varias personas para actuar juntas: cada acto lo firman tantas como dice `firmas`.

    A cada una se le ofrece su mandato, que vale desde que lo acepta.
    """
    unidad = de_la_casa(sesion, actor, numero)
    limitar("mandato.persona", actor.clave, cupo=60, ventana_s=3600)
    campos = datos.model_dump(exclude={"personas"})
    cedulas = tuple(leer_cedula(p.ci, p.complemento) for p in datos.personas)
    nuevo = NuevoGrupo(**{**campos, "facultades": tuple(datos.facultades)}, cedulas=cedulas)
    hecho = otorgar_o_proponer(sesion, actor, unidad.id, nuevo)
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return Pagina(datos=mandatos_salida(sesion, hecho))
