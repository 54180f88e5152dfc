"""Rows of `pagos`: ledger, charges, wallets, firms, card gateway, supervision; API and pages."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import CIUDADANO, PUBLICO, REGULADOR, Fila, Quien, bs, fila, mandato, persona

ANA, LUIS, MARTA = persona("ana"), persona("luis"), persona("marta")
PAGA = mandato("tienda", "PAGAR", "tomasa")
APRUEBA = mandato("tienda", "PAGAR", "beto")
LAS_SUYAS = Quien("tomasa", "tienda", "PAGAR", libre=True)
COBRA = mandato("alcaldia", "VENDER", "alberto")
ADMINISTRA = mandato("alcaldia", "ADMINISTRAR", "alberto")
LIBRO = "cada transferencia dice quién, por quién y con qué mandato"
AJENAS = {"otra_unidad": 403, "otro_dueno": 403, "sin_facultad": 403}


def mover(e: Escena) -> None:
    """Payments of a day that is over: Ana to Luis, and to the shop."""
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from pagos.cobros.pagar import pagar_a_unidad
    from pagos.servicio import enviar

    ana = e.actor("ana")
    for clave in ("pago", "pago_tienda"):
        e.valores[clave] = nuevo_id()
    with transaccion() as sesion:
        luis, cuenta = e.personas["luis"].id, e.valores["cuenta_ana"]
        enviar(
            sesion,
            ana,
            id=e.valores["pago"],
            cuenta_id=cuenta,
            persona_id=luis,
            monto=bolivianos("1.00"),
        )
        tienda = e.unidades["tienda"].id
        pagar_a_unidad(sesion, ana, tienda, e.valores["pago_tienda"], bolivianos("40.00"), cuenta)


def preparar(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.reloj import fecha_bolivia
    from pagos.consultas import transferencia_por_id
    from pagos.supervision import cerrar_pendientes

    cerrar_pendientes()
    with transaccion() as sesion:
        e.valores["dia"] = fecha_bolivia(transferencia_por_id(sesion, e.valores["pago"]).creada_en)
    _cobros(e)
    _personas(e)
    _empresas(e)
    _tarjetas(e)
    _saldos(e)


def _saldos(e: Escena) -> None:
    """No two accounts hold the same: a balance says whose it is."""
    from nucleo.bd import transaccion
    from nucleo.dinero import formato_bs
    from pagos import obtener_cuenta

    with transaccion() as sesion:
        for nombre in ("ana", "luis", "marta", "tienda", "alcaldia"):
            cuenta = obtener_cuenta(sesion, e.valores[f"cuenta_{nombre}"])
            for centavos in {cuenta.saldo, cuenta.disponible}:
                e.privado |= {f"{centavos / 100:.2f}", formato_bs(centavos).removeprefix("Bs\xa0")}


def _cobros(e: Escena) -> None:
    from nucleo.bd import transaccion
    from pagos.cobros import emitir_orden
    from pagos.cobros.catalogo import crear_concepto
    from pagos.cobros.cpt import formato_cpt
    from pagos.cobros.esquemas import ConceptoPorCrear, OrdenPorEmitir
    from pagos.cobros.pagar import pagar_orden
    from pagos.cobros.verificacion import codigo_de
    from pagos.consultas import transferencia_por_id

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
        from nucleo.ids import nuevo_id

        cuenta = e.valores["cuenta_ana"]
        pago = pagar_orden(sesion, e.actor("ana"), pagada.id, nuevo_id(), None, cuenta)
        e.valores["pago_orden"] = pago.transferencia_id
        hecha = transferencia_por_id(sesion, pago.transferencia_id)
        e.valores["codigo"] = codigo_de(hecha)


def _personas(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from pagos.cuentas import obtener_cuenta
    from pagos.personas.accesos import cuenta_propia
    from pagos.personas.congelar import Origen, congelar_cuenta
    from pagos.personas.solicitudes import pedir_dinero

    e.valores["solicitud"] = nuevo_id()
    with transaccion() as sesion:
        pedir_dinero(
            sesion,
            e.actor("ana"),
            id=e.valores["solicitud"],
            cuenta_id=e.valores["cuenta_ana"],
            pagador_id=e.personas["luis"].id,
            monto=bolivianos("5.00"),
            motivo=f"Cena {MARCA}",
            dias=7,
        )
        _cuenta, autorizacion = cuenta_propia(sesion, e.actor("marta"), e.valores["cuenta_marta"])
        suya = obtener_cuenta(sesion, e.valores["cuenta_marta"])
        congelar_cuenta(sesion, autorizacion, suya, origen=Origen.TITULAR, motivo=f"Perdí el {MARCA}")


def _empresas(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from pagos.empresas import planillas, retiros
    from pagos.empresas.modelos import Retiro

    tomasa, tienda = e.actor("tomasa"), e.unidades["tienda"].id
    csv = f"documento;nombre;monto;glosa\n{e.valores['ci_luis']};Luis Prueba;10,00;{MARCA}\n"
    e.valores["csv"] = csv
    with transaccion() as sesion:
        for clave in ("planilla", "presentada"):
            datos = {"nombre": f"Jornales {MARCA}", "contenido": csv.encode()}
            hecha = planillas.preparar(sesion, tomasa, id=nuevo_id(), unidad_id=tienda, **datos)
            e.valores[clave] = hecha.id
        planillas.presentar(sesion, tomasa, e.valores["presentada"])

    def retirar() -> Any:
        with transaccion() as sesion:
            return retiros.pedir(
                sesion,
                e.actor("ana"),
                id=nuevo_id(),
                cuenta_id=e.valores["cuenta_ana"],
                monto=bolivianos("3.00"),
                banco="UNION",
                numero_cuenta="1000234567",
                titular=f"Ana {MARCA}",
            ).id

    e.valores["retiro_enviado"] = retirar()
    with transaccion() as sesion:
        e.valores["lote"] = retiros.exportar_lote(sesion, e.actor("rita")).id
        extremo = sesion.get_one(Retiro, e.valores["retiro_enviado"]).extremo
        camt = (
            '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>'
            '<Ntry><Amt Ccy="BOB">3.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><NtryDtls>'
            "<TxDtls><Refs><EndToEndId>{}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></Stmt>"
            "</BkToCstmrStmt></Document>"
        )
        ajeno = camt.format("OTRO-SISTEMA").encode()
        rita = e.actor("rita")
        e.valores["extracto"] = retiros.conciliar(sesion, rita, nombre=f"{MARCA}.xml", contenido=ajeno).id
        e.valores["camt"] = camt.format(extremo)
    e.valores["retiro"] = retirar()


def _tarjetas(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from pagos.pasarela.conciliar import avanzar
    from pagos.pasarela.consultas import intento_por_id
    from pagos.pasarela.iniciar import recargar
    from pagos.pasarela.simulada.acciones import disputar_pago
    from pagos.pasarela.simulada.almacen import abrir
    from pagos.pasarela.simulada.fallas import Falla, provocar

    def pagar(clave: str, metodo: str | None, falla: Falla | None = None) -> Any:
        e.valores[clave] = nuevo_id()
        with transaccion() as sesion:
            recargar(sesion, e.actor("ana"), id=e.valores[clave], monto=bolivianos("50.00"), metodo=metodo)
        if falla is not None:
            provocar(falla, de=e.valores[clave], veces=None)
        avanzar(e.valores[clave])
        with transaccion() as sesion:
            return intento_por_id(sesion, e.valores[clave])

    pagado = pagar("recarga", "pm_card_visa")
    e.valores["pi"] = pagado.pasarela_id
    pagar("abierto", None)
    pagar("observado", "pm_card_visa", Falla.MONTO_DISTINTO)
    disputar_pago(pagar("disputado", "pm_card_visa").pasarela_id)
    pagar("con_3ds", "pm_card_authenticationRequired")
    with abrir() as almacen:
        e.valores["sesion_simulada"] = almacen.listar("sesion", limite=1, filtro={"status": "open"})[0]["id"]
        e.valores["disputa"] = almacen.listar("dispute", limite=1)[0]["id"]
        esperan = almacen.listar("payment_intent", limite=9, filtro={"status": "requires_action"})
        e.valores["pi_3ds"] = esperan[0]["id"]


# --- The ledger -------------------------------------------------------------------------------------------

_PAGO = {"id": "{nuevo}", "debito": "{cuenta_ana}", "credito": "{cuenta_luis}", "monto": bs("2.00")}
_ENVIO = {"id": "{nuevo}", "a": "{persona_luis}", "monto": "2,00", "cuenta": "{cuenta_ana}"}
_CUENTA = {"cuenta": "{cuenta_ana}"}
_AL_TITULAR = {"params": {"cuenta_id": "cuenta_ana"}, "alcance": None}
_RECIBO = {"params": {"transferencia_id": "pago"}}

LEDGER = [
    fila("GET", "/api/v1/cuentas", LAS_SUYAS, 200, contiene=True),
    fila("GET", "/api/v1/cuentas/{cuenta_id}", ANA, 200, **_AL_TITULAR),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/movimientos", ANA, 200, **_AL_TITULAR),
    fila("GET", "/api/v1/destinatarios", CIUDADANO, 200, consulta={"buscar": "{ci_vecina}"}),
    fila("POST", "/api/v1/transferencias", ANA, 201, json=_PAGO, sin_auditoria=LIBRO),
    fila("GET", "/api/v1/transferencias/{transferencia_id}", ANA, 200, **_RECIBO),
    fila("GET", "/billetera", ANA, 200, consulta=_CUENTA),
    fila("GET", "/billetera/movimientos", ANA, 200, consulta=_CUENTA),
    fila("GET", "/billetera/enviar", ANA, 200, consulta=_CUENTA),
    fila(
        "POST",
        "/billetera/enviar",
        ANA,
        303,
        form={"destinatario": "{ci_luis}", "monto": "2,00", "cuenta": "{cuenta_ana}"},
        a="/billetera/enviar/confirmar",
        rechazo=dict.fromkeys(AJENAS, 422),
        escribe=False,
    ),
    fila("GET", "/billetera/enviar/confirmar", ANA, 200, consulta=_ENVIO),
    fila(
        "POST",
        "/billetera/enviar/confirmar",
        ANA,
        303,
        form=_ENVIO,
        a="/comprobantes/",
        sin_auditoria=LIBRO,
    ),
    fila("GET", "/billetera/recargar", CIUDADANO, 200),
    fila(
        "POST",
        "/billetera/recargar",
        CIUDADANO,
        303,
        form={"id": "{nuevo}", "monto": "10"},
        a="/billetera",
        sin_auditoria=LIBRO,
    ),
    fila("GET", "/comprobantes/{transferencia_id:uuid}", ANA, 200, **_RECIBO),
]

# --- Charges ----------------------------------------------------------------------------------------------

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
_NO_EXISTE = dict.fromkeys(AJENAS, 404)

COBROS = [
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
        rechazo=_NO_EXISTE,
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
    fila("GET", "/pagar/{cpt}", PUBLICO, 200),
    fila("GET", "/pagar/{cpt}/confirmar", ANA, 200, consulta=_CUENTA),
    fila("POST", "/pagar/{cpt}/confirmar", ANA, 303, form=_FORM_PAGO, a="/comprobantes/"),
    fila("POST", "/pagar/{cpt}/tarjeta", CIUDADANO, 303, form={"id": "{nuevo}"}, a="/pagos-con-tarjeta/"),
    fila("GET", "/pagar/unidad/{numero}", PUBLICO, 200, params={"numero": "numero_tienda"}),
    fila(
        "GET",
        "/pagar/unidad/{numero}/confirmar",
        ANA,
        200,
        params={"numero": "numero_tienda"},
        consulta=_CUENTA | {"monto": "3,00"},
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
    fila("GET", "/comprobantes/{transferencia_id}.pdf", ANA, 200, **_RECIBO),
    fila("GET", "/comprobantes/{transferencia_id}/verificacion", ANA, 303, a="/verificar/", **_RECIBO),
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

# --- Wallets ----------------------------------------------------------------------------------------------

_PEDIDO = {"id": "{nuevo}", "pagador": "{ci_vecina}", "monto": bs("4.00"), "motivo": "Cena"}
_CONFIRMAR_PEDIDO = {
    "id": "{nuevo}",
    "a": "{persona_vecina}",
    "monto": "4,00",
    "cuenta": "{cuenta_ana}",
    "motivo": "Cena",
    "dias": "7",
}
_SOLICITUD = {"params": {"solicitud_id": "solicitud"}}
_CONGELADA = {"params": {"cuenta_id": "cuenta_marta"}, "json": {"motivo": "Prueba"}}

PERSONAS = [
    fila("GET", "/api/v1/cuentas/{cuenta_id}/extracto", ANA, 200, **_AL_TITULAR),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/limites", ANA, 200, **_AL_TITULAR),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/seguridad", MARTA, 200, params={"cuenta_id": "cuenta_marta"}),
    fila(
        "POST",
        "/api/v1/cuentas/{cuenta_id}/congelar",
        ANA,
        200,
        params={"cuenta_id": "cuenta_ana"},
        json={"motivo": "Prueba"},
    ),
    fila("POST", "/api/v1/cuentas/{cuenta_id}/descongelar", MARTA, 200, **_CONGELADA),
    fila("POST", "/api/v1/solicitudes-de-pago", ANA, 201, json=_PEDIDO | {"cuenta": "{cuenta_ana}"}),
    fila("GET", "/api/v1/solicitudes-de-pago", CIUDADANO, 200, contiene=True),
    fila(
        "GET",
        "/api/v1/solicitudes-de-pago/{solicitud_id}",
        ANA,
        200,
        contiene=True,
        **_SOLICITUD,
    ),
    fila("POST", "/api/v1/solicitudes-de-pago/{solicitud_id}/pagar", LUIS, 200, **_SOLICITUD),
    fila("POST", "/api/v1/solicitudes-de-pago/{solicitud_id}/rechazar", LUIS, 200, **_SOLICITUD),
    fila("POST", "/api/v1/solicitudes-de-pago/{solicitud_id}/cancelar", ANA, 200, **_SOLICITUD),
    fila("GET", "/billetera/movimientos.csv", ANA, 200, consulta=_CUENTA),
    fila("GET", "/billetera/movimientos.xml", ANA, 200, consulta=_CUENTA),
    fila("GET", "/billetera/movimientos.pdf", ANA, 200, consulta=_CUENTA),
    fila("GET", "/billetera/limites", ANA, 200, consulta=_CUENTA),
    fila("GET", "/billetera/seguridad", ANA, 200, consulta=_CUENTA),
    fila("POST", "/billetera/seguridad/congelar", ANA, 303, form=_CUENTA, a="/billetera/seguridad"),
    fila(
        "POST",
        "/billetera/seguridad/descongelar",
        MARTA,
        303,
        form={"cuenta": "{cuenta_marta}"},
        a="/billetera/seguridad",
    ),
    fila("GET", "/billetera/solicitudes", CIUDADANO, 200, consulta={"rol": "enviadas"}, contiene=True),
    fila("GET", "/billetera/pedir", CIUDADANO, 200),
    fila(
        "POST",
        "/billetera/pedir",
        ANA,
        303,
        form={
            "pagador": "{ci_vecina}",
            "monto": "4",
            "motivo": "Cena",
            "dias": "7",
            "cuenta": "{cuenta_ana}",
        },
        a="/billetera/pedir/confirmar",
        rechazo=dict.fromkeys(AJENAS, 422),
        escribe=False,
    ),
    fila("GET", "/billetera/pedir/confirmar", ANA, 200, consulta=_CONFIRMAR_PEDIDO),
    fila(
        "POST",
        "/billetera/pedir/confirmar",
        ANA,
        303,
        form=_CONFIRMAR_PEDIDO,
        a="/billetera/solicitudes/",
    ),
    fila("GET", "/billetera/solicitudes/{solicitud_id}", ANA, 200, contiene=True, **_SOLICITUD),
    fila(
        "POST",
        "/billetera/solicitudes/{solicitud_id}/pagar",
        LUIS,
        303,
        a="/comprobantes/",
        **_SOLICITUD,
    ),
    fila(
        "POST",
        "/billetera/solicitudes/{solicitud_id}/rechazar",
        LUIS,
        303,
        a="/billetera/solicitudes/",
        **_SOLICITUD,
    ),
    fila(
        "POST",
        "/billetera/solicitudes/{solicitud_id}/cancelar",
        ANA,
        303,
        a="/billetera/solicitudes/",
        **_SOLICITUD,
    ),
]

# --- Firms ------------------------------------------------------------------------------------------------

_PLANILLA, _PRESENTADA = {"params": {"planilla_id": "planilla"}}, {"params": {"planilla_id": "presentada"}}
_RECIBIDO = {"params": {"transferencia_id": "pago_tienda"}}
_DEVOLUCION = {"monto": bs("1.00"), "saldo_reembolsable": bs("40.00"), "nota": "Prueba"}
_SUBIDA = {"unidad_id": "{unidad_tienda}", "nombre": "Jornales"}
_CSV = ("archivo", "p.csv", "csv")

EMPRESAS = [
    fila("POST", "/api/v1/planillas", PAGA, 201, form=_SUBIDA, archivo=_CSV),
    fila("GET", "/api/v1/planillas", LAS_SUYAS, 200, contiene=True),
    fila("GET", "/api/v1/planillas/{planilla_id}", PAGA, 200, contiene=True, rechazo=404, **_PLANILLA),
    fila("GET", "/api/v1/planillas/{planilla_id}/lineas", PAGA, 200, contiene=True, rechazo=404, **_PLANILLA),
    fila("POST", "/api/v1/planillas/{planilla_id}/presentacion", PAGA, 200, rechazo=404, **_PLANILLA),
    fila(
        "POST",
        "/api/v1/planillas/{planilla_id}/aprobacion",
        APRUEBA,
        200,
        rechazo=404,
        json={"diferencias_revisadas": True},
        **_PRESENTADA,
    ),
    fila(
        "POST",
        "/api/v1/planillas/{planilla_id}/rechazo",
        APRUEBA,
        200,
        rechazo=404,
        json={"motivo": "Prueba"},
        **_PRESENTADA,
    ),
    fila("POST", "/api/v1/planillas/{planilla_id}/anulacion", PAGA, 200, rechazo=404, **_PLANILLA),
    fila(
        "POST",
        "/api/v1/transferencias/{transferencia_id}/devoluciones",
        PAGA,
        201,
        json=_DEVOLUCION,
        **_RECIBIDO,
    ),
    fila("GET", "/api/v1/transferencias/{transferencia_id}/devoluciones", PAGA, 200, **_RECIBIDO),
    fila("GET", "/comprobantes/{transferencia_id}/devolver", PAGA, 200, **_RECIBIDO),
    fila(
        "POST",
        "/comprobantes/{transferencia_id}/devolver",
        PAGA,
        303,
        form={"id": "{nuevo}", "saldo": "40,00", "monto": "1,00"},
        a="/comprobantes/",
        **_RECIBIDO,
    ),
    fila("GET", "/billetera/cobros-del-dia", PAGA, 200, consulta={"cuenta": "{cuenta_tienda}"}),
    fila("GET", "/billetera/planillas", LAS_SUYAS, 200, contiene=True),
    fila("GET", "/billetera/planillas/nueva", CIUDADANO, 200),
    fila(
        "POST",
        "/billetera/planillas/nueva",
        PAGA,
        303,
        form={"id": "{nuevo}", "unidad": "{unidad_tienda}", "nombre": "Jornales"},
        archivo=_CSV,
        a="/billetera/planillas/",
    ),
    fila("GET", "/billetera/planillas/{planilla_id}", PAGA, 200, contiene=True, rechazo=404, **_PLANILLA),
    fila(
        "GET",
        "/billetera/planillas/{planilla_id}/resultados.csv",
        PAGA,
        200,
        contiene=True,
        rechazo=404,
        **_PLANILLA,
    ),
    fila(
        "POST",
        "/billetera/planillas/{planilla_id}/presentar",
        PAGA,
        303,
        rechazo=404,
        a="/billetera/planillas/",
        **_PLANILLA,
    ),
    fila(
        "POST",
        "/billetera/planillas/{planilla_id}/anular",
        PAGA,
        303,
        rechazo=404,
        a="/billetera/planillas/",
        **_PLANILLA,
    ),
    fila(
        "POST",
        "/billetera/planillas/{planilla_id}/aprobar",
        APRUEBA,
        303,
        rechazo=404,
        form={"diferencias_revisadas": "1"},
        a="/billetera/planillas/",
        **_PRESENTADA,
    ),
    fila(
        "POST",
        "/billetera/planillas/{planilla_id}/rechazar",
        APRUEBA,
        303,
        rechazo=404,
        form={"motivo": "Prueba"},
        a="/billetera/planillas/",
        **_PRESENTADA,
    ),
    fila("GET", "/billetera/retirar", CIUDADANO, 200, contiene=True),
    fila(
        "POST",
        "/billetera/retirar",
        ANA,
        303,
        form={
            "id": "{nuevo}",
            "cuenta": "{cuenta_ana}",
            "monto": "3,00",
            "banco": "UNION",
            "numero_cuenta": "1000234567",
            "titular": "Ana",
        },
        a="/billetera/retirar",
    ),
    fila(
        "POST",
        "/billetera/retirar/{retiro_id}/cancelar",
        ANA,
        303,
        params={"retiro_id": "retiro"},
        rechazo=404,
        a="/billetera/retirar",
    ),
    fila("GET", "/regulador/retiros", REGULADOR, 200, contiene=True),
    fila("POST", "/regulador/retiros/lotes", REGULADOR, 303, a="/regulador/retiros"),
    fila(
        "GET",
        "/regulador/retiros/lotes/{lote_id}.xml",
        REGULADOR,
        200,
        params={"lote_id": "lote"},
        contiene=True,
    ),
    fila(
        "POST",
        "/regulador/retiros/extractos",
        REGULADOR,
        303,
        archivo=("archivo", "banco.xml", "camt"),
        a="/regulador/retiros/extractos/",
    ),
    fila(
        "GET",
        "/regulador/retiros/extractos/{extracto_id}",
        REGULADOR,
        200,
        params={"extracto_id": "extracto"},
    ),
    fila(
        "POST",
        "/regulador/retiros/{retiro_id}/resolver",
        REGULADOR,
        303,
        params={"retiro_id": "retiro_enviado"},
        form={"pagado": "1"},
        a="/regulador/retiros",
    ),
]

# --- Card gateway -----------------------------------------------------------------------------------------

_RECARGA = {"params": {"recarga_id": "recarga"}}
_SIMULADA = "la pasarela simulada es un servicio de fuera: no cambia nada de Qhatu"

PASARELA = [
    fila(
        "POST",
        "/api/v1/recargas",
        ANA,
        201,
        json={"monto": bs("10.00"), "cuenta": "{cuenta_ana}", "metodo_de_pago": "pm_card_visa"},
    ),
    fila("GET", "/api/v1/recargas", CIUDADANO, 200),
    fila("GET", "/api/v1/recargas/{recarga_id}", ANA, 200, **_RECARGA),
    fila(
        "POST",
        "/api/v1/recargas/{recarga_id}/reembolsos",
        ANA,
        201,
        json={"monto": bs("1.00"), "saldo_reembolsable": bs("50.00")},
        **_RECARGA,
    ),
    fila("GET", "/api/v1/recargas/{recarga_id}/reembolsos", ANA, 200, **_RECARGA),
    fila("POST", "/pasarela/stripe/avisos", PUBLICO, 400, json={}, escribe=False),
    fila("GET", "/billetera/recargar/tarjeta", CIUDADANO, 200),
    fila(
        "POST",
        "/billetera/recargar/tarjeta",
        ANA,
        303,
        form={"id": "{nuevo}", "monto": "10", "cuenta": "{cuenta_ana}"},
        a="http://127.0.0.1/simulada/pagar/",
    ),
    fila("GET", "/pagos-con-tarjeta", CIUDADANO, 200),
    fila("GET", "/pagos-con-tarjeta/{intento_id}", ANA, 200, params={"intento_id": "recarga"}),
    fila(
        "POST",
        "/pagos-con-tarjeta/{intento_id}/cancelar",
        ANA,
        303,
        params={"intento_id": "abierto"},
        a="/pagos-con-tarjeta/",
    ),
    fila(
        "POST",
        "/pagos-con-tarjeta/{intento_id}/reembolsar",
        ANA,
        303,
        params={"intento_id": "recarga"},
        form={"id": "{nuevo}", "saldo": "50,00", "monto": "1,00"},
        a="/pagos-con-tarjeta/",
    ),
    fila("GET", "/regulador/pagos-con-tarjeta", REGULADOR, 200),
    fila(
        "POST",
        "/regulador/pagos-con-tarjeta/{intento_id}/devolver",
        REGULADOR,
        303,
        params={"intento_id": "observado"},
        form={"id": "{nuevo}"},
        a="/regulador/pagos-con-tarjeta",
    ),
    fila("GET", "/simulada/pagar/{sesion_id}", PUBLICO, 200, params={"sesion_id": "sesion_simulada"}),
    fila(
        "POST",
        "/simulada/pagar/{sesion_id}",
        PUBLICO,
        303,
        params={"sesion_id": "sesion_simulada"},
        form={"tarjeta": "pm_card_visa"},
        sin_auditoria=_SIMULADA,
    ),
    fila("GET", "/simulada/3ds/{pago_id}", PUBLICO, 200, params={"pago_id": "pi_3ds"}),
    fila(
        "POST",
        "/simulada/3ds/{pago_id}",
        PUBLICO,
        303,
        params={"pago_id": "pi_3ds"},
        form={"respuesta": "aceptar"},
        sin_auditoria=_SIMULADA,
    ),
    fila("GET", "/simulada", CIUDADANO, 200),
    fila(
        "POST",
        "/simulada/falla",
        CIUDADANO,
        303,
        form={"falla": "limite"},
        a="/simulada",
        sin_auditoria=_SIMULADA,
    ),
    fila(
        "POST",
        "/simulada/pagos/{pago_id}/disputar",
        CIUDADANO,
        303,
        params={"pago_id": "pi"},
        a="/simulada",
        sin_auditoria=_SIMULADA,
    ),
    fila(
        "POST",
        "/simulada/disputas/{disputa_id}",
        CIUDADANO,
        303,
        params={"disputa_id": "disputa"},
        form={"gana": "cuenta"},
        a="/simulada",
        sin_auditoria=_SIMULADA,
    ),
]

# --- Supervision ------------------------------------------------------------------------------------------

SUPERVISION = [
    fila("GET", "/api/v1/cierres", PUBLICO, 200),
    fila("GET", "/api/v1/cierres/{dia}", PUBLICO, 200),
    fila("GET", "/api/v1/transferencias/{transferencia_id}/prueba", ANA, 200, **_RECIBO),
    fila("GET", "/cierres", PUBLICO, 200),
    fila("GET", "/comprobantes/{transferencia_id}/prueba", ANA, 200, **_RECIBO),
    fila("GET", "/regulador/pagos", REGULADOR, 200),
    fila("POST", "/regulador/pagos/verificar", REGULADOR, 303, a="/regulador/pagos"),
    fila(
        "GET",
        "/regulador/pagos/cuentas",
        REGULADOR,
        200,
        consulta={"buscar": "{ci_marta}"},
        contiene=True,
    ),
    fila(
        "POST",
        "/regulador/pagos/cuentas/{cuenta_id}/{accion}",
        REGULADOR,
        303,
        params={"cuenta_id": "cuenta_ana"},
        form={"motivo": "Prueba"},
        a="/regulador/pagos/cuentas",
    ),
    fila("GET", "/regulador/pagos/reglas", REGULADOR, 200),
    fila(
        "POST",
        "/regulador/pagos/limites",
        REGULADOR,
        303,
        form={"nivel": "1", "direccion": "salida", "por_transaccion": "50", "norma": "Resolución 1"},
        a="/regulador/pagos/reglas",
    ),
    fila(
        "POST",
        "/regulador/pagos/velocidad",
        REGULADOR,
        303,
        form={"ventana_min": "30", "pagos_max": "9", "nuevas_max": "9", "norma_velocidad": "Prueba"},
        a="/regulador/pagos/reglas",
    ),
]

FILAS: list[Fila] = [*LEDGER, *COBROS, *PERSONAS, *EMPRESAS, *PASARELA, *SUPERVISION]
HISTORIA = {-2: mover, 0: preparar}
CONSTANTES = {"accion": "congelar"}
