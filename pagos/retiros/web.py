"""Pages of withdrawals: who asks for one, and the operator who sends them to the bank."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, Riesgo, exigir_sesion_reciente
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.web import pagina, redirigir
from pagos.libro import (
    Operacion,
    comision_en_palabras,
    comision_vigente,
    cuentas_de,
    exigir_supervisor,
    nombres_de_cuentas,
)
from pagos.retiros import retiros
from pagos.retiros.acto import pedir_o_proponer
from pagos.retiros.errores import ComisionDistinta
from pagos.retiros.esquemas import NuevoRetiro
from pagos.retiros.estados import NOMBRES, EstadoRetiro
from pagos.retiros.formularios import (
    PASO,
    RESOLUCION,
    RETIRO,
    HojaDePaso,
    HojaDeResolucion,
    HojaDeRetiro,
)

router = APIRouter(tags=["pagos de empresas"])

TONOS: dict[EstadoRetiro, str] = {
    EstadoRetiro.PEDIDO: "aviso",
    EstadoRetiro.EN_LOTE: "info",
    EstadoRetiro.PAGADO: "bien",
    EstadoRetiro.RECHAZADO: "mal",
    EstadoRetiro.CANCELADO: "neutro",
    EstadoRetiro.DEVUELTO: "mal",
}


@router.get("/billetera/retirar")
def formulario(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    exigir_sesion_reciente(actor, Riesgo.DINERO)  # before it is typed: what is of money is not kept
    return _formulario(request, sesion, actor)


def _formulario(request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None) -> Response:
    cuentas = cuentas_de(sesion, actor)
    opciones = {
        "cuenta": [(c.id, f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in cuentas],
        "banco": retiros.bancos(sesion).items(),
    }
    # Most withdraw to an account of their own; who does not, writes another name over it.
    titular = nombres_de_cuentas(sesion, [cuentas[0].id])[cuentas[0].id][:70] if cuentas else ""
    suyos = retiros.retiros_de(sesion, actor, CursorPedido(None, 50))[0]
    return pagina(
        request,
        "pagos/retiros/retirar.html",
        hoja=hoja,
        retiro=RETIRO.mostrar(request, {"titular": titular}, enviada=hoja, opciones=opciones),
        retiros=suyos,
        pasos={r.id: PASO.mostrar(request, enviada=hoja, de=str(r.id)) for r in suyos},
        estados={estado.value: (str(NOMBRES[estado]), tono) for estado, tono in TONOS.items()},
        comision=comision_en_palabras(comision_vigente(sesion, Operacion.RETIRO)),
    )


@router.post("/billetera/retirar")
def revisar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRetiro) -> Response:
    """The last look before the money is held: where it goes and what it costs."""
    with hoja:
        return _confirmar(request, sesion, actor, hoja)
    return _formulario(request, sesion, actor, hoja)


def _confirmar(request: Request, sesion: Session, actor: Actor, hoja: Hoja[NuevoRetiro]) -> Response:
    por_pedir = retiros.revisar(sesion, actor, hoja.datos.datos)
    cuenta = next(c for c in cuentas_de(sesion, actor) if c.id == por_pedir.datos.cuenta_id)
    return pagina(
        request,
        "pagos/retiros/retirar_confirmar.html",
        hoja=hoja,
        retiro=RETIRO.mostrar(request, {"comision": por_pedir.comision.monto}, enviada=hoja),
        pedido=por_pedir,
        cuenta=cuenta,
        alcanza=cuenta.cuenta.disponible >= por_pedir.total,
        banco=retiros.bancos(sesion)[por_pedir.datos.banco],
    )


@router.post("/billetera/retirar/confirmar")
def pedir(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRetiro) -> Response:
    """Ask for it. The form carries the commission that the person saw."""
    with hoja:
        pedido = hoja.datos
        if pedido.comision is None:
            raise ComisionDistinta(_("Revise el total y confírmelo."))
        hecho = pedir_o_proponer(sesion, actor, hoja.id, pedido.datos, comision_vista=pedido.comision)
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. El retiro se pedirá cuando firmen los demás."))
        return redirigir(
            "/billetera/retirar", _("Pidió el retiro. El dinero queda reservado hasta que llegue.")
        )
    if isinstance(hoja.error, ComisionDistinta):
        return _confirmar(request, sesion, actor, hoja)
    return _formulario(request, sesion, actor, hoja)


@router.post("/billetera/retirar/{retiro_id}/cancelar")
def cancelar(
    request: Request, retiro_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        retiros.cancelar(sesion, actor, retiro_id)
        return redirigir("/billetera/retirar", _("Canceló el retiro: el dinero está otra vez disponible."))
    return _formulario(request, sesion, actor, hoja)


# --- The operator -------------------------------------------------------------------------------------------


@router.get("/regulador/retiros")
def supervisar(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _supervisar(request, sesion, actor)


def _supervisar(request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None) -> Response:
    exigir_supervisor(sesion, actor)
    en_banco = retiros.abiertos(sesion, EstadoRetiro.EN_LOTE)
    return pagina(
        request,
        "pagos/retiros/regulador_retiros.html",
        hoja=hoja,
        pedidos=retiros.abiertos(sesion, EstadoRetiro.PEDIDO),
        en_banco=en_banco,
        lotes=retiros.lotes(sesion),
        paso=PASO.mostrar(request, enviada=hoja),
        resoluciones={r.id: RESOLUCION.mostrar(request, enviada=hoja, de=str(r.id)) for r in en_banco},
    )


@router.post("/regulador/retiros/lotes")
def exportar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso) -> Response:
    with hoja:
        lote = retiros.exportar_lote(sesion, actor)
        texto = ngettext(
            "Lote de un retiro por %(total)s: descárguelo y envíelo al banco.",
            "Lote de %(n)s retiros por %(total)s: descárguelo y envíelo al banco.",
            lote.cantidad,
        )
        datos = {"n": lote.cantidad, "total": formato_bs(lote.total)}
        return redirigir("/regulador/retiros", texto % datos)
    return _supervisar(request, sesion, actor, hoja)


@router.get("/regulador/retiros/lotes/{lote_id}.xml")
def descargar(lote_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """The pain.001 file of a batch, the same bytes every time."""
    lote = retiros.ver_lote(sesion, actor, lote_id)
    cabeceras = {"Content-Disposition": f'attachment; filename="pain001-{lote.id}.xml"'}
    return Response(lote.contenido, media_type="application/xml", headers=cabeceras)


@router.post("/regulador/retiros/{retiro_id}/resolver")
def resolver(
    request: Request, retiro_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeResolucion
) -> Response:
    """What the bank answered by another way."""
    with hoja:
        retiros.resolver(sesion, actor, retiro_id, pagado=hoja.datos.pagado, motivo=hoja.datos.motivo)
        return redirigir("/regulador/retiros", _("Anotado."))
    return _supervisar(request, sesion, actor, hoja)
