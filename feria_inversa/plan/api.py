"""JSON routes of the annual plans."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Query, Response, UploadFile

from ciudadania import ActorOpcional
from feria_inversa.entidades import Contratante
from feria_inversa.plan import presentar
from feria_inversa.plan.buscar import Filtro, buscar_lineas
from feria_inversa.plan.consultas import (
    pagina_de_lineas,
    pagina_de_versiones,
    plan_visible,
    planes_de,
    planes_publicos,
    version_de,
)
from feria_inversa.plan.esquemas import (
    CambiosEntrada,
    Familia,
    Gestion,
    LineaHallada,
    LineaSalida,
    Mes,
    PlanNuevo,
    PlanSalida,
    VersionSalida,
)
from feria_inversa.plan.modelos import Plan
from feria_inversa.plan.planificar import cambiar, crear, eliminar, importar, publicar_plan
from feria_inversa.reglas import Categoria
from nucleo.archivos import Recibido
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import VersionPedida, etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import NumeroDeRuta, escrito
from nucleo.paginacion import Cursor, Pagina
from nucleo.reloj import fecha_bolivia
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
DE_UNA = "/entidades-contratantes/{unidad_id}/planes"
TODOS = "/planes-de-contratacion"
UNO = TODOS + "/{plan_id}"
_VERSION: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "La versión",
        "content": {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
    }
}
Departamento = Annotated[str | None, Query(pattern="^0[1-9]$", description="Código INE.")]


def _responder(sesion: Sesion, response: Response, plan: Plan) -> PlanSalida:
    response.headers["ETag"] = etag(plan.revision)
    return presentar.planes(sesion, [plan])[0]


@router.post(DE_UNA, status_code=201, responses=respuestas(404, 409))
def crear_plan(
    unidad_id: UUID,
    datos: PlanNuevo,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> PlanSalida:
    """Empieza el plan anual de contrataciones (PAC) de una gestión: un borrador que solo ve su entidad."""
    plan = crear(sesion, actor, unidad_id, datos.gestion, datos.lineas, datos.id)
    return _responder(sesion, response, plan)


@router.get(DE_UNA, responses=respuestas(404))
def listar_planes_de_entidad(
    unidad_id: UUID, sesion: Sesion, actor: Contratante, pagina: Cursor
) -> Pagina[PlanSalida]:
    """Los de una entidad, uno por gestión, con su borrador: para la gente que compra o evalúa por ella."""
    filas, siguiente = planes_de(sesion, actor, unidad_id, pagina)
    return Pagina(datos=presentar.planes(sesion, filas), siguiente=siguiente)


@router.get(TODOS, dependencies=[Depends(publico)], responses=respuestas())
def listar_planes(
    sesion: Sesion,
    pagina: Cursor,
    gestion: Annotated[Gestion | None, Query()] = None,
    entidad: Annotated[UUID | None, Query(description="De una entidad.")] = None,
    departamento: Departamento = None,
) -> Pagina[PlanSalida]:
    """Los planes publicados, los de la última gestión primero."""
    filas, siguiente = planes_publicos(sesion, gestion, pagina, entidad, departamento)
    return Pagina(datos=presentar.planes(sesion, filas), siguiente=siguiente)


@router.get("/lineas-de-plan", dependencies=[Depends(publico)], responses=respuestas())
def buscar_en_los_planes(
    sesion: Sesion,
    pagina: Cursor,
    gestion: Annotated[Gestion | None, Query(description="Si falta, la de este año.")] = None,
    q: Annotated[str, Query(max_length=200, description="Palabras.")] = "",
    mes: Annotated[Mes | None, Query()] = None,
    categoria: Categoria | None = None,
    departamento: Departamento = None,
    modalidad: Annotated[str | None, Query(pattern="^[A-Z0-9]{1,10}$")] = None,
    familia: Annotated[Familia | None, Query(description="De UNSPSC.")] = None,
    entidad: Annotated[UUID | None, Query(description="De una entidad.")] = None,
) -> Pagina[LineaHallada]:
    """Lo que las entidades prevén contratar en una gestión, lo que viene antes primero."""
    filtro = Filtro(
        gestion or fecha_bolivia().year, q, mes, categoria, departamento, modalidad, familia, entidad
    )
    filas, siguiente = buscar_lineas(sesion, filtro, pagina)
    return Pagina(datos=presentar.halladas(sesion, filas), siguiente=siguiente)


@router.get(UNO, dependencies=[Depends(publico)], responses=respuestas(404))
def ver_plan(plan_id: UUID, sesion: Sesion, actor: ActorOpcional, response: Response) -> PlanSalida:
    """Un plan publicado; un borrador, solo para su entidad. Con su ETag se cambia."""
    return _responder(sesion, response, plan_visible(sesion, actor, plan_id))


@router.get(UNO + "/lineas", dependencies=[Depends(publico)], responses=respuestas(404))
def listar_lineas_de_plan(
    plan_id: UUID,
    sesion: Sesion,
    actor: ActorOpcional,
    pagina: Cursor,
    mes: Annotated[Mes | None, Query()] = None,
) -> Pagina[LineaSalida]:
    """Lo que está en el plan, por número, con los procesos que empezaron con cada línea."""
    plan_visible(sesion, actor, plan_id)
    filas, siguiente = pagina_de_lineas(sesion, plan_id, pagina, mes)
    return Pagina(datos=presentar.lineas(sesion, filas), siguiente=siguiente)


@router.get(UNO + "/versiones", dependencies=[Depends(publico)], responses=respuestas(404))
def listar_versiones_de_plan(
    plan_id: UUID, sesion: Sesion, actor: ActorOpcional, pagina: Cursor
) -> Pagina[VersionSalida]:
    """Las versiones del plan, desde que se publicó: el motivo de cada una y su huella."""
    plan_visible(sesion, actor, plan_id)
    filas, siguiente = pagina_de_versiones(sesion, plan_id, pagina)
    return Pagina(datos=presentar.versiones(filas), siguiente=siguiente)


@router.get(
    UNO + "/versiones/{version}",
    dependencies=[Depends(publico)],
    response_class=Response,
    responses=_VERSION | respuestas(404),
)
def ver_version_de_plan(
    plan_id: UUID,
    version: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorOpcional,
) -> Response:
    """Lo que el plan decía en una versión, byte por byte: su SHA-256 es el que dice su página."""
    plan_visible(sesion, actor, plan_id)
    fila = version_de(sesion, plan_id, version)
    return Response(fila.contenido, media_type="application/json", headers={"X-Version-Sha256": fila.huella})


@router.post(UNO + "/cambios", responses=respuestas(404, 409, 412, 428))
def cambiar_plan(
    plan_id: UUID,
    datos: CambiosEntrada,
    version: VersionPedida,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> PlanSalida:
    """Añade, cambia o quita líneas. De un plan publicado son su versión siguiente, con su motivo público.
    `If-Match` lleva el ETag que se leyó."""
    plan = cambiar(sesion, actor, plan_id, datos.cambios, datos.motivo, revision=version)
    return _responder(sesion, response, plan)


@router.post(UNO + "/archivo", responses=respuestas(404, 409, 412, 428))
def importar_lineas_de_plan(
    plan_id: UUID,
    archivo: Annotated[
        UploadFile,
        File(
            description="CSV o libro de Excel (.xlsx), hasta 2.000 líneas, con las columnas numero, "
            "revision, objeto, categoria, modalidad, mes, monto, partida, fuente, organismo, familia, "
            "cantidad, unidad_medida, unidad_texto y municipio."
        ),
    ],
    version: VersionPedida,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
    motivo: Annotated[str | None, escrito(1000, 10), Form(description="De un plan publicado.")] = None,
) -> PlanSalida:
    """Añade las líneas de un archivo; las que dicen su número, con la revisión que tenían, se cambian. Con un
    solo error no se acepta: `campos` nombra cada línea y su motivo."""
    plan = importar(sesion, actor, plan_id, Recibido.de(archivo), motivo, version)
    return _responder(sesion, response, plan)


@router.post(UNO + "/publicacion", responses=respuestas(404, 409, 412, 428))
def publicar(
    plan_id: UUID,
    version: VersionPedida,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> PlanSalida:
    """Publica el plan que se leyó: recibe su número y desde entonces cambia por versiones."""
    return _responder(sesion, response, publicar_plan(sesion, actor, plan_id, version))


@router.delete(UNO, status_code=204, responses=respuestas(404, 409, 412, 428))
def eliminar_plan(plan_id: UUID, version: VersionPedida, sesion: Sesion, actor: Contratante) -> None:
    """Elimina el borrador que se leyó; lo publicado nunca se borra."""
    eliminar(sesion, actor, plan_id, version)
