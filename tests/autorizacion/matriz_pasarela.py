"""Rows of card payments and of the simulated gateway; API and pages."""

from typing import Any

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import ANA, CIUDADANO, PUBLICO, REGULADOR, Fila, bs, fila, mandato


def preparar(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from pagos.tarjetas.conciliar import avanzar
    from pagos.tarjetas.consultas import intento_por_id
    from pagos.tarjetas.iniciar import recargar
    from pagos.tarjetas.simulada.acciones import disputar_pago
    from pagos.tarjetas.simulada.almacen import abrir
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
    pagar("con_3ds", "pm_card_authenticationRequired")
    with abrir() as almacen:
        e.valores["sesion_simulada"] = almacen.listar("sesion", limite=1, filtro={"status": "open"})[0]["id"]
        e.valores["disputa"] = almacen.listar("dispute", limite=1)[0]["id"]
        esperan = almacen.listar("payment_intent", limite=9, filtro={"status": "requires_action"})
        e.valores["pi_3ds"] = esperan[0]["id"]


_RECARGA = {"params": {"recarga_id": "recarga"}}
_SIMULADA = "la pasarela simulada es un servicio de fuera: no cambia nada de Qhatu"

FILAS: list[Fila] = [
    fila(
        "POST",
        "/api/v1/recargas",
        ANA,
        201,
        json={"monto": bs("10.00"), "cuenta": "{cuenta_ana}", "metodo_de_pago": "pm_card_visa"},
    ),
    fila(
        "POST",
        "/api/v1/recargas",
        mandato("tienda", "PAGAR", "tomasa"),
        201,
        variante="de una unidad",
        json={"monto": bs("10.00"), "cuenta": "{cuenta_tienda}", "metodo_de_pago": "pm_card_visa"},
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

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
