"""What the State needs, for everybody."""

from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from alertas import enlace_para_avisarme
from empresa_digital.registro import departamentos
from feria_inversa.alertas import CONVOCATORIAS, RESULTADOS, criterios_de, en_palabras
from feria_inversa.invitaciones import segmentos_de
from feria_inversa.procesos import Filtro, buscar, tarjetas
from feria_inversa.reglas import opciones_de_categoria, opciones_de_modalidad
from nucleo.bd import Sesion
from nucleo.paginacion import Cursor
from nucleo.reloj import fecha_bolivia
from nucleo.web import pagina, publico

DE_UN_ENLACE = {"familia", "rubro", "entidad"}
"""What is not asked in the form: one comes from a link with it."""
router = APIRouter(dependencies=[Depends(publico)])


@router.get("/feria")
def feria(
    request: Request,
    sesion: Sesion,
    cursor: Cursor,
    q: Annotated[str, Query(max_length=200)] = "",
    departamento: Annotated[str, Query(pattern="^(0[1-9])?$")] = "",
    modalidad: Annotated[str, Query(pattern="^[A-Z0-9]{0,10}$")] = "",
    categoria: Annotated[str, Query(pattern="^[a-z]{0,12}$")] = "",
    cierra: Literal["", "1", "3", "7", "30"] = "",
    ver: Literal["abiertas", "cerradas", "todas"] = "abiertas",
    familia: Annotated[str, Query(pattern="^([0-9]{4})?$")] = "",
    rubro: Annotated[str, Query(pattern="^([0-9]{2})?$")] = "",
    entidad: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    """The needs that entities show, what closes first on top."""
    dias = int(cierra) if cierra else None
    filtro = Filtro(
        q,
        departamento or None,
        modalidad or None,
        categoria or None,
        dias,
        ver,
        entidad,
        familia or None,
        segmentos_de(sesion, rubro) if rubro else None,
    )
    filas, siguiente = buscar(sesion, filtro, cursor)
    elegidos = {
        "q": q,
        "departamento": departamento,
        "modalidad": modalidad,
        "categoria": categoria,
        "cierra": cierra,
        "familia": familia,
        "rubro": rubro,
        "entidad": str(entidad or ""),
    }
    criterios = criterios_de(filtro, rubro or None)
    solo = criterios.model_copy(update=dict.fromkeys(("departamento", "modalidad", "categoria")) | {"q": ""})
    puestos = {clave: valor for clave, valor in elegidos.items() if valor}
    return pagina(
        request,
        "feria_inversa/mercado/feria.html",
        tarjetas=tarjetas(sesion, filas),
        filtro=elegidos,
        ver=ver,
        hay_filtros=bool(puestos),
        enlaces={v: "/feria?" + urlencode(puestos | {"ver": v}) for v in ("abiertas", "cerradas", "todas")},
        departamentos=[(d.ine, d.nombre) for d in departamentos(sesion)],
        modalidades=opciones_de_modalidad(sesion, fecha_bolivia()),
        categorias=opciones_de_categoria(),
        avisarme=enlace_para_avisarme(RESULTADOS if ver == "cerradas" else CONVOCATORIAS, criterios),
        solo=en_palabras(sesion, solo, ""),
        sin_eso="/feria?"
        + urlencode({k: v for k, v in puestos.items() if k not in DE_UN_ENLACE} | {"ver": ver}),
        siguiente_url="/feria?" + urlencode(puestos | {"ver": ver, "cursor": siguiente})
        if siguiente
        else None,
    )
