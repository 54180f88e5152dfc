"""Rows of card payments and of the simulated gateway; API and pages."""

from typing import Any

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import ANA, CIUDADANO, PUBLICO, REGULADOR, Fila, bs, fila, mandato, no
from tests.autorizacion.reveses import cerrada, sin_saldo


def preparar(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from pagos.tarjetas.conciliar import avanzar
    from pagos.tarjetas.consultas import intento_por_id
    from pagos.tarjetas.iniciar import recargar
    from pagos.tarjetas.simulada.almacen import abrir
    from pagos.tarjetas.simulada.disputas import disputar_pago
    from pagos.tarjetas.simulada.fallas import Falla, provocar

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
    disputar_pago(pagar("disputado_tambien", "pm_card_visa").pasarela_id)
    _abrir_disputas(e)
    _guardar_una_tarjeta(e)
    pagar("con_3ds", "pm_card_authenticationRequired")
    with abrir() as almacen:
        e.valores["sesion_simulada"] = almacen.listar("sesion", limite=1, filtro={"status": "open"})[0]["id"]
        e.valores["disputa"] = almacen.listar("dispute", limite=1)[0]["id"]
        esperan = almacen.listar("payment_intent", limite=9, filtro={"status": "requires_action"})
        e.valores["pi_3ds"] = esperan[0]["id"]


def _abrir_disputas(e: Escena) -> None:
    """What a webhook would have brought: the claims, as the gateway has them."""
    from nucleo.bd import transaccion
    from pagos.tarjetas.consultas import disputas_de
    from pagos.tarjetas.disputar import conciliar_disputa
    from pagos.tarjetas.simulada.almacen import abrir

    with abrir() as almacen:
        for disputa in almacen.listar("dispute"):
            conciliar_disputa(disputa["id"])
    for clave in ("disputado", "disputado_tambien"):
        with transaccion() as sesion:
            e.valores[f"reclamo_{clave}"] = disputas_de(sesion, e.valores[clave])[0].id


def _guardar_una_tarjeta(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id
    from pagos.tarjetas.consultas import tarjeta_por_id
    from pagos.tarjetas.guardadas.conciliar import avanzar_tarjeta
    from pagos.tarjetas.guardadas.guardar import guardar_tarjeta
    from pagos.tarjetas.simulada.sesiones import pagar_sesion

    id = e.valores["tarjeta"] = nuevo_id()
    with transaccion() as sesion:
        guardar_tarjeta(sesion, e.actor("ana"), id=id, consiente=True)
    avanzar_tarjeta(id)
    with transaccion() as sesion:
        sesion_id = tarjeta_por_id(sesion, id).sesion_id
    assert sesion_id is not None
    pagar_sesion(sesion_id, "pm_card_visa")
    avanzar_tarjeta(id)


def _sin_tiempo(e: Escena) -> None:
    """The bank takes no more evidence."""
    from pagos.tarjetas.simulada.almacen import abrir
    from pagos.tarjetas.simulada.disputas import decidir_disputa

    with abrir() as almacen:
        reclamos = [d["id"] for d in almacen.listar("dispute")]
    for reclamo in reclamos:
        decidir_disputa(reclamo, gana_el_comercio=False)
    _abrir_disputas(e)


def _ya_devuelto(e: Escena) -> None:
    """The observed charge is on its way back to the card, whole."""
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id
    from pagos.tarjetas.consultas import intento_por_id, saldo_reembolsable
    from pagos.tarjetas.reembolsar import pedir_reembolso

    observado = e.valores["observado"]
    with transaccion() as sesion:
        saldo = saldo_reembolsable(sesion, intento_por_id(sesion, observado))
        pedir_reembolso(
            sesion, e.actor("rita"), id=nuevo_id(), intento_id=observado, monto=saldo, saldo_visto=saldo
        )


_RECARGA = {"params": {"recarga_id": "recarga"}}
_TARJETA = {"params": {"tarjeta_id": "tarjeta"}, "rechazo": 404}
_RECLAMO = {"params": {"disputa_id": "reclamo_disputado"}}
_SIMULADA = "la pasarela simulada es un servicio de fuera: no cambia nada de Qhatu"

FILAS: list[Fila] = [
    fila(
        "POST",
        "/api/v1/recargas",
        ANA,
        201,
        json={"monto": bs("10.00"), "cuenta": "{cuenta_ana}", "metodo_de_pago": "pm_card_visa"},
        negada=no(409, "cuenta_credito_cerrada", antes=cerrada("ana")),
    ),
    fila(
        "POST",
        "/api/v1/recargas",
        mandato("tienda", "PAGAR", "tomasa"),
        201,
        variante="de una unidad",
        json={"monto": bs("10.00"), "cuenta": "{cuenta_tienda}", "metodo_de_pago": "pm_card_visa"},
        negada=no(409, "cuenta_credito_cerrada", antes=cerrada("tienda")),
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
        negada=no(409, "fondos_insuficientes", antes=sin_saldo("ana")),
    ),
    fila("GET", "/api/v1/recargas/{recarga_id}/reembolsos", ANA, 200, **_RECARGA),
    fila("GET", "/api/v1/tarjetas", CIUDADANO, 200),
    fila(
        "POST",
        "/api/v1/tarjetas",
        CIUDADANO,
        201,
        json={"consiente": True},
        negada=no(422, "sin_consentimiento", {"consiente": False}),
    ),
    fila("GET", "/api/v1/tarjetas/{tarjeta_id}", ANA, 200, **_TARJETA),
    fila(
        "DELETE",
        "/api/v1/tarjetas/{tarjeta_id}",
        ANA,
        200,
        **_TARJETA,
        negada=no(404, "tarjeta_inexistente", params={"tarjeta_id": "recarga"}),
    ),
    fila("GET", "/billetera/tarjetas", CIUDADANO, 200),
    fila(
        "POST",
        "/billetera/tarjetas",
        CIUDADANO,
        303,
        form={"_id": "{nuevo}", "consiente": "1"},
        a="http://127.0.0.1/simulada/pagar/",
        negada=no(422, "tiene que aceptarlo", {"consiente": ""}),
    ),
    fila("GET", "/billetera/tarjetas/{tarjeta_id}", ANA, 303, a="/billetera/tarjetas", **_TARJETA),
    fila(
        "POST",
        "/billetera/tarjetas/{tarjeta_id}/quitar",
        ANA,
        303,
        **_TARJETA,
        a="/billetera/tarjetas",
        negada=no(404, "No encontramos esa página", params={"tarjeta_id": "recarga"}),
    ),
    fila("GET", "/api/v1/disputas-de-tarjeta/{disputa_id}", ANA, 200, **_RECLAMO),
    fila(
        "POST",
        "/api/v1/disputas-de-tarjeta/{disputa_id}/respuesta",
        ANA,
        201,
        json={"explicacion": "Ana recargó su billetera y gastó lo recargado."},
        **_RECLAMO,
        negada=no(409, "disputa_no_respondible", antes=_sin_tiempo),
    ),
    fila(
        "POST",
        "/pagos-con-tarjeta/{intento_id}/disputas/{disputa_id}/responder",
        ANA,
        303,
        params={"intento_id": "disputado_tambien", "disputa_id": "reclamo_disputado_tambien"},
        form={"_id": "{nuevo}", "explicacion": "Ana recargó su billetera y gastó lo recargado."},
        a="/pagos-con-tarjeta/",
        negada=no(409, "ya decidió este reclamo", antes=_sin_tiempo),
    ),
    fila(
        "POST",
        "/pasarela/stripe/avisos",
        PUBLICO,
        400,
        json={},
        escribe=False,
        negada=no(400, "La firma no corresponde", cabeceras={"Stripe-Signature": "t=1,v1=00"}),
    ),
    fila("GET", "/billetera/recargar/tarjeta", CIUDADANO, 200),
    fila(
        "POST",
        "/billetera/recargar/tarjeta",
        ANA,
        303,
        form={"_id": "{nuevo}", "monto": "10", "cuenta": "{cuenta_ana}"},
        a="http://127.0.0.1/simulada/pagar/",
        negada=no(409, "La cuenta que recibe está cerrada", antes=cerrada("ana")),
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
        negada=no(409, "Ya está en manos del banco", params={"intento_id": "recarga"}),
    ),
    fila(
        "POST",
        "/pagos-con-tarjeta/{intento_id}/reembolsar",
        ANA,
        303,
        params={"intento_id": "recarga"},
        form={"_id": "{nuevo}", "saldo_reembolsable": "50,00", "monto": "1,00"},
        a="/pagos-con-tarjeta/",
        negada=no(409, "Su saldo disponible no alcanza", antes=sin_saldo("ana")),
    ),
    fila("GET", "/regulador/pagos-con-tarjeta", REGULADOR, 200),
    fila(
        "POST",
        "/regulador/pagos-con-tarjeta/{intento_id}/devolver",
        REGULADOR,
        303,
        params={"intento_id": "observado"},
        form={"_id": "{nuevo}"},
        a="/regulador/pagos-con-tarjeta",
        negada=no(409, "ya se reembolsó entero", antes=_ya_devuelto),
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
        negada=no(422, "Elija una de las tarjetas", {"tarjeta": "pm_card_otra"}),
    ),
    fila("GET", "/simulada/3ds/{pago_id}", PUBLICO, 200, params={"pago_id": "pi_3ds"}),
    fila(
        "POST",
        "/simulada/3ds/{pago_id}",
        PUBLICO,
        303,
        params={"pago_id": "pi_3ds"},
        form={"acepta": "1"},
        sin_auditoria=_SIMULADA,
        sin_negada="un pago ya respondido lleva a donde llevaba: no se responde otra vez",
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
        negada=no(422, "Elija una opción de la lista", {"falla": "otra"}),
    ),
    fila(
        "POST",
        "/simulada/pagos/{pago_id}/disputar",
        CIUDADANO,
        303,
        params={"pago_id": "pi"},
        a="/simulada",
        sin_auditoria=_SIMULADA,
        negada=no(409, "Solo se disputa un pago cobrado", params={"pago_id": "pi_3ds"}),
    ),
    fila(
        "POST",
        "/simulada/disputas/{disputa_id}",
        CIUDADANO,
        303,
        params={"disputa_id": "disputa"},
        form={"gana_la_cuenta": "1"},
        a="/simulada",
        sin_auditoria=_SIMULADA,
        negada=no(404, "Esa disputa no existe", params={"disputa_id": "pi"}),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
