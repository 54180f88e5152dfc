"""JSON routes of the mandates."""

from uuid import UUID

from fastapi import APIRouter, Response

from ciudadania import ActorRequerido, leer_cedula
from empresa_digital.registro.mandatos import aceptar, asignar, otorgar, remover
from empresa_digital.registro.mandatos.acto import otorgar_o_proponer
from empresa_digital.registro.mandatos.consultas import mandatos_de, mandatos_para, ofrecidos_a
from empresa_digital.registro.mandatos.esquemas import (
    Asignados,
    MandatoNuevo,
    MandatoSalida,
    Revocacion,
)
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.presentar import mandatos_salida
from empresa_digital.registro.mandatos.revocar_juntos import revocar_o_proponer
from empresa_digital.registro.mandatos.visibles import de_la_casa, unidad_visible
from empresa_digital.registro.unidades import MotivoEntrada, Numero
from nucleo.actor import Actor
from nucleo.actos import RESPUESTAS_202, Propuesto, PropuestoSalida, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.limites import limitar
from nucleo.paginacion import Pagina

router = APIRouter(prefix="/api/v1", tags=["registro"], route_class=RutaIdempotente)


@router.get("/mandatos", responses=respuestas())
def listar_mis_mandatos(sesion: Sesion, actor: ActorRequerido) -> Pagina[MandatoSalida]:
    """Los mandatos vigentes que usted tiene."""
    return Pagina(datos=mandatos_salida(sesion, mandatos_para(sesion, actor)))


@router.get("/unidades-economicas/{numero}/mandatos", responses=respuestas(404))
def listar_mandatos(numero: Numero, sesion: Sesion, actor: ActorRequerido) -> Pagina[MandatoSalida]:
    """Quiénes actúan o actuaron por la unidad."""
    unidad = de_la_casa(sesion, actor, numero)
    return Pagina(datos=mandatos_salida(sesion, mandatos_de(sesion, unidad.id)))


@router.post(
    "/unidades-economicas/{numero}/mandatos",
    status_code=201,
    response_model=MandatoSalida,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def otorgar_mandato(
    numero: Numero, datos: MandatoNuevo, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> MandatoSalida | Response:
    """Faculta a una persona o a otra unidad para actuar por esta.

    Si usted solo administra junto con otros, queda esperando sus firmas (202).
    """
    unidad = de_la_casa(sesion, actor, numero)
    otorgar.exigir_que_pueda_otorgar(sesion, actor, unidad.id)
    nuevo = leer_mandato(sesion, actor, datos)
    hecho = otorgar_o_proponer(sesion, actor, unidad.id, nuevo)
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return _un_mandato(sesion, hecho)


@router.get("/mandatos/ofrecidos", responses=respuestas())
def listar_ofrecidos(sesion: Sesion, actor: ActorRequerido) -> Pagina[MandatoSalida]:
    """Los mandatos que esperan que usted, o una unidad que usted administra, los acepte o decline."""
    return Pagina(datos=mandatos_salida(sesion, ofrecidos_a(sesion, actor)))


@router.post("/mandatos/{mandato_id}/aceptacion", responses=respuestas(404, 409))
def aceptar_mandato(
    mandato_id: UUID, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> MandatoSalida:
    """Acepta un mandato ofrecido a usted, o a una unidad que usted administra: desde ahora vale."""
    return _un_mandato(sesion, aceptar.aceptar_mandato(sesion, actor, mandato_id))


@router.post("/mandatos/{mandato_id}/declinacion", responses=respuestas(404, 409))
def declinar_mandato(
    mandato_id: UUID, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> MandatoSalida:
    """Declina un mandato ofrecido: termina sin haber valido."""
    return _un_mandato(sesion, aceptar.declinar_mandato(sesion, actor, mandato_id))


@router.put("/mandatos/{mandato_id}/asignados", responses=respuestas(404, 409))
def asignar_cliente(
    mandato_id: UUID, datos: Asignados, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> Asignados:
    """Dice qué personas de la oficina atienden al cliente que le dio este mandato: solo ellas llegan a él."""
    asignar.asignar_cliente(sesion, actor, mandato_id, datos.personas)
    return Asignados(personas=asignar.asignados(sesion, [mandato_id]).get(mandato_id, []))


@router.post(
    "/mandatos/{mandato_id}/revocacion",
    response_model=MandatoSalida,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def revocar_mandato(
    mandato_id: UUID, datos: Revocacion, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> MandatoSalida | Response:
    """Termina un mandato y los que se delegaron de él. Quien solo administra con otros lo propone (202)."""
    hecho = revocar_o_proponer(sesion, actor, mandato_id, datos.motivo, efecto=datos.efecto)
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return _un_mandato(sesion, hecho)


@router.post(
    "/mandatos/{mandato_id}/remocion",
    status_code=202,
    response_model=PropuestoSalida,
    responses=respuestas(404, 409),
)
def proponer_remocion(
    mandato_id: UUID, datos: MotivoEntrada, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> Response:
    """Propone quitar a quien administra como usted: se hace cuando lo firma otra persona que administra."""
    return respuesta_propuesto(remover.proponer_remocion(sesion, actor, mandato_id, datos.motivo))


def leer_mandato(sesion: Sesion, actor: Actor, datos: MandatoNuevo) -> otorgar.NuevoMandato:
    """The grant that the body describes: to an identity card, whether or not its holder uses the platform."""
    cedula = unidad_id = None
    if datos.persona is not None:
        limitar("mandato.persona", actor.clave, cupo=60, ventana_s=3600)
        cedula = leer_cedula(datos.persona.ci, datos.persona.complemento)
    if datos.unidad is not None:
        unidad_id = unidad_visible(sesion, actor, datos.unidad)[0].id
    return otorgar.NuevoMandato(
        facultades=tuple(datos.facultades),
        cedula=cedula,
        unidad_id=unidad_id,
        monto_limite=datos.monto_limite,
        limite_dia=datos.limite_dia,
        limite_mes=datos.limite_mes,
        desde=datos.desde,
        hasta=datos.hasta,
        subdelegable=datos.subdelegable,
        documento=datos.documento,
    )


def _un_mandato(sesion: Sesion, mandato: Mandato) -> MandatoSalida:
    return mandatos_salida(sesion, [mandato])[0]
