"""Rows of charges: fees, orders, their payment and receipts; API and pages."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import (
    ANA,
    CIUDADANO,
    CUENTA_DE_ANA,
    PUBLICO,
    RECIBO,
    Fila,
    bs,
    fila,
    mandato,
    no,
)
from tests.autorizacion.reveses import cerrada, congelada, sin_saldo
from tests.ayudas.personas import nueva_persona, nueva_unidad, nuevo_actor

COBRA = mandato("alcaldia", "VENDER", "alberto")
ADMINISTRA = mandato("alcaldia", "ADMINISTRAR", "alberto")


def preparar(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id
    from pagos.cobros.accesos import cuenta_que_recibe
    from pagos.cobros.catalogo import crear_concepto
    from pagos.cobros.codigos_qr import qr_de_orden
    from pagos.cobros.comprobantes import codigo_de
    from pagos.cobros.cpt import formato_cpt
    from pagos.cobros.esquemas import ConceptoPorCrear, OrdenPorEmitir
    from pagos.cobros.ordenes import emitir_orden
    from pagos.cobros.pagar import pagar_orden
    from pagos.libro.consultas import transferencia_por_id
    from tests.pagos.cobros.test_foto_qr import foto

    alberto, unidad = e.actor("alberto"), e.valores["unidad_alcaldia"]
    concepto = {"unidad_id": unidad, "codigo": "PAT", "nombre": "Patente", "norma": "Ley 1"}
    base = {
        "unidad_id": unidad,
        "lineas": [{"descripcion": f"Ficha {MARCA}", "precio": bs("20.00")}],
        "detalle": "Ficha",
        "referencia": f"{MARCA}-1",
        "pagador": {"tipo": "CI", "documento": e.valores["ci_ana"], "nombre": "Ana Prueba"},
    }
    with transaccion() as sesion:
        datos = concepto | {"monto": bs("10.00"), "vigente_desde": "2026-01-01"}
        nuevo = crear_concepto(sesion, alberto, ConceptoPorCrear.model_validate(datos))
        orden = emitir_orden(sesion, alberto, OrdenPorEmitir.model_validate(base)).orden
        pagada = emitir_orden(
            sesion, alberto, OrdenPorEmitir.model_validate(base | {"referencia": f"{MARCA}-2"})
        ).orden
        e.valores |= {"concepto": nuevo.id, "orden": orden.id, "cpt": formato_cpt(orden.cpt)}
        e.valores["foto_qr"] = foto(qr_de_orden(sesion, orden))
        cuenta = e.valores["cuenta_ana"]
        pago = pagar_orden(sesion, e.actor("ana"), pagada.id, nuevo_id(), None, cuenta)
        e.valores["pago_orden"] = pago.transferencia_id
        hecha = transferencia_por_id(sesion, pago.transferencia_id)
        e.valores |= {"codigo": codigo_de(hecha), "orden_pagada": pagada.id}
        e.valores["cuenta_recaudacion"], _codigo = cuenta_que_recibe(sesion, e.unidades["alcaldia"].id)
        viejo = datos | {"vigente_desde": "2025-01-01", "vigente_hasta": "2025-12-31"}
        crear_concepto(sesion, alberto, ConceptoPorCrear.model_validate(viejo))
        usado = crear_concepto(sesion, alberto, ConceptoPorCrear.model_validate(datos | {"codigo": "USO"}))
        e.valores["concepto_en_uso"] = usado.id
        emitir_orden(sesion, alberto, OrdenPorEmitir.model_validate({"unidad_id": unidad, "concepto": "USO"}))
    _sin_cuenta(e, base)


def _sin_cuenta(e: Escena, base: dict[str, Any]) -> None:
    """An order of a unit that nobody has paid yet: its account is opened by the first payment."""
    from nucleo.bd import transaccion
    from pagos.cobros.cpt import formato_cpt
    from pagos.cobros.esquemas import OrdenPorEmitir
    from pagos.cobros.ordenes import emitir_orden

    jefa = nueva_persona("Nora")
    nueva = nueva_unidad("Nueva de la matriz", representante=jefa, habilitaciones=["RECEPTOR_DE_PAGOS"])
    pedido = OrdenPorEmitir.model_validate(base | {"unidad_id": str(nueva.id)})
    with transaccion() as sesion:
        orden = emitir_orden(sesion, nuevo_actor(jefa), pedido).orden
        e.valores |= {"orden_nueva": orden.id, "cpt_nueva": formato_cpt(orden.cpt)}
    e.valores["numero_nueva"] = nueva.numero


_CONCEPTO = {
    "unidad_id": "{unidad_alcaldia}",
    "codigo": "OTRO",
    "nombre": "Otra tasa",
    "norma": "Ley 2",
    "monto": bs("5.00"),
    "vigente_desde": "2026-01-01",
}
_ORDEN = {
    "unidad_id": "{unidad_alcaldia}",
    "lineas": [{"descripcion": "Ficha", "precio": bs("7.00")}],
    "detalle": "Ficha",
}
_PAGADA, _EN_USO = {"orden_id": "orden_pagada"}, {"concepto_id": "concepto_en_uso"}
_DE_ORDEN, _DE_CONCEPTO = {"orden_id": "orden"}, {"concepto_id": "concepto"}
_V1 = {"If-Match": '"1"'}
_DE_ALCALDIA = {"unidad": "{numero_alcaldia}"}
_FORM_CONCEPTO = {
    "codigo": "OTRO",
    "nombre": "Otra tasa",
    "norma": "Ley 2",
    "cobro.modo": "monto",
    "cobro.monto": "5,00",
    "vigente_desde": "2026-01-01",
    "_version": "1",
}
_FORM_ORDEN = {
    "_id": "{nuevo}",
    "detalle": "Salón",
    "lineas.0.descripcion": "Hora",
    "lineas.0.precio": "7",
}
_FORM_PAGO = {"_id": "{nuevo}", "cuenta": "{cuenta_ana}", "monto": "20,00"}

_FOTO = ("foto", "qr.png", "foto_qr")

PAGA = mandato("tienda", "PAGAR", "tomasa")

FILAS: list[Fila] = [
    fila(
        "GET",
        "/api/v1/ordenes-de-cobro/{orden_id}",
        ANA,
        200,
        variante="de quien debe",
        params=_DE_ORDEN,
        contiene=True,
        rechazo=404,
        maquina=404,
    ),
    fila(
        "POST",
        "/api/v1/ordenes-de-cobro/{orden_id}/pagos",
        PAGA,
        201,
        variante="de la cuenta de una unidad",
        params=_DE_ORDEN,
        json={"id": "{nuevo}", "cuenta": "{cuenta_tienda}"},
        alcance="pagos",
        negada=no(409, "cuenta_debito_congelada", antes=congelada("tienda")),
    ),
    fila(
        "POST",
        "/pagar/{cpt}/confirmar",
        PAGA,
        303,
        variante="de la cuenta de una unidad",
        form=_FORM_PAGO | {"cuenta": "{cuenta_tienda}"},
        a="/comprobantes/",
        negada=no(409, "La cuenta que paga está congelada", antes=congelada("tienda")),
    ),
    fila(
        "POST",
        "/api/v1/ordenes-de-cobro",
        COBRA,
        201,
        json=_ORDEN,
        alcance="cobros",
        negada=no(409, "referencia_con_otros_datos", {"referencia": f"{MARCA}-1"}),
    ),
    fila(
        "GET",
        "/api/v1/ordenes-de-cobro",
        COBRA,
        200,
        consulta={"unidad_id": "{unidad_alcaldia}"},
        alcance="cobros",
        contiene=True,
    ),
    fila(
        "GET",
        "/api/v1/ordenes-de-cobro/{orden_id}",
        COBRA,
        200,
        params=_DE_ORDEN,
        alcance="cobros",
        contiene=True,
        rechazo=404,
        maquina=404,
    ),
    fila(
        "POST",
        "/api/v1/ordenes-de-cobro/{orden_id}/pagos",
        ANA,
        201,
        params=_DE_ORDEN,
        json={"id": "{nuevo}", "cuenta": "{cuenta_ana}"},
        negada=no(409, "fondos_insuficientes", params={"orden_id": "orden_nueva"}, antes=sin_saldo("ana")),
    ),
    fila(
        "POST",
        "/api/v1/ordenes-de-cobro/{orden_id}/anulacion",
        COBRA,
        200,
        params=_DE_ORDEN,
        json={"motivo": "Prueba"},
        cabeceras=_V1,
        alcance="cobros",
        rechazo=404,
        maquina=404,
        negada=no(409, "orden_ya_pagada", params=_PAGADA, cabeceras={"If-Match": '"2"'}),
    ),
    fila("GET", "/api/v1/cobros/{cpt}", PUBLICO, 200),
    fila("GET", "/api/v1/conceptos-de-cobro", PUBLICO, 200, consulta={"unidad_id": "{unidad_alcaldia}"}),
    fila("GET", "/api/v1/conceptos-de-cobro/{concepto_id}", PUBLICO, 200, params=_DE_CONCEPTO),
    fila(
        "POST",
        "/api/v1/conceptos-de-cobro",
        ADMINISTRA,
        201,
        json=_CONCEPTO,
        negada=no(409, "concepto_superpuesto", {"codigo": "PAT"}),
    ),
    fila(
        "PATCH",
        "/api/v1/conceptos-de-cobro/{concepto_id}",
        ADMINISTRA,
        200,
        params=_DE_CONCEPTO,
        json={"nombre": "Otro nombre"},
        cabeceras=_V1,
        negada=no(409, "concepto_superpuesto", {"vigente_desde": "2025-06-01"}),
    ),
    fila(
        "DELETE",
        "/api/v1/conceptos-de-cobro/{concepto_id}",
        ADMINISTRA,
        204,
        params=_DE_CONCEPTO,
        cabeceras=_V1,
        negada=no(409, "concepto_en_uso", params=_EN_USO),
    ),
    fila("GET", "/pagar", PUBLICO, 200),
    fila("GET", "/pagar/qr", PUBLICO, 200),
    fila(
        "POST",
        "/pagar/qr",
        PUBLICO,
        303,
        archivo=("foto", "qr.png", "foto_qr"),
        a="/pagar/",
        escribe=False,
        negada=no(422, "No se ve ningún código QR", archivo=("foto", "f.png", "foto")),
    ),
    fila("GET", "/pagar/{cpt}", PUBLICO, 200),
    fila("GET", "/pagar/{cpt}/confirmar", ANA, 200, consulta=CUENTA_DE_ANA),
    fila(
        "POST",
        "/pagar/{cpt}/confirmar",
        ANA,
        303,
        form=_FORM_PAGO,
        a="/comprobantes/",
        negada=no(409, "Su saldo disponible no alcanza", params={"cpt": "cpt_nueva"}, antes=sin_saldo("ana")),
    ),
    fila(
        "POST",
        "/pagar/{cpt}/tarjeta",
        CIUDADANO,
        303,
        form={"_id": "{nuevo}"},
        a="http://127.0.0.1/simulada/pagar/",
        negada=no(409, "La cuenta que recibe está cerrada", antes=cerrada("recaudacion")),
    ),
    fila("GET", "/pagar/unidad/{numero}", PUBLICO, 200, params={"numero": "numero_tienda"}),
    fila(
        "GET",
        "/pagar/unidad/{numero}/confirmar",
        ANA,
        200,
        params={"numero": "numero_tienda"},
        consulta=CUENTA_DE_ANA | {"monto": "3,00"},
    ),
    fila(
        "POST",
        "/pagar/unidad/{numero}/confirmar",
        ANA,
        303,
        params={"numero": "numero_tienda"},
        form=_FORM_PAGO,
        a="/comprobantes/",
        negada=no(
            409, "Su saldo disponible no alcanza", params={"numero": "numero_nueva"}, antes=sin_saldo("ana")
        ),
    ),
    fila("GET", "/comprobantes/{transferencia_id}.pdf", ANA, 200, **RECIBO),
    fila("GET", "/comprobantes/{transferencia_id}/verificacion", ANA, 303, a="/verificar/", **RECIBO),
    fila("GET", "/verificar", PUBLICO, 200),
    fila("GET", "/verificar/{codigo}", PUBLICO, 200),
    fila("GET", "/cobros", COBRA, 200, consulta=_DE_ALCALDIA, contiene=True),
    fila("GET", "/cobros/qr", COBRA, 200, consulta=_DE_ALCALDIA),
    fila("GET", "/cobros/conceptos", COBRA, 200, consulta=_DE_ALCALDIA),
    fila("GET", "/cobros/conceptos/nuevo", ADMINISTRA, 200, consulta=_DE_ALCALDIA),
    fila(
        "POST",
        "/cobros/conceptos/nuevo",
        ADMINISTRA,
        303,
        consulta=_DE_ALCALDIA,
        form=_FORM_CONCEPTO,
        a="/cobros/conceptos",
        negada=no(409, "Se cruza con otra versión", {"codigo": "PAT"}),
    ),
    fila("GET", "/cobros/conceptos/{concepto_id}", ADMINISTRA, 200, params=_DE_CONCEPTO),
    fila(
        "POST",
        "/cobros/conceptos/{concepto_id}",
        ADMINISTRA,
        303,
        params=_DE_CONCEPTO,
        form=_FORM_CONCEPTO,
        a="/cobros/conceptos",
        negada=no(409, "Se cruza con otra versión", {"vigente_desde": "2025-06-01"}),
    ),
    fila(
        "POST",
        "/cobros/conceptos/{concepto_id}/borrar",
        ADMINISTRA,
        303,
        params=_DE_CONCEPTO,
        form={"_version": "1"},
        a="/cobros/conceptos",
        negada=no(409, "Ya hay órdenes con este concepto", params=_EN_USO),
    ),
    fila("GET", "/cobros/ordenes/nueva", COBRA, 200, consulta=_DE_ALCALDIA | {"concepto": "otro"}),
    fila(
        "POST",
        "/cobros/ordenes/nueva",
        COBRA,
        303,
        consulta=_DE_ALCALDIA,
        form=_FORM_ORDEN,
        a="/cobros/ordenes/",
        negada=no(409, "una referencia es de una sola deuda", {"referencia": f"{MARCA}-1"}),
    ),
    fila("GET", "/cobros/ordenes/{orden_id}", COBRA, 200, params=_DE_ORDEN, contiene=True, rechazo=404),
    fila(
        "POST",
        "/cobros/ordenes/{orden_id}/anular",
        COBRA,
        303,
        params=_DE_ORDEN,
        form={"_version": "1", "motivo": "Prueba"},
        rechazo=404,
        a="/cobros/ordenes/",
        negada=no(409, "Una orden pagada no se anula", {"_version": "2"}, params=_PAGADA),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
