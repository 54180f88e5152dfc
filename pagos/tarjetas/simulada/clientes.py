"""Customers of the simulated gateway, their saved cards (payment methods), and saving one (setup intents)."""

from nucleo.configuracion import ajustes
from pagos.tarjetas.simulada import objetos
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir
from pagos.tarjetas.simulada.errores import de_tarjeta, falta, inexistente, invalido
from pagos.tarjetas.simulada.eventos import emitir, epoca
from pagos.tarjetas.simulada.lecturas import exigir, pagina
from pagos.tarjetas.simulada.parametros import unir_metadatos
from pagos.tarjetas.simulada.tarjetas import POR_FICHA, POR_METODO, TarjetaDePrueba

SIN_CONFIRMAR = ("requires_payment_method", "requires_confirmation", "requires_action")


# --- Customers ----------------------------------------------------------------------------------------------


def exigir_cliente(almacen: Almacen, id: str, *, param: str = "customer", estado: int = 400) -> Json:
    """A customer that was not deleted. Raises `ErrorSimulado`."""
    cus = exigir(almacen, "customer", id, param=param, estado=estado)
    if cus.get("deleted"):
        raise inexistente("customer", id, param, estado=estado)
    return cus


def crear_cliente(almacen: Almacen, *, p: Json) -> Json:
    cus = objetos.cliente(creado=epoca(), p=p)
    almacen.guardar("customer", cus["id"], cus)
    if "payment_method" in p:
        guardar_en_cliente(almacen, metodo_para(almacen, p["payment_method"], None), cus["id"])
    emitir(almacen, "customer.created", cus)
    return cus


def actualizar_cliente(almacen: Almacen, id: str, *, p: Json) -> Json:
    cus = exigir_cliente(almacen, id, estado=404)
    cus |= {k: v or None for k, v in p.items()} | {
        "metadata": unir_metadatos(cus["metadata"], p.get("metadata"))
    }
    almacen.cambiar("customer", id, cus)
    emitir(almacen, "customer.updated", cus)
    return cus


def borrar_cliente(almacen: Almacen, id: str, *, p: Json) -> Json:  # noqa: ARG001 (as every operation)
    """It answers as deleted from now on, and its cards can no longer be used."""
    cus = exigir_cliente(almacen, id, estado=404)
    for metodo in almacen.listar("payment_method", filtro={"customer": id}):
        soltar(almacen, metodo["id"], p={})
    borrado = {"id": id, "object": "customer", "deleted": True}
    almacen.cambiar("customer", id, borrado)
    emitir(almacen, "customer.deleted", cus)
    return borrado


def listar_clientes(almacen: Almacen, *, p: Json) -> Json:
    """Those that were not deleted."""
    filtro = {"email": p["email"]} if "email" in p else {}
    return pagina(almacen, "customer", "/v1/customers", p, filtro | {"livemode": False})


# --- Payment methods ----------------------------------------------------------------------------------------


def exigir_solo_tarjetas(p: Json) -> None:
    """Raises `ErrorSimulado`: the account takes cards only."""
    for n, tipo in enumerate(p.get("payment_method_types", ())):
        if tipo != "card":
            raise invalido(
                f'The payment method type "{tipo[:40]}" is invalid. Please ensure the provided type is '
                "activated in your dashboard.",
                param=f"payment_method_types[{n}]",
            )
    if "payment_method_types" in p and p.get("automatic_payment_methods", {}).get("enabled"):
        raise invalido(
            "You may only specify one of these parameters: automatic_payment_methods, payment_method_types.",
            param="payment_method_types",
        )


def url_3ds(id: str) -> str:
    return f"{ajustes().url_publica}/simulada/3ds/{id}"


def tarjeta_del_metodo(metodo: Json) -> TarjetaDePrueba:
    return POR_METODO[metodo["_tarjeta"]]


def nuevo_metodo(almacen: Almacen, ficha: str, *, p: Json | None = None) -> Json:
    """A payment method of one of the test cards, which nobody has yet."""
    metodo = objetos.metodo_de_pago(POR_METODO[ficha], epoca())
    metodo["metadata"] = (p or {}).get("metadata") or {}
    almacen.guardar("payment_method", metodo["id"], metodo)
    return metodo


def metodo_para(almacen: Almacen, referencia: str, cliente: str | None) -> Json:
    """The card that a payment of that customer names. Raises `ErrorSimulado` unless it may be used."""
    if referencia in POR_METODO:
        return nuevo_metodo(almacen, referencia)
    metodo = almacen.leer("payment_method", referencia, bloquear=True)
    if metodo is None:
        raise inexistente("PaymentMethod", referencia[:200], "payment_method")
    duenio = metodo["customer"]
    if duenio is not None and cliente is None:
        raise invalido(
            f"The payment method `{referencia}` belongs to the Customer `{duenio}`. Please include the "
            "Customer in the `customer` parameter on the PaymentIntent.",
            param="payment_method",
        )
    if duenio is not None and duenio != cliente:
        raise invalido(
            f"The customer does not have a payment method with the ID {referencia}. The payment method must "
            "be attached to the customer.",
            param="payment_method",
        )
    if duenio is None and metodo["_usado"]:
        raise _gastado()
    return metodo


def _gastado() -> Exception:
    return invalido(
        "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or "
        "was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you "
        "must attach it to a Customer first.",
        "payment_method_unexpected_state",
        param="payment_method",
    )


def crear_metodo(almacen: Almacen, *, p: Json) -> Json:
    """From the token of a test card; whole numbers are refused, as at an account without that permission."""
    if "type" not in p:
        raise falta("type")
    if p["type"] != "card":
        raise invalido(f'The payment method type "{p["type"]}" is not activated.', param="type")
    tarjeta = p.get("card") or {}
    if "number" in tarjeta:
        raise invalido(
            "Sending credit card numbers directly to the Stripe API is generally unsafe. To continue "
            "processing use Stripe.js, the Stripe mobile bindings, or Stripe Elements.",
            param="card[number]",
            estado=402,
        )
    ficha = POR_FICHA.get(tarjeta.get("token", ""))
    if ficha is None:
        raise inexistente("token", tarjeta.get("token", ""), "card[token]")
    return nuevo_metodo(almacen, ficha.metodo, p=p)


def unir(almacen: Almacen, id: str, *, p: Json) -> Json:
    """Attach: the bank is asked whether the card is good."""
    cus = exigir_cliente(almacen, p["customer"])
    if id in POR_METODO:
        metodo = nuevo_metodo(almacen, id)
    else:
        metodo = exigir(almacen, "payment_method", id, param="payment_method")
    if metodo["customer"] == cus["id"]:
        return metodo
    if metodo["customer"] is not None:
        raise invalido(
            "The payment method you provided has already been attached to a customer.",
            "payment_method_unexpected_state",
        )
    if metodo["_usado"]:
        raise _gastado()
    tarjeta = tarjeta_del_metodo(metodo)
    if tarjeta.desenlace == "rechazo":
        raise de_tarjeta(_rechazo(tarjeta))
    guardar_en_cliente(almacen, metodo, cus["id"])
    return metodo


def _rechazo(tarjeta: TarjetaDePrueba) -> Json:
    error = {"type": "card_error", "code": tarjeta.codigo, "message": tarjeta.mensaje}
    return error | ({"decline_code": tarjeta.negativa} if tarjeta.negativa else {})


def guardar_en_cliente(almacen: Almacen, metodo: Json, cliente: str) -> None:
    if metodo["customer"] is None:
        metodo["customer"] = cliente
        almacen.cambiar("payment_method", metodo["id"], metodo)
        emitir(almacen, "payment_method.attached", metodo)


def soltar(almacen: Almacen, id: str, *, p: Json) -> Json:  # noqa: ARG001 (as every operation)
    """Detach: it can never be used again."""
    metodo = exigir(almacen, "payment_method", id, param="payment_method")
    if metodo["customer"] is None:
        raise invalido(
            "The payment method you provided is not attached to a customer so detachment is impossible.",
            "payment_method_unexpected_state",
        )
    metodo |= {"customer": None, "_usado": True}
    almacen.cambiar("payment_method", id, metodo)
    emitir(almacen, "payment_method.detached", metodo)
    return metodo


def listar_metodos(almacen: Almacen, *, p: Json) -> Json:
    if "customer" not in p:
        raise falta("customer")
    exigir_cliente(almacen, p["customer"])
    filtro = {"customer": p["customer"]} | ({"type": p["type"]} if "type" in p else {})
    return pagina(almacen, "payment_method", "/v1/payment_methods", p, filtro)


def listar_los_del_cliente(almacen: Almacen, cliente: str, *, p: Json) -> Json:
    exigir_cliente(almacen, cliente, estado=404)
    filtro = {"customer": cliente} | ({"type": p["type"]} if "type" in p else {})
    return pagina(almacen, "payment_method", f"/v1/customers/{cliente}/payment_methods", p, filtro)


# --- Setup intents ------------------------------------------------------------------------------------------


def crear_guardado(almacen: Almacen, *, p: Json) -> Json:
    exigir_solo_tarjetas(p)
    if "customer" in p:
        exigir_cliente(almacen, p["customer"])
    if "payment_method" in p:
        p = p | {"payment_method": metodo_para(almacen, p["payment_method"], p.get("customer"))["id"]}
    seti = objetos.intento_de_guardar(creado=epoca(), p=p)
    almacen.guardar("setup_intent", seti["id"], seti)
    emitir(almacen, "setup_intent.created", seti)
    return confirmar_el_guardado(almacen, seti, p) if p.get("confirm") else seti


def confirmar_guardado(almacen: Almacen, id: str, *, p: Json) -> Json:
    seti = exigir(almacen, "setup_intent", id, param="intent")
    if "payment_method" in p:
        seti["payment_method"] = metodo_para(almacen, p["payment_method"], seti["customer"])["id"]
    return confirmar_el_guardado(almacen, seti, p)


def confirmar_el_guardado(almacen: Almacen, seti: Json, p: Json) -> Json:
    """Ask the bank about the card that will be kept. A refusal is kept and raised (402)."""
    if seti["status"] not in SIN_CONFIRMAR or seti["payment_method"] is None:
        raise invalido(
            f"You cannot confirm this SetupIntent because it has a status of {seti['status']}.",
            "setup_intent_unexpected_state",
            setup_intent=seti,
        )
    metodo = exigir(almacen, "payment_method", seti["payment_method"])
    tarjeta = tarjeta_del_metodo(metodo)
    if tarjeta.desenlace == "rechazo":
        error = _rechazo(tarjeta) | {"payment_method": objetos.limpio(metodo)}
        seti |= {"status": "requires_payment_method", "payment_method": None, "last_setup_error": error}
        _escribir(almacen, seti, "setup_intent.setup_failed")
        raise de_tarjeta(error, setup_intent=seti)
    if tarjeta.desenlace in ("accion", "accion_al_guardar"):
        accion = {"url": url_3ds(seti["id"]), "return_url": p.get("return_url")}
        seti |= {
            "status": "requires_action",
            "next_action": {"type": "redirect_to_url", "redirect_to_url": accion},
        }
        _escribir(almacen, seti, "setup_intent.requires_action")
    else:
        _guardada(almacen, seti, metodo)
    return seti


def _guardada(almacen: Almacen, seti: Json, metodo: Json) -> None:
    if seti["customer"]:
        guardar_en_cliente(almacen, metodo, seti["customer"])
    seti |= {"status": "succeeded", "next_action": None, "last_setup_error": None}
    _escribir(almacen, seti, "setup_intent.succeeded")


def _escribir(almacen: Almacen, seti: Json, tipo: str) -> None:
    almacen.guardar("setup_intent", seti["id"], seti)
    emitir(almacen, tipo, seti)


def cancelar_guardado(almacen: Almacen, id: str, *, p: Json) -> Json:
    seti = exigir(almacen, "setup_intent", id, param="intent")
    if seti["status"] not in SIN_CONFIRMAR:
        raise invalido(
            f"You cannot cancel this SetupIntent because it has a status of {seti['status']}.",
            "setup_intent_unexpected_state",
            setup_intent=seti,
        )
    motivo = p.get("cancellation_reason")
    seti |= {"status": "canceled", "cancellation_reason": motivo, "next_action": None}
    _escribir(almacen, seti, "setup_intent.canceled")
    return seti


def autenticar_guardado(seti_id: str, *, acepta: bool) -> Json:
    """The person answers the bank's question about a card that will be kept."""
    with abrir() as almacen:
        seti = exigir(almacen, "setup_intent", seti_id)
        if seti["status"] != "requires_action":
            return seti
        metodo = exigir(almacen, "payment_method", seti["payment_method"])
        if acepta:
            _guardada(almacen, seti, metodo)
        else:
            error = {
                "type": "invalid_request_error",
                "code": "setup_intent_authentication_failure",
                "message": "The provided PaymentMethod has failed authentication.",
                "payment_method": objetos.limpio(metodo),
            }
            seti |= {
                "status": "requires_payment_method",
                "payment_method": None,
                "next_action": None,
                "last_setup_error": error,
            }
            _escribir(almacen, seti, "setup_intent.setup_failed")
        return seti
