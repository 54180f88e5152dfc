"""Page of the counter: cash that waits for who has no account."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, partes_en_lote
from envios.deudas.accesos import operador_con
from envios.deudas.consultas import en_ventanilla, por_id
from envios.deudas.formularios import PAGO, HojaDePago
from envios.deudas.modelos import Deuda
from envios.deudas.pagar import pagar_en_efectivo
from envios.items import numeros_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Hoja
from nucleo.paginacion import PRIMERA_PAGINA, Cursor, CursorPedido, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/envios/operador/ventanilla", include_in_schema=False)


@router.get("")
def ver_pagos(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, unidad: UUID | None = None
) -> Response:
    """What is to be paid in cash, the oldest first."""
    return _pagina(request, sesion, actor, unidad, cursor)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: UUID | None,
    cursor: CursorPedido = PRIMERA_PAGINA,
    hoja: Hoja[Any] | None = None,
) -> Response:
    operador, todos = operador_con(sesion, actor, Facultad.DESPACHAR, unidad)
    filas, siguiente = paginar(
        sesion, en_ventanilla(operador.id), cursor, columnas=(Deuda.nace_en, Deuda.id), desc=False
    )
    base = f"/envios/operador/ventanilla?unidad={operador.id}"
    return pagina(
        request,
        "envios/deudas/ventanilla.html",
        hoja=hoja,
        operador=operador,
        operadores=todos,
        deudas=filas,
        numeros=numeros_de(sesion, [d.envio_id for d in filas]),
        acreedores=partes_en_lote(sesion, [d.acreedor_parte_id for d in filas]),
        pagos={d.id: PAGO.mostrar(request, de=str(d.id), enviada=hoja) for d in filas},
        siguiente_url=f"{base}&cursor={siguiente}" if siguiente else None,
    )


@router.post("/{deuda_id}")
def pagar(
    request: Request, sesion: Sesion, actor: ActorRequerido, deuda_id: UUID, hoja: HojaDePago
) -> Response:
    deuda = por_id(sesion, deuda_id)
    operador, _todos = operador_con(sesion, actor, Facultad.DESPACHAR, deuda.operador_unidad_id)
    with hoja:
        hecha = pagar_en_efectivo(sesion, actor, deuda_id, hoja.datos.recibo)
        aviso = _("Anotó que pagó %(monto)s en efectivo.") % {"monto": formato_bs(hecha.monto)}
        return redirigir(f"/envios/operador/ventanilla?unidad={operador.id}", aviso)
    return _pagina(request, sesion, actor, operador.id, hoja=hoja)
