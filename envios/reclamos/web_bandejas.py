"""The tray of an operator: its claims, with the clock."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from ciudadania import ActorRequerido
from envios.items import numeros_de, operador_de
from envios.reclamos.consultas import contar, reclamos_del_operador
from envios.reclamos.estados import DEL_OPERADOR, POR_PAGAR, VIDA_RECLAMO, EstadoReclamo
from envios.reclamos.modelos import Reclamo
from envios.reclamos.presentar import tono_de
from nucleo.bd import Sesion
from nucleo.paginacion import Cursor, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina

router = APIRouter(include_in_schema=False)

PILAS: dict[str, frozenset[EstadoReclamo]] = {
    "por_responder": DEL_OPERADOR,
    "en_curso": frozenset({EstadoReclamo.RECHAZADO, EstadoReclamo.ANTE_REGULADOR}),
    "por_pagar": POR_PAGAR,
    "terminados": VIDA_RECLAMO.fines,
}
_COLUMNAS = (Reclamo.presentado_en, Reclamo.id)


@router.get("/envios/operador/reclamos")
def bandeja_del_operador(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    unidad: UUID | None = None,
    ver: Annotated[str, Query(max_length=20)] = "por_responder",
) -> HTMLResponse:
    operador, operadores = operador_de(sesion, actor, unidad)
    ver = ver if ver in PILAS else "por_responder"
    consulta = reclamos_del_operador(operador.id, PILAS[ver])
    filas, siguiente = paginar(sesion, consulta, cursor, columnas=_COLUMNAS)
    cuentas = contar(sesion, operador.id)
    base = f"/envios/operador/reclamos?unidad={operador.id}"
    nombres = {
        "por_responder": _("Por responder"),
        "en_curso": _("Respondidos"),
        "por_pagar": _("Por pagar"),
        "terminados": _("Terminados"),
    }
    return pagina(
        request,
        "envios/reclamos/bandeja.html",
        operador=operador,
        operadores=operadores,
        base=base,
        ver=ver,
        pilas=[
            (nombre, f"{base}&ver={pila}", sum(cuentas.get(e, 0) for e in PILAS[pila]))
            for pila, nombre in nombres.items()
        ],
        reclamos=filas,
        numeros=numeros_de(sesion, [r.envio_id for r in filas]),
        tono=tono_de,
        siguiente_url=f"{base}&ver={ver}&cursor={siguiente}" if siguiente else None,
    )
