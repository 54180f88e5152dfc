"""JSON routes of postal operators: what anybody asks, and what whoever administers one decides."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from starlette.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from ciudadania import ActorRequerido
from empresa_digital.registro import unidades_en_lote
from envios.operadores.agencias import (
    DatosDeAgencia,
    abrir_agencia,
    cambiar_agencia,
    cerrar_agencia,
    exigir_administracion,
    reabrir_agencia,
)
from envios.operadores.consultas import (
    agencia_por_id,
    agencias_publicas,
    cobertura_en,
    contar_agencias,
    operadores_con_agencias,
)
from envios.operadores.esquemas import (
    AgenciaLeida,
    AgenciaPorAbrir,
    AgenciaPorCambiar,
    Asignacion,
    Cierre,
    CoberturaLeida,
    OperadorLeido,
    TrabajoLeido,
)
from envios.operadores.gente import asignar, retirar, trabajos_en
from envios.operadores.presentar import fichas, leer_agencia, leer_coberturas, leer_trabajos
from envios.operadores.valores import Agencia
from nucleo.acceso import publico
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import VersionPedida, etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Fecha
from nucleo.plazos import inicio_del_dia
from nucleo.reloj import ahora_bd

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)

Lugar = Annotated[
    str, Query(pattern=r"^[0-9]{2}([0-9]{4})?$", description="Código INE de departamento o municipio.")
]


def _leida(sesion: Sesion, agencia: Agencia, response: Response | None = None) -> AgenciaLeida:
    if response is not None:
        response.headers["ETag"] = etag(agencia.version)
    return leer_agencia(fichas(sesion, [agencia])[0])


def _datos(cuerpo: AgenciaPorCambiar, codigo: str = "") -> DatosDeAgencia:
    sueltos = cuerpo.model_dump(exclude={"horario", "operador_unidad_id", "codigo", "telefono"})
    return DatosDeAgencia(
        codigo=codigo, telefono=cuerpo.telefono or None, semana=cuerpo.horario.semana(), **sueltos
    )


# --- For anybody ------------------------------------------------------------------------------------------


@router.get("/operadores-postales", dependencies=[Depends(publico)], responses=respuestas())
def listar_operadores(sesion: Sesion) -> list[OperadorLeido]:
    """Los operadores postales habilitados que tienen agencias o tarifas, por nombre."""
    unidades = unidades_en_lote(sesion, operadores_con_agencias(sesion))
    cuantas = contar_agencias(sesion, unidades)
    leidos = [
        OperadorLeido(id=u.id, numero=u.numero, nombre=u.nombre, telefono=u.telefono, agencias=cuantas[u.id])
        for u in unidades.values()
    ]
    return sorted(leidos, key=lambda o: (o.nombre, o.id))


@router.get("/agencias-postales", dependencies=[Depends(publico)], responses=respuestas())
def listar_agencias(sesion: Sesion, lugar: Lugar, operador: UUID | None = None) -> list[AgenciaLeida]:
    """Las agencias y puntos de retiro abiertos de un municipio o departamento, con su horario."""
    halladas = agencias_publicas(sesion, lugar, operador_unidad_id=operador)
    return [leer_agencia(f) for f in fichas(sesion, halladas)]


@router.get("/agencias-postales/{agencia_id}", dependencies=[Depends(publico)], responses=respuestas(404))
def obtener_agencia(sesion: Sesion, agencia_id: UUID, response: Response) -> AgenciaLeida:
    """Una agencia, abierta o cerrada."""
    return _leida(sesion, agencia_por_id(sesion, agencia_id), response)


@router.get("/coberturas-postales", dependencies=[Depends(publico)], responses=respuestas())
def listar_coberturas(
    sesion: Sesion,
    municipio: Annotated[str, Query(pattern=r"^[0-9]{6}$", description="Código INE.")],
    operador: UUID | None = None,
    dia: Fecha | None = None,
) -> list[CoberturaLeida]:
    """Cómo llega cada operador a un municipio según sus tarifas, lo más rápido primero; ahora, o ese día."""
    cuando = inicio_del_dia(dia) if dia else ahora_bd(sesion)
    return leer_coberturas(sesion, cobertura_en(sesion, municipio, cuando, operador_unidad_id=operador))


# --- For who administers the operator -----------------------------------------------------------------------


@router.post("/agencias-postales", status_code=HTTP_201_CREATED, responses=respuestas(409))
def abrir_una_agencia(
    sesion: Sesion, actor: ActorRequerido, cuerpo: AgenciaPorAbrir, response: Response, _: Idempotente
) -> AgenciaLeida:
    """Abre una agencia de su operador (facultad ADMINISTRAR, habilitación OPERADOR_POSTAL)."""
    datos = _datos(cuerpo, cuerpo.codigo)
    hecha = abrir_agencia(sesion, actor, cuerpo.operador_unidad_id, datos)
    response.headers["Location"] = f"/api/v1/agencias-postales/{hecha.id}"
    return _leida(sesion, hecha, response)


@router.put("/agencias-postales/{agencia_id}", responses=respuestas(404, 409, 412, 428))
def cambiar_una_agencia(
    sesion: Sesion,
    actor: ActorRequerido,
    agencia_id: UUID,
    cuerpo: AgenciaPorCambiar,
    version: VersionPedida,
    response: Response,
    _: Idempotente,
) -> AgenciaLeida:
    """Cambia todo lo de una agencia menos su código."""
    return _leida(sesion, cambiar_agencia(sesion, actor, agencia_id, _datos(cuerpo), version), response)


@router.post("/agencias-postales/{agencia_id}/cierre", responses=respuestas(404, 409))
def cerrar_una_agencia(
    sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, cuerpo: Cierre, _: Idempotente
) -> AgenciaLeida:
    """Cierra una agencia, con su motivo: nadie trabaja en ella hasta que se abra otra vez."""
    return _leida(sesion, cerrar_agencia(sesion, actor, agencia_id, cuerpo.motivo))


@router.post("/agencias-postales/{agencia_id}/reapertura", responses=respuestas(404, 409))
def reabrir_una_agencia(
    sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, _: Idempotente
) -> AgenciaLeida:
    """Abre otra vez una agencia cerrada, con su gente y su horario."""
    return _leida(sesion, reabrir_agencia(sesion, actor, agencia_id))


@router.get("/agencias-postales/{agencia_id}/trabajadores", responses=respuestas(404))
def listar_trabajadores(sesion: Sesion, actor: ActorRequerido, agencia_id: UUID) -> list[TrabajoLeido]:
    """Quién trabaja, o trabajará, en una agencia."""
    exigir_administracion(sesion, actor, agencia_por_id(sesion, agencia_id).operador_unidad_id)
    return leer_trabajos(sesion, trabajos_en(sesion, [agencia_id]))


@router.post(
    "/agencias-postales/{agencia_id}/trabajadores",
    status_code=HTTP_201_CREATED,
    responses=respuestas(404, 409),
)
def asignar_trabajador(
    sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, cuerpo: Asignacion, _: Idempotente
) -> TrabajoLeido:
    """Asigna a una agencia a quien tiene un mandato de despacho; termina con ese mandato."""
    hecho = asignar(sesion, actor, agencia_id, cuerpo.persona_id, desde=cuerpo.desde, hasta=cuerpo.hasta)
    return leer_trabajos(sesion, [hecho])[0]


@router.delete(
    "/agencias-postales/{agencia_id}/trabajadores/{persona_id}",
    status_code=HTTP_204_NO_CONTENT,
    responses=respuestas(404, 409),
)
def retirar_trabajador(sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, persona_id: UUID) -> None:
    """Quita a una persona de una agencia, desde ahora."""
    retirar(sesion, actor, agencia_id, persona_id)
