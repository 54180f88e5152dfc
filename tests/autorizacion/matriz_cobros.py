"""Rows of charges: fees, orders, their payment and receipts; API and pages."""

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
)

COBRA = mandato("alcaldia", "VENDER", "alberto")
ADMINISTRA = mandato("alcaldia", "ADMINISTRAR", "alberto")


def preparar(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id
    from pagos.cobros import emitir_orden
    from pagos.cobros.catalogo import crear_concepto
    from pagos.cobros.codigos_qr import qr_de_orden
    from pagos.cobros.cpt import formato_cpt
    from pagos.cobros.esquemas import ConceptoPorCrear, OrdenPorEmitir
    from pagos.cobros.pagar import pagar_orden
    from pagos.cobros.verificacion import codigo_de
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
        e.valores["codigo"] = codigo_de(hecha)


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
_DE_ORDEN, _DE_CONCEPTO = {"orden_id": "orden"}, {"concepto_id": "concepto"}
_V1 = {"If-Match": '"1"'}
_DE_ALCALDIA = {"unidad": "{numero_alcaldia}"}
_FORM_CONCEPTO = {
    "codigo": "OTRO",
    "nombre": "Otra tasa",
    "norma": "Ley 2",
    "modo": "monto",
    "monto": "5,00",
    "vigente_desde": "2026-01-01",
    "version": "1",
}
_FORM_ORDEN = {"id": "{nuevo}", "detalle": "Salón", "linea1_descripcion": "Hora", "linea1_precio": "7"}
_FORM_PAGO = {"id": "{nuevo}", "cuenta": "{cuenta_ana}", "monto": "20,00"}

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
    ),
    fila(
        "POST",
        "/pagar/{cpt}/confirmar",
        PAGA,
        303,
        variante="de la cuenta de una unidad",
        form=_FORM_PAGO | {"cuenta": "{cuenta_tienda}"},
        a="/comprobantes/",
    ),
    fila("POST", "/api/v1/ordenes-de-cobro", COBRA, 201, json=_ORDEN, alcance="cobros"),
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
    ),
    fila("GET", "/api/v1/cobros/{cpt}", PUBLICO, 200),
    fila("GET", "/api/v1/conceptos-de-cobro", PUBLICO, 200, consulta={"unidad_id": "{unidad_alcaldia}"}),
    fila("GET", "/api/v1/conceptos-de-cobro/{concepto_id}", PUBLICO, 200, params=_DE_CONCEPTO),
    fila("POST", "/api/v1/conceptos-de-cobro", ADMINISTRA, 201, json=_CONCEPTO),
    fila(
        "PATCH",
        "/api/v1/conceptos-de-cobro/{concepto_id}",
        ADMINISTRA,
        200,
        params=_DE_CONCEPTO,
        json={"nombre": "Otro nombre"},
        cabeceras=_V1,
    ),
    fila(
        "DELETE",
        "/api/v1/conceptos-de-cobro/{concepto_id}",
        ADMINISTRA,
        204,
        params=_DE_CONCEPTO,
        cabeceras=_V1,
    ),
    fila("GET", "/pagar", PUBLICO, 200),
    fila("GET", "/pagar/qr", PUBLICO, 200),
    fila(
        "POST", "/pagar/qr", PUBLICO, 303, archivo=("foto", "qr.png", "foto_qr"), a="/pagar/", escribe=False
    ),
    fila("GET", "/pagar/{cpt}", PUBLICO, 200),
    fila("GET", "/pagar/{cpt}/confirmar", ANA, 200, consulta=CUENTA_DE_ANA),
    fila("POST", "/pagar/{cpt}/confirmar", ANA, 303, form=_FORM_PAGO, a="/comprobantes/"),
    fila(
        "POST",
        "/pagar/{cpt}/tarjeta",
        CIUDADANO,
        303,
        form={"id": "{nuevo}"},
        a="http://127.0.0.1/simulada/pagar/",
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
    ),
    fila(
        "POST",
        "/cobros/conceptos/{concepto_id}/borrar",
        ADMINISTRA,
        303,
        params=_DE_CONCEPTO,
        form={"version": "1"},
        a="/cobros/conceptos",
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
    ),
    fila("GET", "/cobros/ordenes/{orden_id}", COBRA, 200, params=_DE_ORDEN, contiene=True, rechazo=404),
    fila(
        "POST",
        "/cobros/ordenes/{orden_id}/anular",
        COBRA,
        303,
        params=_DE_ORDEN,
        form={"version": "1", "motivo": "Prueba"},
        rechazo=404,
        a="/cobros/ordenes/",
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
