"""JSON routes to find units and follow their changes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro.asientos import asientos_de
from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.consulta.buscar import buscar_unidades
from empresa_digital.registro.consulta.cambios import cambios
from empresa_digital.registro.consulta.esquemas import AsientoSalida, CambioSalida, CambiosSalida
from empresa_digital.registro.habilitaciones import HabilitacionPublica
from empresa_digital.registro.inscripcion import UnidadSalida, responder, unidad_completa
from empresa_digital.registro.mandatos import de_la_casa, unidad_visible
from empresa_digital.registro.unidades import (
    Numero,
    ParecidaSalida,
    UnidadResumen,
    resumenes,
    unidades_parecidas,
)
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import RutaIdempotente
from nucleo.lectores import Entero
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["registro"], route_class=RutaIdempotente)
PUBLICO = [Depends(publico)]


@router.get("/unidades-economicas", dependencies=PUBLICO, responses=respuestas())
def listar_unidades(
    sesion: Sesion,
    pagina: Cursor,
    q: Annotated[str, Query(max_length=120, description="Nombre, número, NIT, actividad o lugar.")] = "",
    municipio: Annotated[str | None, Query(pattern="^[0-9]{2}([0-9]{2}){0,2}$")] = None,
    actividad: Annotated[str | None, Query(pattern="^([A-U]|[0-9]{2}|[0-9]{4})$")] = None,
    tipo: TipoUnidad | None = None,
) -> Pagina[UnidadResumen]:
    """Busca unidades inscritas: lo más parecido primero; sin consulta, lo más nuevo."""
    filas, siguiente = buscar_unidades(
        sesion, q, municipio=municipio, actividad=actividad, tipo=tipo, pagina=pagina
    )
    return Pagina(datos=resumenes(sesion, filas), siguiente=siguiente)


@router.get("/unidades-economicas/cambios", dependencies=PUBLICO, responses=respuestas())
def listar_cambios(
    sesion: Sesion,
    desde: Annotated[Entero, Query(ge=0, le=2**62, description="El último número que ya leyó.")] = 0,
    limite: Annotated[Entero, Query(ge=1, le=100)] = 100,
) -> CambiosSalida:
    """Los asientos posteriores a un número, en orden y sin huecos: con esto se mantiene una copia al día."""
    filas = cambios(sesion, desde, limite)
    datos = [CambioSalida.model_validate(fila, from_attributes=True) for fila in filas]
    return CambiosSalida(datos=datos, hasta=filas[-1].numero if filas else desde)


@router.get("/unidades-economicas/parecidas", responses=respuestas())
def listar_parecidas(
    sesion: Sesion, _actor: ActorRequerido, denominacion: Annotated[str, Query(min_length=3, max_length=200)]
) -> Pagina[ParecidaSalida]:
    """Unidades con una denominación parecida, para mirar antes de inscribir otra."""
    datos = [
        ParecidaSalida(numero=p.unidad.numero, denominacion=p.unidad.denominacion, puntaje=p.puntaje)
        for p in unidades_parecidas(sesion, denominacion)
    ]
    return Pagina(datos=datos)


@router.get("/unidades-economicas/{numero}", dependencies=PUBLICO, responses=respuestas(404))
def ver_unidad(numero: Numero, sesion: Sesion, actor: ActorOpcional, respuesta: Response) -> UnidadSalida:
    """Una unidad inscrita; un borrador solo lo ven quienes lo representan y el registro."""
    unidad, interno = unidad_visible(sesion, actor, numero)
    return responder(sesion, respuesta, unidad, interno=interno)


@router.get("/unidades-economicas/{numero}/asientos", responses=respuestas(404))
def listar_asientos(
    numero: Numero, sesion: Sesion, actor: ActorRequerido, pagina: Cursor
) -> Pagina[AsientoSalida]:
    """La historia de la unidad, para quienes la representan y el registro."""
    unidad = de_la_casa(sesion, actor, numero)
    filas, siguiente = asientos_de(sesion, unidad.id, pagina)
    datos = [AsientoSalida.model_validate(fila, from_attributes=True) for fila in filas]
    return Pagina(datos=datos, siguiente=siguiente)


@router.get("/unidades-economicas/{numero}/habilitaciones", dependencies=PUBLICO, responses=respuestas(404))
def ver_habilitaciones(numero: Numero, sesion: Sesion, actor: ActorOpcional) -> Pagina[HabilitacionPublica]:
    """Las habilitaciones otorgadas; las demás solo las ven la unidad y el registro."""
    unidad, interno = unidad_visible(sesion, actor, numero)
    return Pagina(datos=unidad_completa(sesion, unidad, interno=interno).habilitaciones)
