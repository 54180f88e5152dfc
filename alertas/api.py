"""JSON routes: one's alerts and what they found."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import ValidationError

from alertas import guardar
from alertas.consultas import alerta_visible, alertas_de, hallazgos
from alertas.emparejadores import emparejador_de, emparejadores
from alertas.esquemas import (
    AlertaNueva,
    AlertaSalida,
    CanalSalida,
    ClaseDeAlerta,
    HallazgoSalida,
    PropuestaSalida,
    RespuestaEntrada,
)
from alertas.presentar import salida, salida_de_hallado
from alertas.proponer import propuestas_de, responder
from alertas.web import direccion_del_canal
from ciudadania import ActorRequerido
from nucleo.acceso import publico
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, mensaje_de_validacion, respuestas
from nucleo.idempotencia import RutaIdempotente
from nucleo.paginacion import Cursor, Pagina
from nucleo.textos import gettext as _

router = APIRouter(prefix="/api/v1/alertas", tags=["alertas"], route_class=RutaIdempotente)


@router.get("/clases", responses=respuestas(), dependencies=[Depends(publico)])
def clases_de_alerta() -> list[ClaseDeAlerta]:
    """De qué se puede pedir aviso, y con qué criterios."""
    return [
        ClaseDeAlerta(emparejador=e.codigo, nombre=str(e.nombre), esquema=e.esquema.model_json_schema())
        for e in emparejadores().values()
    ]


@router.get("", responses=respuestas())
def listar_alertas(actor: ActorRequerido, sesion: Sesion, pagina: Cursor) -> Pagina[AlertaSalida]:
    """Las alertas vigentes: las propias y las de las unidades que administra."""
    filas, siguiente = alertas_de(sesion, actor, pagina)
    return Pagina(datos=[salida(fila) for fila in filas], siguiente=siguiente)


@router.post("", status_code=201, responses=respuestas(404, 409))
def crear_alerta(datos: AlertaNueva, actor: ActorRequerido, sesion: Sesion) -> AlertaSalida:
    """Guarda una búsqueda; la misma, guardada otra vez, es la que ya hay."""
    esquema: Any = emparejador_de(datos.emparejador).esquema
    try:
        criterios = esquema.model_validate(datos.criterios)
    except ValidationError as error:
        faltas = {".".join(map(str, f["loc"])): mensaje_de_validacion(f) for f in error.errors()}
        raise DatosInvalidos(_("Revise los criterios."), campos=faltas) from error
    fila = guardar.crear_alerta(
        sesion,
        actor,
        datos.emparejador,
        criterios,
        nombre=datos.nombre,
        frecuencia=datos.frecuencia,
        unidad_id=datos.unidad_id,
        por_webhook=datos.por_webhook,
    )
    return salida(fila)


@router.get("/propuestas", responses=respuestas())
def listar_propuestas(actor: ActorRequerido, sesion: Sesion) -> list[PropuestaSalida]:
    """La alerta que se propone a cada unidad que administra por lo que hace, mientras no responda."""
    return [
        PropuestaSalida(
            unidad_id=p.unidad_id,
            emparejador=p.emparejador,
            criterios=p.criterios.model_dump(mode="json", exclude_defaults=True),
            busca=p.busca,
        )
        for p in propuestas_de(sesion, actor)
    ]


@router.post("/propuestas", responses=respuestas(404, 409))
def responder_propuesta(
    datos: RespuestaEntrada, actor: ActorRequerido, sesion: Sesion
) -> AlertaSalida | None:
    """Acepta la alerta propuesta a la unidad, o no la quiere: una vez."""
    fila = responder(sesion, actor, datos.unidad_id, datos.emparejador, acepta=datos.acepta)
    return None if fila is None else salida(fila)


@router.get("/{alerta_id}", responses=respuestas(404))
def ver_alerta(alerta_id: UUID, actor: ActorRequerido, sesion: Sesion) -> AlertaSalida:
    """Una alerta vigente."""
    return salida(alerta_visible(sesion, actor, alerta_id))


@router.get("/{alerta_id}/hallazgos", responses=respuestas(404))
def listar_hallazgos(
    alerta_id: UUID, actor: ActorRequerido, sesion: Sesion, pagina: Cursor
) -> Pagina[HallazgoSalida]:
    """Lo que encontró, de lo más nuevo a lo más viejo; lo que ya no se puede ver no aparece."""
    hallados, siguiente = hallazgos(sesion, alerta_visible(sesion, actor, alerta_id), pagina)
    return Pagina(datos=[salida_de_hallado(h) for h in hallados], siguiente=siguiente)


@router.delete("/{alerta_id}", status_code=204, responses=respuestas(404))
def eliminar_alerta(alerta_id: UUID, actor: ActorRequerido, sesion: Sesion) -> None:
    """La da de baja; lo que encontró y no se avisó todavía no se avisará."""
    guardar.dar_de_baja(sesion, actor, alerta_id)


@router.post("/{alerta_id}/renovacion", responses=respuestas(404))
def renovar_alerta(alerta_id: UUID, actor: ActorRequerido, sesion: Sesion) -> AlertaSalida:
    """La alarga un año desde hoy."""
    return salida(guardar.renovar(sesion, actor, alerta_id))


@router.post("/{alerta_id}/canal", responses=respuestas(404))
def abrir_canal_de_alerta(alerta_id: UUID, actor: ActorRequerido, sesion: Sesion) -> CanalSalida:
    """Una dirección Atom nueva; la anterior deja de servir."""
    return CanalSalida(direccion=direccion_del_canal(guardar.abrir_canal(sesion, actor, alerta_id)))
