"""Public pages: search and profile."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from ciudadania import ActorOpcional
from empresa_digital.registro.catalogos import (
    TipoUnidad,
    actividad,
    actividades,
    departamento,
    departamentos,
    forma_legal,
    lugar,
    lugares,
    municipios,
    nombres_de_actividades,
)
from empresa_digital.registro.consulta.buscar import buscar_unidades
from empresa_digital.registro.habilitaciones import (
    EstadoHabilitacion,
    Habilitacion,
    habilitaciones_de,
    tiene_habilitacion,
)
from empresa_digital.registro.habilitaciones import palabras as calidades
from empresa_digital.registro.identificadores import ESQUEMAS, identificadores_de
from empresa_digital.registro.mandatos import actua, es_regulador, unidad_visible
from empresa_digital.registro.unidades import TIPOS, actividades_de, nombre_de_tipo, pagina, url_siguiente
from nucleo.bd import Sesion
from nucleo.paginacion import Cursor
from nucleo.web import publico

router = APIRouter(include_in_schema=False)

Texto = Annotated[str, Query(max_length=120)]


@router.get("/unidades", dependencies=[Depends(publico)])
def buscar(
    request: Request,
    sesion: Sesion,
    cursor: Cursor,
    q: Texto = "",
    departamento: Texto = "",
    municipio: Texto = "",
    actividad: Texto = "",
    tipo: Texto = "",
) -> Response:
    """Registered units by name, number, NIT, place, activity and kind. Filters that make no sense are
    ignored.
    """
    deptos = departamentos(sesion)
    depto = departamento if departamento in {d.ine for d in deptos} else ""
    del_depto = municipios(sesion, departamento_ine=depto) if depto else []
    municipio = municipio if municipio in {m.ine for m in del_depto} else ""
    secciones = actividades(sesion, nivel="seccion")
    actividad = actividad if actividad in {a.codigo for a in secciones} else ""
    unidades, siguiente = buscar_unidades(
        sesion,
        q,
        municipio=municipio or depto or None,
        actividad=actividad or None,
        tipo=TipoUnidad(tipo) if tipo in TipoUnidad.__members__ else None,
        pagina=cursor,
    )
    return pagina(
        request,
        "consulta/buscar.html",
        q=q,
        filtros={"departamento": depto, "municipio": municipio, "actividad": actividad, "tipo": tipo},
        hay_filtros=bool(depto or municipio or actividad or tipo),
        departamentos=[(d.ine, d.nombre) for d in deptos],
        municipios=[(m.ine, m.nombre) for m in del_depto],
        secciones=[(a.codigo, a.nombre) for a in secciones],
        tipos=[(t.value, nombre_de_tipo(t)) for t in TIPOS],
        unidades=unidades,
        lugares=lugares(sesion, (u.municipio_ine for u in unidades)),
        actividades=nombres_de_actividades(sesion, (u.actividad_ciiu for u in unidades)),
        siguiente=url_siguiente(request, siguiente),
        es_primera=cursor.cursor is None,
    )


@router.get("/unidades/{numero}", dependencies=[Depends(publico)])
def perfil(numero: str, request: Request, sesion: Sesion, actor: ActorOpcional) -> Response:
    """The public page of a unit; a registration under way is seen only by its own people and the
    regulator.
    """
    unidad, _interno = unidad_visible(sesion, actor, numero)
    visibles = (EstadoHabilitacion.OTORGADA, EstadoHabilitacion.SUSPENDIDA)
    return pagina(
        request,
        "consulta/perfil.html",
        unidad=unidad,
        lugar=lugar(sesion, unidad.municipio_ine),
        depto=departamento(sesion, unidad.municipio_ine),
        actividad=actividad(sesion, unidad.actividad_ciiu),
        otras=actividades_de(sesion, unidad.id),
        forma=forma_legal(sesion, unidad.forma_legal),
        identificadores=identificadores_de(sesion, unidad.id),
        calidades=calidades,
        esquemas=ESQUEMAS,
        habilitaciones=[h for h in habilitaciones_de(sesion, unidad.id) if h.estado in visibles],
        vende=tiene_habilitacion(sesion, unidad.id, Habilitacion.VENDEDOR),
        contrata=tiene_habilitacion(sesion, unidad.id, Habilitacion.ENTIDAD_CONTRATANTE),
        es_mia=actua(sesion, actor, unidad.id),
        es_regulador=es_regulador(sesion, actor),
    )
