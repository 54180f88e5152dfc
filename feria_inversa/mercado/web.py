"""What the State needs, for everybody."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from alertas import enlace_para_avisarme
from empresa_digital.registro import departamentos
from feria_inversa.mercado import alertas
from feria_inversa.procesos import Filtro, buscar, tarjetas
from feria_inversa.reglas import opciones_de_categoria, opciones_de_modalidad
from nucleo.bd import Sesion
from nucleo.paginacion import Cursor
from nucleo.reloj import fecha_bolivia
from nucleo.web import pagina, publico

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
) -> HTMLResponse:
    """The needs that entities show, what closes first on top."""
    dias = int(cierra) if cierra else None
    filtro = Filtro(q, departamento or None, modalidad or None, categoria or None, dias, ver)
    filas, siguiente = buscar(sesion, filtro, cursor)
    elegidos = {
        "q": q,
        "departamento": departamento,
        "modalidad": modalidad,
        "categoria": categoria,
        "cierra": cierra,
    }
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
        avisarme=enlace_para_avisarme(alertas.CODIGO, alertas.criterios_de(filtro)),
        siguiente_url="/feria?" + urlencode(puestos | {"ver": ver, "cursor": siguiente})
        if siguiente
        else None,
    )
