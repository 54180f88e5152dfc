"""JSON routes of the calendar and of the terms."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from ciudadania import ActorRequerido
from empresa_digital.registro.catalogos import nombre_de_lugar
from empresa_digital.registro.feriados.contar import contar_plazo, vigentes
from empresa_digital.registro.feriados.decretar import decretar, publicar_el_anio
from empresa_digital.registro.feriados.esquemas import (
    LUGAR,
    AnioNuevo,
    ComputoSalida,
    Decreto,
    FeriadoSalida,
    FeriadosSalida,
    PlazoSalida,
)
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Entero, Momento
from nucleo.paginacion import Pagina
from nucleo.plazos import calendario, feriados_en
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["calendario"], route_class=RutaIdempotente)
PUBLICO = [Depends(publico)]
Anio = Annotated[Entero | None, Query(ge=2017, le=2100, description="Por omisión, el actual.")]
CodigoDeLugar = Annotated[str, Query(pattern=r"^(BO|0[1-9]|0[1-9]\d{4})$", description=LUGAR)]
CodigoDePlazo = Annotated[str, Path(pattern=r"^[a-z_]+\.[a-z0-9_]+$", max_length=60)]


@router.get("/feriados", dependencies=PUBLICO, responses=respuestas())
def listar_feriados(
    sesion: Sesion,
    anio: Anio = None,
    lugar: Annotated[
        str | None, Query(pattern=r"^(BO|0[1-9]|0[1-9]\d{4})$", description=f"Por omisión, todos. {LUGAR}")
    ] = None,
) -> Pagina[FeriadoSalida]:
    """Los feriados de un año por fecha, cada uno con su norma; de un lugar, también los nacionales.

    Un año sin feriados es uno que la autoridad todavía no publicó.
    """
    if lugar is not None:
        nombre_de_lugar(sesion, lugar)
    pedido = anio or fecha_bolivia(ahora_bd(sesion)).year
    filas = feriados_en(sesion, pedido, lugar)
    return Pagina(datos=[FeriadoSalida.model_validate(f) for f in filas])


@router.get("/feriados/cambios", dependencies=PUBLICO, responses=respuestas())
def listar_cambios_del_calendario(
    sesion: Sesion,
    desde: Annotated[Entero, Query(ge=0, le=2**62, description="El último número que ya leyó.")] = 0,
    limite: Annotated[Entero, Query(ge=1, le=100)] = 100,
) -> FeriadosSalida:
    """Lo anotado después de un número, en orden y sin huecos: con esto se mantiene una copia al día."""
    filas = [f for f in calendario(sesion).feriados if f.numero > desde][:limite]
    datos = [FeriadoSalida.model_validate(f) for f in filas]
    return FeriadosSalida(datos=datos, hasta=filas[-1].numero if filas else desde)


@router.post("/feriados", status_code=201, responses=respuestas(409))
def decretar_feriado(
    datos: Decreto, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> Pagina[FeriadoSalida]:
    """La autoridad anota lo que una norma dice de un día: lo declara feriado, lo traslada o lo deja sin
    efecto.

    Vale para los plazos que empiecen desde `rige_desde`; los que ya corren conservan su fecha. Un traslado
    deja dos filas.
    """
    return Pagina(datos=[FeriadoSalida.model_validate(f) for f in decretar(sesion, actor, datos)])


@router.post("/feriados/anios", status_code=201, responses=respuestas(409))
def publicar_anio(
    datos: AnioNuevo, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> Pagina[FeriadoSalida]:
    """La autoridad publica los feriados de cada año, por regla, del año siguiente al último publicado."""
    return Pagina(
        datos=[FeriadoSalida.model_validate(f) for f in publicar_el_anio(sesion, actor, datos.anio)]
    )


@router.get("/plazos", dependencies=PUBLICO, responses=respuestas())
def listar_plazos(sesion: Sesion) -> Pagina[PlazoSalida]:
    """Los plazos vigentes hoy, cada uno con su norma y si se cotejó con ella."""
    return Pagina(datos=[PlazoSalida.model_validate(p) for p in vigentes(sesion, ahora_bd(sesion))])


@router.get("/plazos/{codigo}/computo", dependencies=PUBLICO, responses=respuestas(404, 409))
def contar(
    codigo: CodigoDePlazo,
    sesion: Sesion,
    inicio: Annotated[Momento, Query(description="El hecho desde el que se cuenta, con su zona horaria.")],
    lugar: Annotated[
        list[CodigoDeLugar], Query(min_length=1, max_length=5, description="Hábil en todos ellos.")
    ],
    distancia: Annotated[bool, Query(description="Añade el plazo por distancia.")] = False,
) -> ComputoSalida:
    """Cuenta un plazo día por día, con el calendario que se conocía al empezar."""
    return ComputoSalida.model_validate(contar_plazo(sesion, codigo, inicio, lugar, distancia=distancia))
