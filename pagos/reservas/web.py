"""Pages of what is held: of a person's money and why, and for them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.errores import Prohibido
from nucleo.formularios import Hoja
from nucleo.lectores import Entero
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir
from pagos.libro import (
    NOMBRE_DE_CODIGO,
    Codigo,
    cuenta_elegida,
    cuentas_de,
    nombres_de_cuentas,
    obtener_cuenta,
)
from pagos.libro import reservas as retenido
from pagos.reservas.accesos import como_recibe, exigir_resolver, nombres_para_quien_paga
from pagos.reservas.consultas import estado_visible, reserva_para, reservas_para_cuenta, reservas_por_id
from pagos.reservas.estados import EstadoReserva
from pagos.reservas.formularios import ANULACION, CONFIRMACION, HojaDeAnulacion, HojaDeConfirmacion
from pagos.reservas.modelos import Reserva
from pagos.reservas.reservas import anular, confirmar

router = APIRouter(include_in_schema=False)

POR_PAGINA = 20
INSIGNIAS = {
    EstadoReserva.ABIERTA: (_l("Reservada"), "aviso"),
    EstadoReserva.CONFIRMADA: (_l("Pagada"), "bien"),
    EstadoReserva.ANULADA: (_l("Anulada"), "neutro"),
    EstadoReserva.VENCIDA: (_l("Vencida"), "neutro"),
}
_POR_QUE = {
    Codigo.PAGO_PEDIDO: (_l("Se paga cuando reciba el pedido"), "/pedidos"),
    Codigo.RETIRO: (_l("Va camino a su banco"), "/billetera/retirar"),
    Codigo.COMISION: (_l("Comisión de lo que está en curso"), "/billetera/retirar"),
}
"""Why the platform itself holds money, and where that is looked at."""


@router.get("/billetera/reservas")
def ver_reservas(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cuenta: Entero | None = None,
    cursor: UnCursor = None,
    para: UnCursor = None,
) -> Response:
    """Two lists, each with its own cursor: `cursor` of one's money, `para` of what others hold for one."""
    elegida = cuenta_elegida(sesion, actor, cuenta)
    suyo, mas_suyo = retenido(sesion, elegida.id, CursorPedido(cursor, POR_PAGINA))
    suyas = reservas_por_id(sesion, [r.id for r in suyo])
    para_ella, mas_para = reservas_para_cuenta(sesion, elegida.id, CursorPedido(para, POR_PAGINA))
    base = f"/billetera/reservas?cuenta={elegida.id}"
    return pagina(
        request,
        "pagos/reservas/reservas.html",
        cuentas=cuentas_de(sesion, actor),
        elegida=elegida,
        retenido=suyo,
        suyas={r.id: r for r in suyas},
        por_que=_POR_QUE,
        nombres_de_codigo=NOMBRE_DE_CODIGO,
        para_ella=para_ella,
        es_continuacion=bool(cursor or para),
        mas_suyo=f"{base}&cursor={mas_suyo}" if mas_suyo else None,
        mas_para=f"{base}&para={mas_para}" if mas_para else None,
        nombres=nombres_de_cuentas(sesion, {r.debito for r in para_ella})
        | nombres_para_quien_paga(sesion, suyas),
    )


@router.get("/billetera/reservas/{reserva_id}")
def ver_reserva(request: Request, sesion: Sesion, actor: ActorRequerido, reserva_id: UUID) -> Response:
    return _pagina(request, sesion, actor, reserva_id)


def _pagina(
    request: Request, sesion: Session, actor: Actor, reserva_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    reserva = reserva_para(sesion, actor, reserva_id)
    visible = estado_visible(reserva, ahora_bd(sesion))
    abierta = visible is EstadoReserva.ABIERTA
    recibe = como_recibe(sesion, actor, obtener_cuenta(sesion, reserva.credito)) is not None
    valores = {"monto": f"{reserva.monto.amount:.2f}".replace(".", ",")}
    return pagina(
        request,
        "pagos/reservas/reserva.html",
        hoja=hoja,
        reserva=reserva,
        insignia=INSIGNIAS[visible],
        abierta=abierta,
        vuelve=reserva.monto - reserva.confirmado,
        nombres=nombres_de_cuentas(sesion, [reserva.debito, reserva.credito])
        if recibe
        else nombres_para_quien_paga(sesion, [reserva]),
        paga=not recibe,
        confirmacion=CONFIRMACION.mostrar(request, valores, enviada=hoja)
        if abierta and _puede(sesion, actor, reserva, anula=False)
        else None,
        anulacion=ANULACION.mostrar(request, enviada=hoja)
        if abierta and _puede(sesion, actor, reserva, anula=True)
        else None,
    )


def _puede(sesion: Session, actor: Actor, reserva: Reserva, *, anula: bool) -> bool:
    try:
        exigir_resolver(sesion, actor, reserva, anula=anula)
    except Prohibido:
        return False
    return True


@router.post("/billetera/reservas/{reserva_id}/confirmar")
def confirmar_reserva(
    request: Request, sesion: Sesion, actor: ActorRequerido, reserva_id: UUID, hoja: HojaDeConfirmacion
) -> Response:
    with hoja:
        hecha = confirmar(sesion, actor, reserva_id, hoja.datos.monto)
        aviso = _("Se pagaron %(monto)s.") % {"monto": formato_bs(hecha.confirmado)}
        return redirigir(f"/billetera/reservas/{reserva_id}", aviso)
    return _pagina(request, sesion, actor, reserva_id, hoja)


@router.post("/billetera/reservas/{reserva_id}/anular")
def anular_reserva(
    request: Request, sesion: Sesion, actor: ActorRequerido, reserva_id: UUID, hoja: HojaDeAnulacion
) -> Response:
    with hoja:
        hecha = anular(sesion, actor, reserva_id)
        aviso = _("Anuló la reserva: volvieron %(monto)s a quien pagaba.") % {
            "monto": formato_bs(hecha.monto)
        }
        return redirigir(f"/billetera/reservas/{reserva_id}", aviso)
    return _pagina(request, sesion, actor, reserva_id, hoja)
