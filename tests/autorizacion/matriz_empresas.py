"""Rows of firms' payments: batches, refunds, withdrawals; API and pages."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import ANA, CIUDADANO, PUBLICO, REGULADOR, Fila, Quien, bs, fila, mandato, no
from tests.autorizacion.reveses import congelada, sin_saldo

PAGA = mandato("tienda", "PAGAR", "tomasa")
APRUEBA = mandato("tienda", "PAGAR", "beto")
LAS_SUYAS = Quien("tomasa", "tienda", "PAGAR", libre=True)


def preparar(e: Escena) -> None:
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from nucleo.paginacion import CursorPedido
    from pagos import Operacion, calcular_comision, comision_vigente
    from pagos.banco.consultas import lineas_de
    from pagos.banco.decidir import Accion, decidir
    from pagos.banco.recibir import recibir
    from pagos.planillas import planillas
    from pagos.retiros import retiros
    from pagos.retiros.modelos import Retiro

    tomasa, tienda = e.actor("tomasa"), e.unidades["tienda"].id
    csv = f"documento;nombre;monto;glosa\n{e.valores['ci_luis']};Luis Prueba;10,00;{MARCA}\n"
    e.valores["csv"] = csv
    e.valores["csv_malo"] = csv.replace(e.valores["ci_luis"], "999999")
    with transaccion() as sesion:
        for clave in ("planilla", "presentada", "rechazada"):
            datos = {"nombre": f"Jornales {MARCA}", "recibido": Recibido.de_bytes(csv.encode())}
            hecha = planillas.preparar(sesion, tomasa, id=nuevo_id(), unidad_id=tienda, **datos)
            e.valores[clave] = hecha.id
        planillas.presentar(sesion, tomasa, e.valores["presentada"])
        planillas.presentar(sesion, tomasa, e.valores["rechazada"])
        planillas.rechazar(sesion, e.actor("beto"), e.valores["rechazada"], "Prueba")

    def retirar() -> Any:
        with transaccion() as sesion:
            datos = retiros.DatosDeRetiro(
                cuenta_id=e.valores["cuenta_ana"],
                monto=bolivianos("3.00"),
                banco="UNION",
                numero_cuenta="1000234567",
                titular=f"Ana {MARCA}",
            )
            comision = calcular_comision(datos.monto, comision_vigente(sesion, Operacion.RETIRO)).monto
            e.valores["comision"] = f"{comision.amount:.2f}"
            return retiros.pedir(sesion, e.actor("ana"), nuevo_id(), datos, comision_vista=comision).id

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
        archivo = recibir(sesion, rita, nombre=f"{MARCA}.xml", contenido=ajeno)
        e.valores["archivo_de_banco"] = archivo.id
        (_linea, movimiento) = lineas_de(sesion, archivo.id, CursorPedido(None, 1))[0][0]
        e.valores["movimiento"] = movimiento.id
        e.valores["camt"] = camt.format(extremo)
        pagado = camt.format("OTRO-SISTEMA-MAS").replace("DBIT", "CRDT").encode()
        otro = recibir(sesion, rita, nombre="otro.xml", contenido=pagado)
        (_linea, segundo) = lineas_de(sesion, otro.id, CursorPedido(None, 1))[0][0]
        e.valores["movimiento_resuelto"] = segundo.id
        decidir(sesion, rita, segundo.id, Accion.NINGUNA, motivo="No es nuestro")
    e.valores["retiro"] = retirar()


def _todo_enviado(e: Escena) -> None:
    from nucleo.bd import transaccion
    from pagos.retiros import retiros

    with transaccion() as sesion:
        retiros.exportar_lote(sesion, e.actor("rita"))


_PLANILLA, _PRESENTADA = {"params": {"planilla_id": "planilla"}}, {"params": {"planilla_id": "presentada"}}
_RECIBIDO = {"params": {"transferencia_id": "pago_tienda"}}
_DEVOLUCION = {"monto": bs("1.00"), "saldo_reembolsable": bs("40.00"), "nota": "Prueba"}
_SUBIDA = {"unidad_id": "{unidad_tienda}", "nombre": "Jornales"}
_RECHAZADA = {"planilla_id": "rechazada"}
_ENVIADO = {"retiro_id": "retiro_enviado"}
_DEL_BANCO = {"params": {"archivo_id": "archivo_de_banco"}}
_MOVIMIENTO = {"params": {"movimiento_id": "movimiento"}}
_CSV_MALO = ("archivo", "p.csv", "csv_malo")
_CSV = ("archivo", "p.csv", "csv")
_A_BANCO = {"banco": "UNION", "numero_cuenta": "1000234567", "titular": "Ana"}
_RETIRO = {"_id": "{nuevo}", "cuenta": "{cuenta_ana}", "monto": "3,00", "comision": "{comision}"} | _A_BANCO
_RETIRO_JSON = {
    "cuenta": "{cuenta_ana}",
    "monto": bs("3.00"),
    "comision": {"monto": "{comision}", "moneda": "BOB"},
} | _A_BANCO
_DE_TIENDA = {"cuenta": "{cuenta_tienda}"}
_UN_RETIRO = {"params": {"retiro_id": "retiro"}, "rechazo": 404}
_QUIEN_VENDE = {"tambien": ("sin_facultad",)}  # selling is enough to see what was collected
_SU_DIA = _QUIEN_VENDE | {"params": {"cuenta_id": "cuenta_tienda"}}

FILAS: list[Fila] = [
    fila(
        "POST",
        "/api/v1/planillas",
        PAGA,
        201,
        con_otros="mira",
        form=_SUBIDA,
        archivo=_CSV,
        negada=no(422, "planilla_invalida", archivo=_CSV_MALO),
    ),
    fila("GET", "/api/v1/planillas", LAS_SUYAS, 200, contiene=True),
    fila(
        "GET",
        "/api/v1/planillas/{planilla_id}",
        PAGA,
        200,
        contiene=True,
        rechazo=404,
        con_otros="mira",
        **_PLANILLA,
    ),
    fila("GET", "/api/v1/planillas/{planilla_id}/lineas", PAGA, 200, contiene=True, rechazo=404, **_PLANILLA),
    fila(
        "POST",
        "/api/v1/planillas/{planilla_id}/presentacion",
        PAGA,
        200,
        rechazo=404,
        solo_quien="la presenta quien la preparó",
        **_PLANILLA,
        negada=no(409, "planilla_no_admite", params=_RECHAZADA),
    ),
    fila(
        "POST",
        "/api/v1/planillas/{planilla_id}/aprobacion",
        APRUEBA,
        200,
        con_otros="mira",
        rechazo=404,
        json={"diferencias_revisadas": True},
        **_PRESENTADA,
        negada=no(409, "planilla_no_admite", params=_RECHAZADA),
    ),
    fila(
        "POST",
        "/api/v1/planillas/{planilla_id}/rechazo",
        APRUEBA,
        200,
        con_otros="mira",
        rechazo=404,
        json={"motivo": "Prueba"},
        **_PRESENTADA,
        negada=no(409, "planilla_no_admite", {"motivo": "Otro motivo"}, params=_RECHAZADA),
    ),
    fila(
        "POST",
        "/api/v1/planillas/{planilla_id}/anulacion",
        PAGA,
        200,
        rechazo=404,
        solo_quien="la anula quien la preparó",
        **_PLANILLA,
        negada=no(409, "planilla_no_admite", params=_RECHAZADA),
    ),
    fila(
        "POST",
        "/api/v1/transferencias/{transferencia_id}/devoluciones",
        PAGA,
        201,
        con_otros=403,
        json=_DEVOLUCION,
        **_RECIBIDO,
        negada=no(409, "fondos_insuficientes", antes=sin_saldo("tienda")),
    ),
    fila("GET", "/api/v1/transferencias/{transferencia_id}/devoluciones", PAGA, 200, **_RECIBIDO),
    fila("GET", "/comprobantes/{transferencia_id}/devolver", PAGA, 200, **_RECIBIDO),
    fila(
        "POST",
        "/comprobantes/{transferencia_id}/devolver",
        PAGA,
        303,
        form={"_id": "{nuevo}", "saldo_reembolsable": "40,00", "monto": "1,00"},
        a="/comprobantes/",
        **_RECIBIDO,
        negada=no(409, "Su saldo disponible no alcanza", antes=sin_saldo("tienda")),
    ),
    fila("GET", "/billetera/cobros-del-dia", PAGA, 200, consulta=_DE_TIENDA, **_QUIEN_VENDE),
    fila("GET", "/billetera/planillas", LAS_SUYAS, 200, contiene=True),
    fila("GET", "/billetera/planillas/nueva", CIUDADANO, 200),
    fila(
        "POST",
        "/billetera/planillas/nueva",
        PAGA,
        303,
        con_otros="mira",
        form={"_id": "{nuevo}", "unidad": "{unidad_tienda}", "nombre": "Jornales"},
        archivo=_CSV,
        a="/billetera/planillas/",
        negada=no(422, "Nadie tiene el carnet", archivo=_CSV_MALO),
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
        solo_quien="la presenta quien la preparó",
        a="/billetera/planillas/",
        **_PLANILLA,
        negada=no(409, "Está en estado «rechazada»", params=_RECHAZADA),
    ),
    fila(
        "POST",
        "/billetera/planillas/{planilla_id}/anular",
        PAGA,
        303,
        rechazo=404,
        solo_quien="la anula quien la preparó",
        a="/billetera/planillas/",
        **_PLANILLA,
        negada=no(409, "Está en estado «rechazada»", params=_RECHAZADA),
    ),
    fila(
        "POST",
        "/billetera/planillas/{planilla_id}/aprobar",
        APRUEBA,
        303,
        con_otros="mira",
        rechazo=404,
        form={"diferencias_revisadas": "1"},
        a="/billetera/planillas/",
        **_PRESENTADA,
        negada=no(409, "Está en estado «rechazada»", params=_RECHAZADA),
    ),
    fila(
        "POST",
        "/billetera/planillas/{planilla_id}/rechazar",
        APRUEBA,
        303,
        con_otros="mira",
        rechazo=404,
        form={"motivo": "Prueba"},
        a="/billetera/planillas/",
        **_PRESENTADA,
        negada=no(409, "Está en estado «rechazada»", {"motivo": "Otro motivo"}, params=_RECHAZADA),
    ),
    fila("GET", "/billetera/retirar", CIUDADANO, 200, contiene=True),
    fila(
        "POST",
        "/billetera/retirar",
        ANA,
        200,
        form=_RETIRO,
        escribe=False,
        negada=no(422, "Ese no es un número de cuenta", {"numero_cuenta": "1111111"}),
    ),
    fila(
        "POST",
        "/billetera/retirar/confirmar",
        ANA,
        303,
        form=_RETIRO,
        a="/billetera/retirar",
        negada=no(409, "Su saldo disponible no alcanza", antes=sin_saldo("ana")),
    ),
    fila(
        "POST",
        "/billetera/retirar/confirmar",
        PAGA,
        303,
        variante="de una unidad",
        form=_RETIRO | _DE_TIENDA,
        con_otros="propone",
        a="/billetera/retirar",
        negada=no(409, "La cuenta que paga está congelada", antes=congelada("tienda")),
    ),
    fila(
        "POST",
        "/api/v1/retiros",
        ANA,
        201,
        json=_RETIRO_JSON,
        negada=no(
            409,
            "fondos_insuficientes",
            cabeceras={"Idempotency-Key": "{nuevo}"},
            antes=sin_saldo("ana"),
            cambia={"nucleo_clave_idempotencia": "la misma clave recibe la misma negativa"},
        ),
    ),
    fila(
        "POST",
        "/api/v1/retiros",
        PAGA,
        201,
        variante="de una unidad",
        json=_RETIRO_JSON | _DE_TIENDA,
        con_otros="propone",
        negada=no(409, "cuenta_debito_congelada", antes=congelada("tienda")),
    ),
    fila("GET", "/api/v1/retiros", CIUDADANO, 200, contiene=True),
    fila("GET", "/api/v1/retiros/{retiro_id}", ANA, 200, contiene=True, **_UN_RETIRO),
    fila(
        "POST",
        "/api/v1/retiros/{retiro_id}/cancelacion",
        ANA,
        200,
        **_UN_RETIRO,
        negada=no(409, "retiro_no_admite", params=_ENVIADO),
    ),
    fila("GET", "/api/v1/bancos", PUBLICO, 200),
    fila("GET", "/api/v1/comisiones", PUBLICO, 200),
    fila("GET", "/api/v1/comisiones/{operacion}", PUBLICO, 200, consulta={"monto": "3.00"}),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/cobros-del-dia", PAGA, 200, **_SU_DIA),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/cobros", PAGA, 200, **_SU_DIA),
    fila("GET", "/billetera/cobros-del-dia.csv", PAGA, 200, consulta=_DE_TIENDA, **_QUIEN_VENDE),
    fila(
        "POST",
        "/billetera/retirar/{retiro_id}/cancelar",
        ANA,
        303,
        params={"retiro_id": "retiro"},
        rechazo=404,
        a="/billetera/retirar",
        negada=no(409, "Está en estado «En el banco»", params=_ENVIADO),
    ),
    fila("GET", "/regulador/retiros", REGULADOR, 200, contiene=True),
    fila(
        "POST",
        "/regulador/retiros/lotes",
        REGULADOR,
        303,
        a="/regulador/retiros",
        negada=no(409, "No hay retiros por enviar", antes=_todo_enviado),
    ),
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
        "/regulador/banco/archivos",
        REGULADOR,
        303,
        archivo=("archivo", "banco.xml", "camt"),
        a="/regulador/banco/archivos/",
        negada=no(422, "súbalo sin abrirlo", archivo=_CSV),
    ),
    fila("GET", "/regulador/banco", REGULADOR, 200, contiene=True),
    fila("GET", "/regulador/banco/archivos/{archivo_id}", REGULADOR, 200, **_DEL_BANCO),
    fila("GET", "/regulador/banco/movimientos/{movimiento_id}", REGULADOR, 200, **_MOVIMIENTO),
    fila(
        "POST",
        "/regulador/banco/movimientos/{movimiento_id}/decision",
        REGULADOR,
        303,
        form={"accion": "ninguna", "motivo": "No es de un retiro"},
        a="/regulador/banco",
        negada=no(409, "puede pasar a", params={"movimiento_id": "movimiento_resuelto"}),
        **_MOVIMIENTO,
    ),
    fila(
        "POST",
        "/api/v1/banco/archivos",
        REGULADOR,
        201,
        archivo=("archivo", "banco.xml", "camt"),
        negada=no(422, "archivo_de_banco_invalido", archivo=_CSV),
    ),
    fila("GET", "/api/v1/banco/archivos", REGULADOR, 200, contiene=True),
    fila("GET", "/api/v1/banco/archivos/{archivo_id}/lineas", REGULADOR, 200, **_DEL_BANCO),
    fila("GET", "/api/v1/banco/movimientos", REGULADOR, 200),
    fila("GET", "/api/v1/banco/movimientos/{movimiento_id}", REGULADOR, 200, **_MOVIMIENTO),
    fila(
        "POST",
        "/api/v1/banco/movimientos/{movimiento_id}/decision",
        REGULADOR,
        200,
        json={"accion": "ninguna", "motivo": "No es de un retiro"},
        negada=no(409, "movimiento_no_espera", params={"movimiento_id": "movimiento_resuelto"}),
        **_MOVIMIENTO,
    ),
    fila(
        "POST",
        "/regulador/retiros/{retiro_id}/resolver",
        REGULADOR,
        303,
        params={"retiro_id": "retiro_enviado"},
        form={"pagado": "1"},
        a="/regulador/retiros",
        negada=no(409, "Está en estado «Por enviar al banco»", params={"retiro_id": "retiro"}),
    ),
]

CONSTANTES: dict[str, object] = {"operacion": "retiro"}
HISTORIA = {0: preparar}
