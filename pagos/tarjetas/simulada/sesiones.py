"""The hosted page of the simulated gateway (checkout sessions), where a person pays or saves a card."""

from datetime import datetime, timedelta

from nucleo.configuracion import ajustes
from nucleo.reloj import ahora
from pagos.tarjetas.simulada import clientes, objetos, pagos
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir
from pagos.tarjetas.simulada.errores import ErrorSimulado, falta, invalido
from pagos.tarjetas.simulada.eventos import emitir, epoca
from pagos.tarjetas.simulada.lecturas import exigir
from pagos.tarjetas.simulada.parametros import exigir_ofrecidos

VIDA_DE_SESION = timedelta(hours=24)
LINEAS_MAX = 100
_DEL_PAGO = (
    "capture_method description metadata receipt_email setup_future_usage statement_descriptor "
    "statement_descriptor_suffix"
)


def crear(almacen: Almacen, *, p: Json) -> Json:
    p = p | {"mode": p.get("mode", "payment")}
    if p["mode"] == "subscription":
        raise invalido("The simulated gateway has no subscriptions.", param="mode")
    clientes.exigir_solo_tarjetas(p)
    if "customer" in p:
        clientes.exigir_cliente(almacen, p["customer"])
        if "customer_creation" in p:
            raise invalido(
                "You may only specify one of these parameters: customer, customer_creation.",
                param="customer_creation",
            )
    if p["mode"] == "setup":
        monto, moneda = None, p.get("currency")
        for ajeno in ("line_items", "payment_intent_data"):
            if ajeno in p:
                raise invalido(f"You can not pass `{ajeno}` in `setup` mode.", param=ajeno)
    else:
        monto, moneda = _importe(p)
        if "setup_intent_data" in p:
            raise invalido(
                "You can not pass `setup_intent_data` in `payment` mode.", param="setup_intent_data"
            )
    exigir_ofrecidos(p.get("payment_intent_data") or {}, _DEL_PAGO, "payment_intent_data")
    exigir_ofrecidos(p.get("setup_intent_data") or {}, "description metadata", "setup_intent_data")
    sid = objetos.nuevo("cs_test")
    vence = ahora() + VIDA_DE_SESION
    cs = objetos.sesion(
        monto=monto,
        moneda=moneda,
        creado=epoca(),
        parametros=p,
        url=f"{ajustes().url_publica}/simulada/pagar/{sid}",
        sid=sid,
        expira=int(vence.timestamp()),
    )
    cs["_datos"] = p.get("payment_intent_data") or p.get("setup_intent_data") or {}
    almacen.guardar("sesion", sid, cs, vence)
    return cs


def _importe(p: Json) -> tuple[int, str]:
    """What the lines add up to. Raises `ErrorSimulado`."""
    lineas = p.get("line_items") or []
    if not lineas:
        raise falta("line_items")
    if len(lineas) > LINEAS_MAX:
        raise invalido(f"You can have up to {LINEAS_MAX} line items.", param="line_items")
    total, monedas = 0, set()
    for n, linea in enumerate(lineas):
        en = f"line_items[{n}]"
        exigir_ofrecidos(linea, "price_data quantity", en)
        precio, cuantos = linea.get("price_data"), linea.get("quantity", 1)
        if precio is None:
            raise falta(f"{en}[price_data]")
        if "unit_amount" not in precio:
            raise falta(f"{en}[price_data][unit_amount]")
        exigir_ofrecidos(precio, "currency product_data unit_amount", f"{en}[price_data]")
        if "product_data" not in precio:
            raise falta(f"{en}[price_data][product_data]")
        if cuantos < 1 or precio["unit_amount"] < 0:
            raise invalido(
                "This value must be greater than or equal to 1.", "parameter_invalid_integer", param=en
            )
        monedas.add(pagos.moneda_de(precio["currency"], f"{en}[price_data][currency]"))
        total += precio["unit_amount"] * cuantos
    if len(monedas) > 1:
        raise invalido("All line items must have the same currency.", param="line_items")
    moneda = monedas.pop()
    return pagos.exigir_monto(total, moneda, "line_items"), moneda


def expirar(almacen: Almacen, id: str, *, p: Json) -> Json:  # noqa: ARG001 (as every operation)
    return expirar_sesion(almacen, id)


def expirar_sesion(almacen: Almacen, sid: str) -> Json:
    cs = exigir(almacen, "sesion", sid, param="session")
    if cs["status"] != "open":
        raise invalido(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {cs["status"]}.'
        )
    cs |= {"status": "expired", "url": None}
    almacen.guardar("sesion", sid, cs)
    pi = almacen.leer("payment_intent", cs["payment_intent"] or "", bloquear=True)
    if pi is not None and pi["status"] == "requires_action":
        pagos.cancelar_pago(almacen, pi["id"])
    seti = almacen.leer("setup_intent", cs["setup_intent"] or "", bloquear=True)
    if seti is not None and seti["status"] == "requires_action":
        clientes.cancelar_guardado(almacen, seti["id"], p={})
    emitir(almacen, "checkout.session.expired", cs)
    return cs


# --- What the person does on the page -----------------------------------------------------------------------


def pagar_sesion(sid: str, metodo: str) -> Json:
    """The person pays, or saves a card; a refused one leaves the page open for another."""
    with abrir() as almacen:
        cs = exigir(almacen, "sesion", sid)
        if cs["status"] != "open":
            return cs
        try:
            if cs["mode"] == "setup":
                intento = _guardar_tarjeta(almacen, cs, metodo)
            else:
                intento = _pagar(almacen, cs, metodo)
        except ErrorSimulado as error:
            if error.estado != 402:
                raise
            intento = _intento_de(almacen, cs)
        _cerrar_si_terminada(almacen, cs, intento)
        return cs


def _asegurar_cliente(almacen: Almacen, cs: Json) -> None:
    """`customer_creation=always`: the page makes the customer that it was not given."""
    if cs["customer"] is None and cs["customer_creation"] == "always":
        cs["customer"] = clientes.crear_cliente(almacen, p={})["id"]


def _pagar(almacen: Almacen, cs: Json, metodo: str) -> Json:
    _asegurar_cliente(almacen, cs)
    if cs["payment_intent"] is None:
        pedido = {"amount": cs["amount_total"], "currency": cs["currency"], "payment_method_types": ["card"]}
        if cs["customer"]:
            pedido["customer"] = cs["customer"]
        cs["payment_intent"] = pagos.crear(almacen, p=pedido | cs["_datos"])["id"]
    return pagos.confirmar(
        almacen, cs["payment_intent"], p={"payment_method": metodo, "return_url": cs["success_url"]}
    )


def _guardar_tarjeta(almacen: Almacen, cs: Json, metodo: str) -> Json:
    _asegurar_cliente(almacen, cs)
    if cs["setup_intent"] is None:
        pedido = {"payment_method_types": ["card"]} | ({"customer": cs["customer"]} if cs["customer"] else {})
        cs["setup_intent"] = clientes.crear_guardado(almacen, p=pedido | cs["_datos"])["id"]
    return clientes.confirmar_guardado(
        almacen, cs["setup_intent"], p={"payment_method": metodo, "return_url": cs["success_url"]}
    )


def _intento_de(almacen: Almacen, cs: Json) -> Json:
    tipo = "setup_intent" if cs["mode"] == "setup" else "payment_intent"
    return exigir(almacen, tipo, cs[tipo])


def _cerrar_si_terminada(almacen: Almacen, cs: Json, intento: Json) -> None:
    if intento["status"] in ("succeeded", "processing"):
        pagado = "no_payment_required" if cs["mode"] == "setup" else "paid"
        cs |= {
            "status": "complete",
            "payment_status": pagado if intento["status"] == "succeeded" else "unpaid",
            "url": None,
        }
        almacen.guardar("sesion", cs["id"], cs)
        emitir(almacen, "checkout.session.completed", cs)
    else:
        vence = datetime.fromtimestamp(cs["expires_at"], ahora().tzinfo)
        almacen.guardar("sesion", cs["id"], cs, vence)


def autenticar_sesion(sid: str, *, acepta: bool) -> Json:
    """The bank's question, asked inside the hosted page."""
    with abrir() as almacen:
        cs = exigir(almacen, "sesion", sid, bloquear=False)
    if cs["mode"] == "setup":
        intento = clientes.autenticar_guardado(cs["setup_intent"], acepta=acepta)
    else:
        intento = pagos.autenticar(cs["payment_intent"], acepta=acepta)
    with abrir() as almacen:
        cs = exigir(almacen, "sesion", sid)
        if cs["status"] == "open":
            _cerrar_si_terminada(almacen, cs, intento)
        return cs


def al_cobrar_despues(almacen: Almacen, pi: Json) -> None:
    """The bank decided late: the page that was waiting is paid."""
    for cs in almacen.listar("sesion", limite=1, filtro={"payment_intent": pi["id"]}):
        cs["payment_status"] = "paid"
        almacen.guardar("sesion", cs["id"], cs)
        emitir(almacen, "checkout.session.async_payment_succeeded", cs)
