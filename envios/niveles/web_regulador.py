"""The authority's tray of postal operators: claims taken to it, what each owes late, how each does."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Materia, exigir_competencia, unidades_en_lote
from envios.deudas import operadores_en_mora
from envios.items import numeros_de
from envios.niveles.medir import Filtro, Por, medir, operadores_medidos
from envios.reclamos import EstadoReclamo, reclamos_ante_la_autoridad, tono_de
from envios.reclamos.modelos import Reclamo
from nucleo.bd import Sesion
from nucleo.paginacion import Cursor, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina

router = APIRouter(include_in_schema=False)


@router.get("/regulador/envios")
def bandeja_de_la_autoridad(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    ver: Annotated[str, Query(max_length=20)] = "por_resolver",
) -> HTMLResponse:
    """Claims with the clock, operators in arrears, service levels by operator; the registry suspends."""
    exigir_competencia(sesion, actor, Materia.ENVIOS)
    por_resolver = frozenset({EstadoReclamo.ANTE_REGULADOR})
    ver = "resueltos" if ver == "resueltos" else "por_resolver"
    estados = por_resolver if ver == "por_resolver" else frozenset(EstadoReclamo) - por_resolver
    consulta = reclamos_ante_la_autoridad(estados)
    filas, siguiente = paginar(sesion, consulta, cursor, columnas=(Reclamo.presentado_en, Reclamo.id))
    moras = operadores_en_mora(sesion)
    niveles = medir(sesion, Filtro(), [Por.OPERADOR], minimo=1)
    ids = {r.operador_unidad_id for r in filas} | {m.operador_unidad_id for m in moras}
    unidades = unidades_en_lote(sesion, {*ids, *operadores_medidos(sesion)})
    return pagina(
        request,
        "envios/niveles/autoridad.html",
        ver=ver,
        pilas=[
            (_("Por resolver"), "/regulador/envios?ver=por_resolver", None),
            (_("Resueltos"), "/regulador/envios?ver=resueltos", None),
        ],
        reclamos=filas,
        numeros=numeros_de(sesion, [r.envio_id for r in filas]),
        operadores={id: u.nombre for id, u in unidades.items()},
        unidades={str(id): u for id, u in unidades.items()},
        moras=moras,
        niveles=[(m.clave[Por.OPERADOR], m) for m in niveles.medidas],
        hasta_el=niveles.hasta_el,
        tono=tono_de,
        siguiente_url=f"/regulador/envios?ver={ver}&cursor={siguiente}" if siguiente else None,
    )
