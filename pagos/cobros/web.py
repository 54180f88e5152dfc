"""Pages for who pays: find a charge, see it, pay it, and the receipts that anybody can verify."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import (
    Unidad,
    UnidadNoEncontrada,
    unidad_por_id,
    unidad_por_numero,
    unidades_en_lote,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Hoja
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir
from pagos.cobros import web_comprobantes, web_del_dia, web_entidad
from pagos.cobros.accesos import Papel, cuenta_que_recibe, documento_de, papel_en, recibe_pagos
from pagos.cobros.codigos_qr import Destino, leer_foto, qr_de_orden, resolver
from pagos.cobros.consultas import lineas_de, orden_por_cpt, ordenes_a_nombre_de, pagos_de
from pagos.cobros.cpt import formato_cpt
from pagos.cobros.devueltos import devuelto_por_pago
from pagos.cobros.errores import CptInvalido, OrdenNoEncontrada
from pagos.cobros.formularios import (
    CONFIRMACION,
    FOTO,
    PAGO,
    PAGO_A_UNIDAD,
    TARJETA,
    HojaDeConfirmacion,
    HojaDeFoto,
    HojaDePago,
    HojaDePagoAUnidad,
    HojaDeTarjeta,
    PagoConfirmado,
)
from pagos.cobros.modelos import Orden, Pago
from pagos.cobros.pagar import monto_a_pagar, pagar_a_unidad, pagar_orden
from pagos.cobros.presentar import (
    NOMBRES,
    NOMBRES_DE_DEVOLUCION,
    devolucion_de,
    estado_de,
    vencimiento_en_palabras,
)
from pagos.cobros.web_comprobantes import contar_consulta
from pagos.libro import (
    CuentaPropia,
    cuenta_elegida,
    cuentas_de,
    exigir_repetido_visto,
    pago_igual,
)
from pagos.qr import QrInvalido, dibujar
from pagos.tarjetas import cabeceras_de_ida, iniciar_pago_con_tarjeta, ir_a_la_pasarela, tarjetas_disponibles

router = APIRouter(include_in_schema=False)
router.include_router(web_entidad.router)
router.include_router(web_comprobantes.router)
router.include_router(web_del_dia.router)

TEXTO_MAX = 600
_PUBLICO = [Depends(publico)]


# --- Find what to pay -----------------------------------------------------------------------------------


@router.get("/pagar", dependencies=_PUBLICO)
def buscar(
    request: Request,
    sesion: Sesion,
    actor: ActorOpcional,
    codigo: Annotated[str, Query(max_length=TEXTO_MAX)] = "",
) -> Response:
    """A code, an address or the text of a QR; and what is issued to one's own name."""
    if codigo.strip():
        return _ir_a(request, sesion, actor, codigo, "pagos/cobros/pagar.html")
    return _caja(request, sesion, actor, "", "pagos/cobros/pagar.html", {})


@router.get("/pagar/qr", dependencies=_PUBLICO)
def leer_qr(
    request: Request,
    sesion: Sesion,
    actor: ActorOpcional,
    texto: Annotated[str, Query(max_length=TEXTO_MAX)] = "",
) -> Response:
    """The text of a scanned QR leads to what it pays; a foreign one is explained."""
    if texto.strip():
        return _ir_a(request, sesion, actor, texto, "pagos/cobros/pagar_qr.html")
    return _caja(request, sesion, actor, "", "pagos/cobros/pagar_qr.html", {})


@router.post("/pagar/qr", dependencies=_PUBLICO)
def leer_foto_de_qr(request: Request, sesion: Sesion, actor: ActorOpcional, hoja: HojaDeFoto) -> Response:
    """The same from a picture taken with the telephone: no application, no JavaScript."""
    contar_consulta(request)
    with hoja:
        texto = leer_foto(hoja.archivo("foto"))
        return _ir_a(request, sesion, actor, texto, "pagos/cobros/pagar_qr.html")
    return _caja(request, sesion, actor, "", "pagos/cobros/pagar_qr.html", {}, hoja=hoja)


def _ir_a(request: Request, sesion: Session, actor: Actor | None, texto: str, plantilla: str) -> Response:
    contar_consulta(request)
    try:
        destino = resolver(sesion, texto, ahora_bd(sesion))
    except (CptInvalido, QrInvalido, OrdenNoEncontrada) as error:
        return _caja(request, sesion, actor, texto, plantilla, {"codigo": error.detalle}, error.estado)
    return redirigir(_direccion_de(destino))


def _direccion_de(destino: Destino) -> str:
    if destino.orden is not None:
        return f"/pagar/{formato_cpt(destino.orden.cpt)}"
    if destino.ruta is not None:
        return destino.ruta
    if destino.persona is not None:
        return f"/billetera/enviar/qr/{destino.persona}"
    assert destino.unidad is not None
    monto = f"?monto={destino.monto.amount}" if destino.monto is not None else ""
    return f"/pagar/unidad/{destino.unidad.numero}{monto}"


def _caja(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    codigo: str,
    plantilla: str,
    errores: dict[str, str],
    estado: int = 200,
    hoja: Hoja[Any] | None = None,
) -> Response:
    suyas: list[Orden] = []
    if actor is not None and actor.persona_id is not None:
        suyas = ordenes_a_nombre_de(sesion, documento_de(sesion, actor.persona_id))
    cobran = unidades_en_lote(sesion, [o.unidad_id for o in suyas])
    ahora = ahora_bd(sesion)
    return pagina(
        request,
        plantilla,
        estado,
        hoja=hoja,
        codigo=codigo,
        errores=errores,
        foto=FOTO.mostrar(request, enviada=hoja),
        ordenes=suyas,
        nombres={o.id: cobran[o.unidad_id].nombre for o in suyas},
        vence={o.id: vencimiento_en_palabras(o.vence_en, ahora) for o in suyas},
        formato_cpt=formato_cpt,
    )


# --- An order -------------------------------------------------------------------------------------------


def _orden(request: Request, sesion: Session, cpt: str) -> Orden:
    contar_consulta(request)
    return orden_por_cpt(sesion, cpt[:60])


@router.get("/pagar/{cpt}", dependencies=_PUBLICO)
def ver_orden(request: Request, sesion: Sesion, actor: ActorOpcional, cpt: str) -> Response:
    """What, to whom, how much, until when. Who pays and its lines, only for those concerned."""
    try:
        orden = _orden(request, sesion, cpt)
    except (CptInvalido, OrdenNoEncontrada) as error:
        errores = {"codigo": error.detalle}
        return _caja(request, sesion, actor, cpt[:60], "pagos/cobros/pagar.html", errores, error.estado)
    if cpt != formato_cpt(orden.cpt):
        return redirigir(f"/pagar/{formato_cpt(orden.cpt)}")
    return _pagina_de_orden(request, sesion, actor, orden)


def _pagina_de_orden(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    orden: Orden,
    hoja: Hoja[Any] | None = None,
) -> Response:
    estado, papel = estado_de(sesion, orden), papel_en(sesion, actor, orden)
    cuentas = (
        cuentas_de(sesion, actor, con_otros=False) if actor is not None and estado.se_puede_pagar else []
    )
    pagos = _pagos_visibles(sesion, actor, orden, papel)
    return pagina(
        request,
        "pagos/cobros/orden.html",
        hoja=hoja,
        cabeceras=cabeceras_de_ida(request),
        orden=orden,
        cpt=formato_cpt(orden.cpt),
        unidad=unidad_por_id(sesion, orden.unidad_id),
        situacion=estado,
        insignia=NOMBRES[estado],
        vence=vencimiento_en_palabras(orden.vence_en, ahora_bd(sesion)),
        lineas=lineas_de(sesion, orden.id) if papel is not None else [],
        pagos=pagos,
        devuelto=devuelto_por_pago(sesion, pagos),
        devolucion=NOMBRES_DE_DEVOLUCION.get(devolucion_de(sesion, orden)),
        es_cobrador=papel is Papel.COBRADOR,
        cuentas=cuentas,
        alcanza=any(c.cuenta.disponible >= orden.minimo_ahora for c in cuentas),
        pago=PAGO.mostrar(
            request, {"monto": orden.saldo}, enviada=hoja, opciones={"cuenta": _opciones(cuentas)}
        ),
        con_tarjeta=tarjetas_disponibles() and actor is not None and actor.persona_id is not None,
        tarjeta=TARJETA.mostrar(request, enviada=hoja),
        qr=dibujar(qr_de_orden(sesion, orden), _("Código QR de la orden")) if estado.se_puede_pagar else None,
    )


def _pagos_visibles(sesion: Session, actor: Actor | None, orden: Orden, papel: Papel | None) -> list[Pago]:
    """All of them for who charges; for who pays, their own."""
    if papel is None or actor is None:
        return []
    todos = pagos_de(sesion, orden.id)
    return todos if papel is Papel.COBRADOR else [p for p in todos if p.persona_id == actor.persona_id]


def _opciones(cuentas: list[CuentaPropia]) -> list[tuple[int, str]]:
    return [(c.id, f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in cuentas]


@router.get("/pagar/{cpt}/confirmar")
def confirmar(
    request: Request, sesion: Sesion, actor: ActorRequerido, cpt: str, hoja: HojaDePago
) -> Response:
    """The last look before the money moves."""
    orden = _orden(request, sesion, cpt)
    with hoja:
        a_pagar = monto_a_pagar(orden, hoja.datos.monto, ahora_bd(sesion))
        return _confirmar(request, sesion, actor, orden, hoja.datos.cuenta, a_pagar)
    return _pagina_de_orden(request, sesion, actor, orden, hoja)


def _confirmar(
    request: Request,
    sesion: Session,
    actor: Actor,
    que: Orden | Unidad,
    cuenta: int | None,
    monto: Money,
    hoja: Hoja[Any] | None = None,
) -> Response:
    orden = que if isinstance(que, Orden) else None
    unidad = que if isinstance(que, Unidad) else unidad_por_id(sesion, que.unidad_id)
    elegida = cuenta_elegida(sesion, actor, cuenta, con_otros=False)
    igual = None
    if orden is None or orden.parcial:  # any other order is paid once by itself
        id = hoja.id if hoja is not None else nuevo_id()
        igual = pago_igual(sesion, cuenta_id=elegida.id, titular=unidad.id, monto=monto, id=id)
    confirmacion = CONFIRMACION.mostrar(
        request,
        {"cuenta": elegida.id, "monto": monto, "visto": igual.id if igual else None},
        enviada=hoja,
    )
    return pagina(
        request,
        "pagos/cobros/confirmar.html",
        hoja=hoja,
        orden=orden,
        cpt=formato_cpt(orden.cpt) if orden else "",
        unidad=unidad,
        elegida=elegida,
        monto=monto,
        alcanza=elegida.cuenta.disponible >= monto,
        igual=igual,
        confirmacion=confirmacion,
    )


@router.post("/pagar/{cpt}/confirmar")
def pagar(
    request: Request, sesion: Sesion, actor: ActorRequerido, cpt: str, hoja: HojaDeConfirmacion
) -> Response:
    """Pay. The id came with the form: pressing twice pays once; another form for the same asks first."""
    orden = orden_por_cpt(sesion, cpt[:60])
    with hoja:
        datos = hoja.datos
        elegida = cuenta_elegida(sesion, actor, datos.cuenta, con_otros=False)
        if orden.parcial:
            _exigir_visto(sesion, elegida, orden.unidad_id, hoja)
        pago = pagar_orden(sesion, actor, orden.id, hoja.id, datos.monto, elegida.id)
        return _pagado(pago.transferencia_id, datos.monto)
    return _confirmar(request, sesion, actor, orden, hoja.datos.cuenta, hoja.datos.monto, hoja)


def _exigir_visto(sesion: Session, elegida: CuentaPropia, titular: UUID, hoja: Hoja[PagoConfirmado]) -> None:
    exigir_repetido_visto(
        sesion,
        cuenta_id=elegida.id,
        titular=titular,
        monto=hoja.datos.monto,
        id=hoja.id,
        visto=hoja.datos.visto,
    )


def _pagado(transferencia_id: UUID, monto: Money) -> Response:
    return redirigir(f"/comprobantes/{transferencia_id}", _("Pagó %(m)s.") % {"m": formato_bs(monto)})


@router.post("/pagar/{cpt}/tarjeta")
def pagar_con_tarjeta(
    request: Request, sesion: Sesion, actor: ActorRequerido, cpt: str, hoja: HojaDeTarjeta
) -> Response:
    """Start a payment by card of all that is left, and go to the gateway's page."""
    orden = orden_por_cpt(sesion, cpt[:60])
    with hoja:
        a_pagar = monto_a_pagar(orden, None, ahora_bd(sesion))
        destino, codigo = cuenta_que_recibe(sesion, orden.unidad_id)
        iniciar_pago_con_tarjeta(
            sesion,
            Autorizacion.propia(actor),
            id=hoja.id,
            proposito="orden",
            destino=destino,
            monto=a_pagar,
            descripcion=f"{orden.detalle} · {formato_cpt(orden.cpt)}",
            codigo=codigo,
            referencia_id=orden.id,
        )
    if hoja.rechazada:
        return _pagina_de_orden(request, sesion, actor, orden, hoja)
    sesion.commit()  # the row first; the gateway is asked with no transaction open
    return ir_a_la_pasarela(hoja.id)


# --- A unit, without an order ---------------------------------------------------------------------------


def _unidad_que_recibe(request: Request, sesion: Session, numero: str) -> Unidad:
    contar_consulta(request)
    unidad = unidad_por_numero(sesion, numero[:40])
    if not unidad.esta_activa:
        raise UnidadNoEncontrada()
    return unidad


@router.get("/pagar/unidad/{numero}", dependencies=_PUBLICO)
def ver_unidad(
    request: Request,
    sesion: Sesion,
    actor: ActorOpcional,
    numero: str,
    monto: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """A printed QR leads here: the payer writes the amount."""
    unidad = _unidad_que_recibe(request, sesion, numero)
    return _pagina_de_unidad(request, sesion, actor, unidad, monto)


def _pagina_de_unidad(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    unidad: Unidad,
    monto: str = "",
    hoja: Hoja[Any] | None = None,
) -> Response:
    cuentas = cuentas_de(sesion, actor, con_otros=False) if actor is not None else []
    opciones = {"cuenta": _opciones(cuentas)}
    return pagina(
        request,
        "pagos/cobros/unidad.html",
        hoja=hoja,
        unidad=unidad,
        recibe=recibe_pagos(sesion, unidad.id),
        cuentas=cuentas,
        pago=PAGO_A_UNIDAD.mostrar(request, {"monto": monto}, enviada=hoja, opciones=opciones),
    )


@router.get("/pagar/unidad/{numero}/confirmar")
def confirmar_a_unidad(
    request: Request, sesion: Sesion, actor: ActorRequerido, numero: str, hoja: HojaDePagoAUnidad
) -> Response:
    unidad = _unidad_que_recibe(request, sesion, numero)
    with hoja:
        return _confirmar(request, sesion, actor, unidad, hoja.datos.cuenta, hoja.datos.monto)
    return _pagina_de_unidad(request, sesion, actor, unidad, hoja=hoja)


@router.post("/pagar/unidad/{numero}/confirmar")
def pagar_unidad(
    request: Request, sesion: Sesion, actor: ActorRequerido, numero: str, hoja: HojaDeConfirmacion
) -> Response:
    """Pay. The id came with the form: pressing twice pays once; another form for the same asks first."""
    unidad = _unidad_que_recibe(request, sesion, numero)
    with hoja:
        datos = hoja.datos
        elegida = cuenta_elegida(sesion, actor, datos.cuenta, con_otros=False)
        _exigir_visto(sesion, elegida, unidad.id, hoja)
        pagar_a_unidad(sesion, actor, unidad.id, hoja.id, datos.monto, elegida.id)
        return _pagado(hoja.id, datos.monto)
    return _confirmar(request, sesion, actor, unidad, hoja.datos.cuenta, hoja.datos.monto, hoja)
