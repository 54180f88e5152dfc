"""Receipts: for who paid and who received, on paper, and the page on which anybody verifies one."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import ErrorDominio, NoEncontrado, Prohibido
from nucleo.lectores import iniciales
from nucleo.limites import limitar_direccion
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir
from pagos.cobros.accesos import Papel, papel_en
from pagos.cobros.comprobante_pdf import hacer_pdf
from pagos.cobros.comprobantes import FIRMES, Comprobante, comprobante_de, comprobante_por_codigo
from pagos.cobros.consultas import orden_por_id, pago_de_transferencia
from pagos.cobros.devueltos import devuelto_de_transferencia
from pagos.cobros.estados import EstadoOrden
from pagos.cobros.modelos import Pago
from pagos.devoluciones import devoluciones_de, pago_recibido
from pagos.devoluciones.modelos import Devolucion
from pagos.libro import (
    NOMBRE_DE_CODIGO,
    CuentaInexistente,
    TipoTitular,
    TipoTransferencia,
    nombres_de_cuentas,
    obtener_cuenta,
    puede_ver,
    transferencia_por_id,
)
from pagos.libro.modelos import Transferencia
from pagos.notas import nota_de

router = APIRouter()

CONSULTAS_POR_MINUTO = 30


def contar_consulta(request: Request) -> None:
    """Look-ups by code are counted by address: codes cannot be tried one after the other."""
    limitar_direccion(request, "cobros-web", cupo=CONSULTAS_POR_MINUTO, ventana_s=60)


def _propia(sesion: Session, actor: Actor, transferencia_id: UUID) -> tuple[Transferencia, Pago | None]:
    """A transfer and the order's payment that it is, for who paid and who received.

    Raises `Prohibido`, `TransferenciaInexistente`.
    """
    transferencia = transferencia_por_id(sesion, transferencia_id)
    pago = pago_de_transferencia(sesion, transferencia.id)
    for cuenta_id in (transferencia.debito, transferencia.credito):
        try:
            if puede_ver(sesion, actor, obtener_cuenta(sesion, cuenta_id)):
                return transferencia, pago
        except CuentaInexistente:
            continue
    if pago is not None:
        if pago.persona_id == actor.persona_id is not None:
            return transferencia, pago  # paid by card: no account of theirs took part
        if papel_en(sesion, actor, orden_por_id(sesion, pago.orden_id)) is Papel.COBRADOR:
            return transferencia, pago
    raise Prohibido(_("Solo quien paga y quien recibe pueden ver este comprobante."))


def _comprobante_propio(sesion: Session, actor: Actor, transferencia_id: UUID) -> Comprobante:
    return comprobante_de(sesion, _propia(sesion, actor, transferencia_id)[0])


@router.get("/comprobantes/{transferencia_id:uuid}")
def comprobante(request: Request, sesion: Sesion, actor: ActorRequerido, transferencia_id: UUID) -> Response:
    """The receipt of a transfer, with what went back of it, and the way to give it back."""
    t, pago = _propia(sesion, actor, transferencia_id)
    return pagina(
        request,
        "pagos/billetera/comprobante.html",
        t=t,
        motivo=NOMBRE_DE_CODIGO.get(t.codigo, _("Movimiento")),
        firme=t.tipo in FIRMES,
        espera=t.tipo == TipoTransferencia.PENDIENTE,
        nombres=_nombres(sesion, actor, t),
        nota=nota_de(sesion, t.id),
        devuelto=devuelto_de_transferencia(sesion, t, pago),
        devoluciones=devoluciones_de(sesion, t.id),
        devolver=_donde_devolver(sesion, actor, t, pago),
        devuelve_a=t.referencia if sesion.get(Devolucion, t.id) is not None else None,
    )


def _nombres(sesion: Session, actor: Actor, t: Transferencia) -> dict[int, str]:
    """Of both accounts; while nothing was paid, holding money for a number is no way to read whose it is."""
    nombres = nombres_de_cuentas(sesion, {t.debito, t.credito})
    if t.tipo not in FIRMES:
        recibe = obtener_cuenta(sesion, t.credito)
        if recibe.titular_tipo == TipoTitular.PERSONA and recibe.titular_id != actor.persona_id:
            nombres[t.credito] = _("la cuenta %(n)s") % {"n": t.credito}
    return nombres


def _donde_devolver(sesion: Session, actor: Actor, t: Transferencia, pago: Pago | None) -> str | None:
    """Where the actor gives this payment back, if they may."""
    try:
        if pago is not None and pago.medio == "tarjeta":
            recibe = puede_ver(sesion, actor, obtener_cuenta(sesion, pago.cuenta_destino))
            return f"/pagos-con-tarjeta/{pago.id}" if recibe else None
        recibido = pago_recibido(sesion, actor, t.id)
    except ErrorDominio:
        return None
    abierto = recibido.saldo.amount > 0 and ahora_bd(sesion) <= recibido.hasta
    return f"/comprobantes/{t.id}/devolver" if abierto else None


@router.get("/comprobantes/{transferencia_id}.pdf")
def comprobante_en_pdf(sesion: Sesion, actor: ActorRequerido, transferencia_id: UUID) -> Response:
    comprobante = _comprobante_propio(sesion, actor, transferencia_id)
    nombre = f"comprobante-{comprobante.transferencia.numero}.pdf"
    cabeceras = {"Content-Disposition": f'inline; filename="{nombre}"'}
    cuerpo = hacer_pdf(comprobante, nota_de(sesion, transferencia_id))
    return Response(cuerpo, media_type="application/pdf", headers=cabeceras)


@router.get("/comprobantes/{transferencia_id}/verificacion")
def ir_a_verificacion(sesion: Sesion, actor: ActorRequerido, transferencia_id: UUID) -> Response:
    """From one's own receipt to the page that others see."""
    return redirigir(f"/verificar/{_comprobante_propio(sesion, actor, transferencia_id).codigo}")


@router.get("/verificar", dependencies=[Depends(publico)])
def buscar_comprobante(request: Request, codigo: Annotated[str, Query(max_length=100)] = "") -> Response:
    limpio = "-".join(codigo.split())
    if limpio and "/" not in limpio and limpio.isascii() and limpio.isprintable():
        return redirigir(f"/verificar/{quote(limpio)}")
    return pagina(request, "pagos/cobros/verificar.html", comprobante=None, codigo=codigo, errores={})


@router.get("/verificar/{codigo}", dependencies=[Depends(publico)])
def verificar(request: Request, sesion: Sesion, codigo: str) -> Response:
    """What a receipt proves, for anybody: amount, date, concept, who charged. Of people, only initials."""
    contar_consulta(request)
    try:
        hallado = comprobante_por_codigo(sesion, codigo[:100])
    except NoEncontrado as error:
        errores = {"codigo": error.detalle}
        return pagina(
            request,
            "pagos/cobros/verificar.html",
            404,
            comprobante=None,
            codigo=codigo[:100],
            errores=errores,
        )
    return pagina(
        request,
        "pagos/cobros/verificar.html",
        comprobante=hallado,
        recibe=hallado.recibe if hallado.recibe_unidad else iniciales(hallado.recibe),
        paga=iniciales(hallado.paga),
        codigo=hallado.codigo,
        errores={},
        completa=hallado.orden is None or hallado.orden.estado == EstadoOrden.PAGADA,
    )
