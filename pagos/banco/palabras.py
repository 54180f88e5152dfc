"""The words of the bank's movements: what was made of each, and why banks return a payment."""

import re

from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.banco.estados import EstadoMovimiento

ESTADOS: dict[str, tuple[str, str]] = {
    EstadoMovimiento.CONCILIADO: (_l("Conciliado"), "bien"),
    EstadoMovimiento.INFORMADO: (_l("Por contabilizar"), "neutro"),
    EstadoMovimiento.PENDIENTE: (_l("Por resolver"), "mal"),
    EstadoMovimiento.ACLARADO: (_l("Aclarado"), "bien"),
    EstadoMovimiento.RESUELTO: (_l("Resuelto"), "bien"),
}

EXPLICACIONES: dict[str, str] = {
    "pagado": _l("El banco hizo el pago: el retiro quedó pagado."),
    "lote_pagado": _l("El banco pagó el lote entero: sus retiros quedaron pagados."),
    "confirmado": _l("Confirma lo que ya se sabía: no cambió nada."),
    "devuelto": _l("El banco lo devolvió: el dinero volvió a la cuenta."),
    "devuelto_tarde": _l("El banco lo devolvió después de pagado: el dinero volvió a la cuenta."),
    "doble_devuelto": _l("El banco devolvió lo que había pagado dos veces: no cambió nada."),
    "no_contabilizado": _l("El banco aún no lo contabiliza: espere el próximo extracto."),
    "pagado_dos_veces": _l("Pagado dos veces: el banco ya lo había pagado. Reclame el segundo pago."),
    "devuelto_dos_veces": _l("Devuelto dos veces: el banco ya lo había devuelto. Pregunte al banco."),
    "reverso": _l("El banco deshizo un apunte suyo: pregúntele qué pasó con el pago."),
    "ya_terminado": _l("El retiro ya había terminado de otra manera: revise con el banco."),
    "devuelto_sin_cuenta": _l(
        "El banco lo devolvió y no se pudo abonar a la cuenta: comuníquese con el titular."
    ),
    "no_enviado": _l("El retiro todavía no se envió al banco: revise con el banco."),
    "monto_distinto": _l("El monto no es el que se pidió."),
    "moneda_distinta": _l("La moneda no es la boliviana (BOB)."),
    "no_cuadra": _l("Los pagos que detalla no suman lo que el banco movió."),
    "lote_en_parte": _l("Es el total del lote, pero una parte ya había terminado: resuelva cada retiro."),
    "incompleto": _l("El banco no dice si lo contabilizó, o si salió o entró."),
    "desconocido": _l("Su referencia no es de ningún retiro."),
    "sin_referencia": _l("No trae referencia de ningún pago."),
}

ACCIONES: dict[str, str] = {
    "pago": _l("Es el pago de un retiro"),
    "devolucion": _l("Es la devolución de un retiro"),
    "ninguna": _l("No cambia ningún retiro"),
}

SENTIDOS: dict[str, str] = {"DBIT": _l("Salió de la cuenta"), "CRDT": _l("Entró a la cuenta")}

# Reasons that customers' banks give most (ISO 20022 ExternalReturnReason1Code).
CAUSAS: dict[str, str] = {
    "AC01": _l("el número de cuenta no existe"),
    "AC03": _l("el número de cuenta no es del titular"),
    "AC04": _l("la cuenta está cerrada"),
    "AC06": _l("la cuenta está bloqueada"),
    "AG01": _l("esa cuenta no recibe transferencias"),
    "AM05": _l("pago repetido"),
    "BE01": _l("el nombre no es el del titular de la cuenta"),
    "BE04": _l("faltan datos del titular"),
    "CUST": _l("lo pidió el cliente"),
    "MD07": _l("el titular falleció"),
    "MS02": _l("el titular no lo aceptó"),
    "MS03": _l("el banco no dice la razón"),
    "NARR": _l("vea lo que dice el banco"),
    "RC01": _l("el código del banco no es válido"),
    "RR04": _l("razones reglamentarias"),
}


def causa_en_palabras(causa: str | None) -> str:
    """Why a bank returned a payment, as its owner reads it: at most 160 letters."""
    if not causa:
        return _("El banco devolvió el pago.")
    codigo, _espacio, resto = causa.partition(" ")
    dicho = str(CAUSAS[codigo]) if codigo in CAUSAS else ""
    partes = [p for p in (dicho, resto if dicho else causa) if p]
    texto = " · ".join(partes)[:120]
    return _("El banco devolvió el pago: %(causa)s.") % {"causa": re.sub(r"[.\s]+$", "", texto)}
