"""What a page of a purchase says and offers of its payment."""

from typing import Any

from fastapi import Request
from sqlmodel import Session

import comercio
from feria_inversa.compra_de_catalogo.formularios import CON_QUE, PAGO
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from nucleo.dinero import cero
from nucleo.formularios import Hoja
from pagos import TipoCuenta, cuentas_de_unidades

_MEDIO = {comercio.SePagaCon.CUENTA: "libro", comercio.SePagaCon.C31: "c31"}


def como_se_paga(
    request: Request,
    suyo: comercio.CompromisoLeido | None,
    hoja: Hoja[Any] | None,
    *,
    decide: bool,
    paga: bool,
    paga_solo: bool,
    recibida: bool,
) -> dict[str, Any]:
    """The forms: with what it is paid, for who decides it or may pay it (who pays only with others may leave
    it to the treasury); and its payment, or the correction of what was said of it (`corrige`), with what is
    to be done (`que_hacer`)."""
    con = comercio.SePagaCon.CUENTA if suyo is None else suyo.se_paga_con
    toca = suyo is not None and (suyo.por_pagar or suyo.adeudado > cero())
    corrige = suyo is not None and suyo.se_corrige
    se_elige = suyo is not None and suyo.estado is comercio.EstadoCompromiso.VIGENTE
    return {
        "corrige": corrige,
        "que_hacer": suyo.que_hacer if suyo is not None and toca else "",
        "con_que": _con_que(request, con, hoja, elige=decide or (paga_solo and se_elige))
        if decide or (paga and se_elige)
        else None,
        "pago": PAGO.mostrar(request, {"medio": _MEDIO[con]}, enviada=hoja)
        if paga and (corrige or (recibida and toca))
        else None,
    }


def _con_que(
    request: Request, con: comercio.SePagaCon, hoja: Hoja[Any] | None, *, elige: bool
) -> Hoja[Any] | None:
    """`elige`: either of the two; else only that the treasury pays it, if it does not yet."""
    if elige:
        return CON_QUE.mostrar(request, {"se_paga_con": str(con)}, enviada=hoja)
    c31 = comercio.SePagaCon.C31
    if con is c31:
        return None
    opciones = {"se_paga_con": [(c31.value, c31.texto)]}
    return CON_QUE.mostrar(request, {"se_paga_con": c31.value}, enviada=hoja, opciones=opciones)


def cuenta_que_paga(
    sesion: Session, compra: CompraDeCatalogo, suyo: comercio.CompromisoLeido | None
) -> int | None:
    """The account that its order is paid from, or would be; None while the entity has not opened it."""
    if suyo is not None:
        return suyo.cuenta_id
    suyas = (c for c in cuentas_de_unidades(sesion, [compra.unidad_id]) if c.tipo == TipoCuenta.COMERCIO)
    return next((c.id for c in suyas), None)
