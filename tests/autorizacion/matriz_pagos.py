"""Rows of the ledger, the wallets and their supervision; API and pages."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import (
    ANA,
    CIUDADANO,
    CUENTA_DE_ANA,
    LIBRO,
    PUBLICO,
    RECIBO,
    REGULADOR,
    Fila,
    Quien,
    bs,
    fila,
    mandato,
    no,
    persona,
)
from tests.autorizacion.reveses import cerrada, congelada, luego, sin_saldo
from tests.ayudas.personas import nueva_persona

LUIS, MARTA = persona("luis"), persona("marta")
LAS_SUYAS = Quien("tomasa", "tienda", "PAGAR", libre=True)
PAGA = mandato("tienda", "PAGAR", "tomasa")


def mover(e: Escena) -> None:
    """Payments of a day that is over: Ana to Luis, and to the shop."""
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from pagos.billetera.enviar import enviar
    from pagos.cobros.pagar import pagar_a_unidad

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
            nota=f"La cena {MARCA}",
        )
        tienda = e.unidades["tienda"].id
        pagar_a_unidad(sesion, ana, tienda, e.valores["pago_tienda"], bolivianos("40.00"), cuenta)


def preparar(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.reloj import fecha_bolivia
    from pagos.libro.consultas import transferencia_por_id
    from pagos.supervision import cerrar_pendientes

    cerrar_pendientes()
    with transaccion() as sesion:
        e.valores["dia"] = fecha_bolivia(transferencia_por_id(sesion, e.valores["pago"]).creada_en)
    _personas(e)
    _saldos(e)


def _saldos(e: Escena) -> None:
    """No two accounts hold the same: a balance says whose it is."""
    from nucleo.bd import transaccion
    from nucleo.dinero import formato_bs
    from pagos.libro import obtener_cuenta

    with transaccion() as sesion:
        for nombre in ("ana", "luis", "marta", "tienda", "alcaldia"):
            cuenta = obtener_cuenta(sesion, e.valores[f"cuenta_{nombre}"])
            for monto in (cuenta.saldo, cuenta.disponible):
                e.privado |= {f"{monto.amount:.2f}", formato_bs(monto).removeprefix("Bs\xa0")}


def _personas(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from pagos import qr
    from pagos.billetera.accesos import cuenta_propia
    from pagos.billetera.alias import elegir_alias
    from pagos.billetera.codigos import anular_codigo, crear_codigo
    from pagos.billetera.solicitudes import pagar_solicitud, pedir_dinero
    from pagos.libro.congelar import Origen, congelar_cuenta
    from pagos.libro.cuentas import obtener_cuenta

    e.personas["nueva"] = nueva_persona("Nueva")
    e.valores["sin_cuenta"] = str(e.personas["nueva"].id)
    with transaccion() as sesion:
        for clave, de, monto in (
            ("solicitud", "luis", "5.00"),
            ("solicitud_pagada", "luis", "4.00"),  # another amount: paying the same again asks first
            ("solicitud_nueva", "nueva", "5.00"),
        ):
            e.valores[clave] = nuevo_id()
            pedir_dinero(
                sesion,
                e.actor("ana"),
                id=e.valores[clave],
                cuenta_id=e.valores["cuenta_ana"],
                pagador_id=e.personas[de].id,
                monto=bolivianos(monto),
                motivo=f"Cena {MARCA}",
                dias=7,
            )
        pagar_solicitud(sesion, e.actor("luis"), e.valores["solicitud_pagada"])
        for clave, de, nota in (
            ("codigo_qr", "ana", f"Pan {MARCA}"),
            ("codigo_impreso", "luis", None),
            ("codigo_anulado", "luis", None),
        ):
            id = nuevo_id()
            codigo = crear_codigo(sesion, e.actor(de), id=id, monto=None, nota=nota, dias=None)
            e.valores[clave] = id if de == "ana" else codigo.codigo
        anular_codigo(sesion, e.actor("luis"), id)
        e.valores["texto_qr"] = qr.generar(
            persona=e.valores["codigo_impreso"], comercio="Luis", ciudad="Bolivia"
        )
        elegir_alias(sesion, e.actor("ana"), "la.ana")
        elegir_alias(sesion, e.actor("luis"), "el.luis")
        _cuenta, autorizacion = cuenta_propia(sesion, e.actor("marta"), e.valores["cuenta_marta"])
        suya = obtener_cuenta(sesion, e.valores["cuenta_marta"])
        congelar_cuenta(sesion, autorizacion, suya, origen=Origen.TITULAR, motivo=f"Perdí el {MARCA}")


def _sin_la_propia(e: Escena) -> None:
    """Marta lifts her own freeze."""
    from nucleo.bd import transaccion
    from pagos.billetera.accesos import cuenta_propia
    from pagos.libro.congelar import Origen, descongelar_cuenta

    with transaccion() as sesion:
        cuenta, autorizacion = cuenta_propia(sesion, e.actor("marta"), e.valores["cuenta_marta"])
        descongelar_cuenta(sesion, autorizacion, cuenta, origen=Origen.TITULAR, motivo="La hallé")


_solo_por_la_autoridad = luego(_sin_la_propia, congelada("marta"))


def _reglas_de_2099(e: Escena) -> None:
    """A limit and a commission are in force from then on."""
    from datetime import datetime

    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.reloj import ZONA
    from pagos.supervision.reglas import agregar_comision, agregar_limite

    quien = Autorizacion.propia(Actor.sistema("prueba"))
    desde: Any = {"vigente_desde": datetime(2099, 1, 1, tzinfo=ZONA), "norma": "Ley"}
    nada: Any = dict.fromkeys(("por_dia", "por_mes", "cantidad_dia", "cantidad_mes"))
    sin_tope: Any = dict.fromkeys(("minimo", "maximo", "impuesto_pb"))
    uno = bolivianos("1")
    with transaccion() as sesion:
        agregar_limite(sesion, quien, nivel=1, direccion="salida", por_transaccion=uno, **nada, **desde)
        agregar_comision(sesion, quien, operacion="retiro", tasa_pb=100, fijo=uno, **sin_tope, **desde)


# --- The ledger -------------------------------------------------------------------------------------------

_PAGO = {"id": "{nuevo}", "debito": "{cuenta_ana}", "credito": "{cuenta_luis}", "monto": bs("2.00")}
_ENVIO = {"_id": "{nuevo}", "a": "{persona_luis}", "monto": "2,00", "cuenta": "{cuenta_ana}"}
_SIN_CUENTA = {"a": "{sin_cuenta}"}
_AL_TITULAR = {"params": {"cuenta_id": "cuenta_ana"}, "alcance": None}

LEDGER = [
    fila("GET", "/api/v1/cuentas", LAS_SUYAS, 200, contiene=True, alcance="pagos", maquina=200),
    fila("GET", "/api/v1/cuentas/{cuenta_id}", ANA, 200, **_AL_TITULAR),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/movimientos", ANA, 200, **_AL_TITULAR),
    fila("GET", "/api/v1/destinatarios", CIUDADANO, 200, consulta={"buscar": "{ci_vecina}"}),
    fila(
        "POST",
        "/api/v1/transferencias",
        ANA,
        201,
        json=_PAGO,
        sin_auditoria=LIBRO,
        negada=no(409, "fondos_insuficientes", antes=sin_saldo("ana")),
    ),
    fila(
        "POST",
        "/api/v1/lotes-de-transferencias",
        ANA,
        200,
        json={"modo": "atomico", "transferencias": [_PAGO]},
        sin_auditoria=LIBRO,
        negada=no(
            409,
            "fondos_insuficientes",
            {"transferencias": [_PAGO, _PAGO | {"id": "{otro}", "monto": bs("9999.00")}]},
        ),
    ),
    fila("GET", "/api/v1/transferencias/{transferencia_id}", ANA, 200, **RECIBO),
    fila("GET", "/billetera", ANA, 200, consulta=CUENTA_DE_ANA),
    fila("GET", "/billetera/movimientos", ANA, 200, consulta=CUENTA_DE_ANA),
    fila("GET", "/billetera/enviar", ANA, 200, consulta=CUENTA_DE_ANA),
    fila(
        "POST",
        "/billetera/enviar",
        ANA,
        303,
        form={
            "destinatario": "{ci_luis}",
            "nombre": "Luis Prueba",
            "monto": "2,00",
            "cuenta": "{cuenta_ana}",
        },
        a="/billetera/enviar/confirmar",
        rechazo=422,
        escribe=False,
        negada=no(422, "Nadie tiene ese alias", {"destinatario": "nadie.asi"}),
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
        negada=no(409, "Su saldo disponible no alcanza", _SIN_CUENTA, antes=sin_saldo("ana")),
    ),
    fila("GET", "/billetera/recargar", CIUDADANO, 200),
    fila(
        "POST",
        "/billetera/recargar",
        CIUDADANO,
        303,
        form={"_id": "{nuevo}", "monto": "10"},
        a="/billetera",
        sin_auditoria=LIBRO,
        negada=no(422, "Use un identificador nuevo", {"_id": "{pago}"}, quien="nueva"),
    ),
    fila("GET", "/comprobantes/{transferencia_id:uuid}", ANA, 200, **RECIBO),
]

# --- Wallets ----------------------------------------------------------------------------------------------

_PEDIDO = {"id": "{nuevo}", "pagador": "{ci_vecina}", "monto": bs("4.00"), "motivo": "Cena"}
_CONFIRMAR_PEDIDO = {
    "_id": "{nuevo}",
    "a": "{persona_vecina}",
    "monto": "4,00",
    "cuenta": "{cuenta_ana}",
    "motivo": "Cena",
    "dias": "7",
}
_SOLICITUD = {"params": {"solicitud_id": "solicitud"}}
_YA_PAGADA = {"solicitud_id": "solicitud_pagada"}
SIN_ALIAS = "quien no tiene alias lo quita sin que cambie nada"
_AL_ALIAS = {"a": "/billetera/alias"}
_SU_QR: Any = {"params": {"codigo_id": "codigo_qr"}, "rechazo": 404}
_QR_AJENO: Any = {"params": {"codigo": "codigo_impreso"}}
_FRECUENTE: Any = {"params": {"persona_id": "persona_luis"}, "rechazo": 404}
MEMORIA = "es una lista que solo ve su dueño: no decide nada"
OLVIDADO = "olvidar a quien no está es no hallarlo, y nada más lo niega"
DOS_VECES = "anular dos veces es anular una"
_CONGELADA = {"params": {"cuenta_id": "cuenta_marta"}, "json": {"motivo": "Prueba"}}

PERSONAS = [
    fila("GET", "/api/v1/alias", CIUDADANO, 200),
    fila(
        "PUT",
        "/api/v1/alias",
        CIUDADANO,
        200,
        json={"alias": "otro.alias"},
        negada=no(409, "alias_tomado", {"alias": "el.luis"}),
    ),
    fila("DELETE", "/api/v1/alias", CIUDADANO, 204, sin_negada=SIN_ALIAS),
    fila("GET", "/billetera/alias", CIUDADANO, 200),
    fila(
        "POST",
        "/billetera/alias",
        CIUDADANO,
        303,
        form={"alias": "otro.alias"},
        **_AL_ALIAS,
        negada=no(409, "Otra persona tiene o tuvo ese alias", {"alias": "el.luis"}),
    ),
    fila("POST", "/billetera/alias/quitar", CIUDADANO, 303, **_AL_ALIAS, sin_negada=SIN_ALIAS),
    fila("GET", "/api/v1/codigos-qr", CIUDADANO, 200, contiene=True),
    fila(
        "POST",
        "/api/v1/codigos-qr",
        CIUDADANO,
        201,
        json={"id": "{nuevo}"},
        negada=no(422, "codigo_qr_con_otros_datos", {"id": "{codigo_qr}", "dias": 3}),
    ),
    fila("DELETE", "/api/v1/codigos-qr/{codigo_id}", ANA, 204, **_SU_QR, sin_negada=DOS_VECES),
    fila("GET", "/api/v1/destinatarios/qr", CIUDADANO, 200, consulta={"texto": "{texto_qr}"}),
    fila("GET", "/billetera/mi-qr", CIUDADANO, 200, contiene=True),
    fila(
        "POST",
        "/billetera/mi-qr",
        CIUDADANO,
        303,
        form={"_id": "{nuevo}", "dias": "0"},
        a="/billetera/mi-qr/",
        negada=no(422, "Use un identificador nuevo", {"_id": "{codigo_qr}"}),
    ),
    fila("GET", "/billetera/mi-qr/{codigo_id}", ANA, 200, **_SU_QR, contiene=True),
    fila(
        "POST",
        "/billetera/mi-qr/{codigo_id}/anular",
        ANA,
        303,
        **_SU_QR,
        a="/billetera/mi-qr",
        sin_negada=DOS_VECES,
    ),
    fila("GET", "/api/v1/destinatarios/frecuentes", CIUDADANO, 200),
    fila(
        "DELETE",
        "/api/v1/destinatarios/frecuentes/{persona_id}",
        ANA,
        204,
        **_FRECUENTE,
        sin_auditoria=MEMORIA,
        sin_negada=OLVIDADO,
    ),
    fila("GET", "/billetera/enviar/a/{persona_id}", ANA, 200, **_FRECUENTE),
    fila(
        "POST",
        "/billetera/enviar/a/{persona_id}",
        ANA,
        303,
        **_FRECUENTE,
        form={"cuenta": "{cuenta_ana}", "monto": "2,00"},
        a="/billetera/enviar/confirmar",
        escribe=False,
        negada=no(403, "no es suya", {"cuenta": "{cuenta_luis}"}),
    ),
    fila(
        "POST",
        "/billetera/enviar/a/{persona_id}/olvidar",
        ANA,
        303,
        **_FRECUENTE,
        a="/billetera/enviar",
        sin_auditoria=MEMORIA,
        sin_negada=OLVIDADO,
    ),
    fila("GET", "/billetera/enviar/qr/{codigo}", CIUDADANO, 200, **_QR_AJENO),
    fila(
        "POST",
        "/billetera/enviar/qr/{codigo}",
        ANA,
        303,
        **_QR_AJENO,
        form={"cuenta": "{cuenta_ana}", "monto": "2,00"},
        a="/billetera/enviar/confirmar",
        escribe=False,
        negada=no(422, "Su dueño anuló este código", params={"codigo": "codigo_anulado"}),
    ),
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
        negada=no(409, "cuenta_no_opera", antes=cerrada("ana")),
    ),
    fila(
        "POST",
        "/api/v1/cuentas/{cuenta_id}/descongelar",
        MARTA,
        200,
        **_CONGELADA,
        negada=no(409, "no_esta_congelada", antes=_solo_por_la_autoridad),
    ),
    fila(
        "POST",
        "/api/v1/solicitudes-de-pago",
        ANA,
        201,
        json=_PEDIDO | {"cuenta": "{cuenta_ana}"},
        negada=no(422, "solicitud_con_otros_datos", {"id": "{solicitud}"}),
    ),
    fila("GET", "/api/v1/solicitudes-de-pago", CIUDADANO, 200, contiene=True),
    fila(
        "GET",
        "/api/v1/solicitudes-de-pago/{solicitud_id}",
        ANA,
        200,
        contiene=True,
        **_SOLICITUD,
    ),
    fila(
        "POST",
        "/api/v1/solicitudes-de-pago/{solicitud_id}/pagar",
        LUIS,
        200,
        **_SOLICITUD,
        negada=no(409, "fondos_insuficientes", params={"solicitud_id": "solicitud_nueva"}, quien="nueva"),
    ),
    fila(
        "POST",
        "/api/v1/solicitudes-de-pago/{solicitud_id}/rechazar",
        LUIS,
        200,
        **_SOLICITUD,
        negada=no(409, "solicitud_terminada", params=_YA_PAGADA),
    ),
    fila(
        "POST",
        "/api/v1/solicitudes-de-pago/{solicitud_id}/cancelar",
        ANA,
        200,
        **_SOLICITUD,
        negada=no(409, "solicitud_terminada", params=_YA_PAGADA),
    ),
    fila("GET", "/billetera/movimientos.csv", ANA, 200, consulta=CUENTA_DE_ANA),
    fila("GET", "/billetera/movimientos.xml", ANA, 200, consulta=CUENTA_DE_ANA),
    fila("GET", "/billetera/movimientos.pdf", ANA, 200, consulta=CUENTA_DE_ANA),
    fila("GET", "/billetera/limites", ANA, 200, consulta=CUENTA_DE_ANA),
    fila("GET", "/billetera/seguridad", ANA, 200, consulta=CUENTA_DE_ANA),
    fila(
        "POST",
        "/billetera/seguridad/congelar",
        ANA,
        303,
        form=CUENTA_DE_ANA,
        a="/billetera/seguridad",
        negada=no(409, "La cuenta está cerrada", antes=cerrada("ana")),
    ),
    fila(
        "POST",
        "/billetera/seguridad/descongelar",
        MARTA,
        303,
        form={"cuenta": "{cuenta_marta}"},
        a="/billetera/seguridad",
        negada=no(409, "La congeló la autoridad", antes=_solo_por_la_autoridad),
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
            "nombre": "Vecina Prueba",
            "monto": "4",
            "motivo": "Cena",
            "dias": "7",
            "cuenta": "{cuenta_ana}",
        },
        a="/billetera/pedir/confirmar",
        rechazo=422,
        escribe=False,
        negada=no(422, "Nadie tiene ese alias", {"pagador": "nadie.asi"}),
    ),
    fila("GET", "/billetera/pedir/confirmar", ANA, 200, consulta=_CONFIRMAR_PEDIDO),
    fila(
        "POST",
        "/billetera/pedir/confirmar",
        ANA,
        303,
        form=_CONFIRMAR_PEDIDO,
        a="/billetera/solicitudes/",
        negada=no(422, "Use un identificador nuevo", {"_id": "{solicitud}"}),
    ),
    fila("GET", "/billetera/solicitudes/{solicitud_id}", ANA, 200, contiene=True, **_SOLICITUD),
    fila(
        "POST",
        "/billetera/solicitudes/{solicitud_id}/pagar",
        LUIS,
        303,
        a="/comprobantes/",
        **_SOLICITUD,
        negada=no(409, "Su saldo disponible no alcanza", antes=sin_saldo("luis")),
    ),
    fila(
        "POST",
        "/billetera/solicitudes/{solicitud_id}/rechazar",
        LUIS,
        303,
        a="/billetera/solicitudes/",
        **_SOLICITUD,
        negada=no(409, "Ya fue pagada", params=_YA_PAGADA),
    ),
    fila(
        "POST",
        "/billetera/solicitudes/{solicitud_id}/cancelar",
        ANA,
        303,
        a="/billetera/solicitudes/",
        **_SOLICITUD,
        negada=no(409, "Ya fue pagada", params=_YA_PAGADA),
    ),
]

# --- Supervision ------------------------------------------------------------------------------------------

SUPERVISION = [
    fila("GET", "/api/v1/cierres", PUBLICO, 200),
    fila("GET", "/api/v1/cierres/{dia}", PUBLICO, 200),
    fila("GET", "/api/v1/transferencias/{transferencia_id}/prueba", ANA, 200, **RECIBO),
    fila("GET", "/cierres", PUBLICO, 200),
    fila("GET", "/comprobantes/{transferencia_id}/prueba", ANA, 200, **RECIBO),
    fila("GET", "/regulador/pagos", REGULADOR, 200),
    fila(
        "POST",
        "/regulador/pagos/verificar",
        REGULADOR,
        303,
        a="/regulador/pagos",
        sin_negada="el libro se puede verificar siempre",
    ),
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
        negada=no(409, "no tiene un congelamiento", params={"accion": "levantar"}),
    ),
    fila("GET", "/regulador/pagos/reglas", REGULADOR, 200),
    fila(
        "POST",
        "/regulador/pagos/limites",
        REGULADOR,
        303,
        form={"nivel": "1", "direccion": "salida", "por_transaccion": "50", "norma": "Resolución 1"},
        a="/regulador/pagos/reglas",
        negada=no(422, "Ya hay un límite", {"vigente_desde": "2099-01-01"}, antes=_reglas_de_2099),
    ),
    fila("GET", "/api/v1/limites", PUBLICO, 200),
    fila(
        "POST",
        "/api/v1/limites",
        REGULADOR,
        201,
        json={"nivel": 12, "direccion": "salida", "por_dia": {"monto": "50.00"}, "norma": "Resolución 1"},
        negada=no(422, "datos_invalidos", {"nivel": 1, "vigente_desde": "2099-01-01"}, antes=_reglas_de_2099),
    ),
    fila(
        "POST",
        "/regulador/pagos/comisiones",
        REGULADOR,
        303,
        form={"operacion": "retiro", "tasa": "1", "fijo": "2", "norma_comision": "Resolución 2"},
        a="/regulador/pagos/reglas",
        negada=no(422, "Ya hay una comisión", {"comision_desde": "2099-01-01"}, antes=_reglas_de_2099),
    ),
    fila(
        "POST",
        "/regulador/pagos/velocidad",
        REGULADOR,
        303,
        form={"ventana_min": "30", "pagos_max": "9", "nuevas_max": "9", "norma_velocidad": "Prueba"},
        a="/regulador/pagos/reglas",
        negada=no(422, "La ventana va de", {"ventana_min": "9999"}),
    ),
]


# --- The same about a unit's account ------------------------------------------------------------------------

_DE_UNIDAD = {"variante": "de una unidad"}
_LA_CUENTA = _DE_UNIDAD | {"params": {"cuenta_id": "cuenta_tienda"}}
_CONSULTA = _DE_UNIDAD | {"consulta": {"cuenta": "{cuenta_tienda}"}}
_EL_PAGO = _DE_UNIDAD | {"params": {"transferencia_id": "pago_tienda"}}
_PAGO_DE_UNIDAD = _PAGO | {"debito": "{cuenta_tienda}"}

DE_UNIDAD = [
    fila("GET", "/api/v1/cuentas/{cuenta_id}", PAGA, 200, contiene=True, alcance="pagos", **_LA_CUENTA),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/movimientos", PAGA, 200, alcance="pagos", **_LA_CUENTA),
    fila(
        "POST",
        "/api/v1/lotes-de-transferencias",
        PAGA,
        200,
        json={"modo": "independiente", "transferencias": [_PAGO_DE_UNIDAD]},
        alcance="pagos",
        sin_auditoria=LIBRO,
        **_DE_UNIDAD,
        negada=no(
            409,
            "cuenta_credito_inexistente",
            {
                "modo": "atomico",
                "transferencias": [_PAGO_DE_UNIDAD, _PAGO_DE_UNIDAD | {"id": "{otro}", "credito": 999999}],
            },
        ),
    ),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/extracto", PAGA, 200, contiene=True, **_LA_CUENTA),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/limites", PAGA, 200, **_LA_CUENTA),
    fila("GET", "/api/v1/cuentas/{cuenta_id}/seguridad", PAGA, 200, **_LA_CUENTA),
    fila(
        "POST",
        "/api/v1/cuentas/{cuenta_id}/congelar",
        PAGA,
        200,
        json={"motivo": "Prueba"},
        **_LA_CUENTA,
        negada=no(409, "cuenta_no_opera", antes=cerrada("tienda")),
    ),
    fila(
        "POST",
        "/api/v1/transferencias",
        PAGA,
        201,
        json=_PAGO_DE_UNIDAD,
        alcance="pagos",
        sin_auditoria=LIBRO,
        **_DE_UNIDAD,
        negada=no(409, "cuenta_debito_congelada", antes=congelada("tienda")),
    ),
    fila("GET", "/api/v1/transferencias/{transferencia_id}", PAGA, 200, alcance="pagos", **_EL_PAGO),
    fila("GET", "/api/v1/transferencias/{transferencia_id}/prueba", PAGA, 200, **_EL_PAGO),
    fila("GET", "/comprobantes/{transferencia_id:uuid}", PAGA, 200, **_EL_PAGO),
    fila("GET", "/billetera", PAGA, 200, contiene=True, **_CONSULTA),
    fila("GET", "/billetera/movimientos", PAGA, 200, contiene=True, **_CONSULTA),
    fila("GET", "/billetera/movimientos.csv", PAGA, 200, contiene=True, **_CONSULTA),
    fila("GET", "/billetera/limites", PAGA, 200, **_CONSULTA),
    fila("GET", "/billetera/seguridad", PAGA, 200, **_CONSULTA),
    fila(
        "POST",
        "/billetera/seguridad/congelar",
        PAGA,
        303,
        form={"cuenta": "{cuenta_tienda}"},
        a="/billetera/seguridad",
        **_DE_UNIDAD,
        negada=no(409, "La cuenta está cerrada", antes=cerrada("tienda")),
    ),
    fila(
        "POST",
        "/billetera/enviar/confirmar",
        PAGA,
        303,
        form=_ENVIO | {"cuenta": "{cuenta_tienda}"},
        a="/comprobantes/",
        sin_auditoria=LIBRO,
        **_DE_UNIDAD,
        negada=no(409, "Su saldo disponible no alcanza", _SIN_CUENTA, antes=sin_saldo("tienda")),
    ),
    fila(
        "GET",
        "/api/v1/solicitudes-de-pago/{solicitud_id}",
        LUIS,
        200,
        variante="de quien debe",
        contiene=True,
        **_SOLICITUD,
    ),
]

FILAS: list[Fila] = [*LEDGER, *PERSONAS, *SUPERVISION, *DE_UNIDAD]
HISTORIA = {-2: mover, 0: preparar}
CONSTANTES = {"accion": "congelar", "levantar": "descongelar"}
