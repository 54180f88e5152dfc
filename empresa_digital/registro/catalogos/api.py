"""JSON routes of the reference tables."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from empresa_digital.registro.catalogos import consultas
from empresa_digital.registro.catalogos.esquemas import (
    ActividadSalida,
    DepartamentoSalida,
    FormaLegalSalida,
    MunicipioSalida,
)
from empresa_digital.registro.catalogos.tipos import TipoUnidad
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import RutaIdempotente
from nucleo.paginacion import Pagina
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["registro"], route_class=RutaIdempotente)
PUBLICO = [Depends(publico)]

Consulta = Annotated[str, Query(max_length=120)]


@router.get("/catalogos/departamentos", dependencies=PUBLICO, responses=respuestas())
def listar_departamentos(sesion: Sesion) -> Pagina[DepartamentoSalida]:
    """Los nueve departamentos, con su código del INE."""
    return Pagina(datos=[DepartamentoSalida.model_validate(d) for d in consultas.departamentos(sesion)])


@router.get("/catalogos/municipios", dependencies=PUBLICO, responses=respuestas())
def listar_municipios(
    sesion: Sesion,
    q: Consulta = "",
    departamento: Annotated[str | None, Query(pattern="^0[1-9]$", description="Código del INE.")] = None,
) -> Pagina[MunicipioSalida]:
    """Los municipios, con su código del INE (versión de 2019)."""
    filas = consultas.municipios(sesion, q, departamento)
    return Pagina(datos=[MunicipioSalida.model_validate(m) for m in filas])


@router.get("/catalogos/actividades", dependencies=PUBLICO, responses=respuestas())
def listar_actividades(
    sesion: Sesion,
    q: Consulta = "",
    nivel: Annotated[str, Query(pattern="^(seccion|division|clase)$")] = "clase",
) -> Pagina[ActividadSalida]:
    """Las actividades de la CIIU Rev. 4; una unidad se inscribe con clases de cuatro cifras."""
    return Pagina(datos=[ActividadSalida.model_validate(a) for a in consultas.actividades(sesion, q, nivel)])


@router.get("/catalogos/formas-legales", dependencies=PUBLICO, responses=respuestas())
def listar_formas_legales(sesion: Sesion, tipo: TipoUnidad | None = None) -> Pagina[FormaLegalSalida]:
    """Las formas legales (ISO 20275 y códigos propios), y a qué tipos de unidad corresponden."""
    return Pagina(datos=[FormaLegalSalida.model_validate(f) for f in consultas.formas_legales(sesion, tipo)])
