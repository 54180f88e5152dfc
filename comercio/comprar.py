"""The purchase: one transaction reserves the stock, freezes what was sold and puts the money in escrow.

Locks are taken in the order of `bloqueos`: the buyer's cart first (so the same purchase sent twice waits and
finds the first), then products by id, then the ledger's accounts.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, col, select
from stdnum import damm

from comercio import eventos
from comercio.carrito import Titular, bloquear_carrito, huella, vaciar_de
from comercio.errores import (
    CambioDePrecio,
    CarritoVacio,
    CompraRepetida,
    EntregaInvalida,
    PedidoMuyPesado,
    ProductoNoDisponible,
)
from comercio.esquemas import Entrega
from comercio.estados import EstadoPedido, Modalidad
from comercio.existencias import reservar
from comercio.modelos import (
    PESO_MAXIMO_PEDIDO_G,
    CarritoLinea,
    ComisionPedido,
    Compra,
    Pedido,
    PedidoLinea,
    PedidoPaso,
    Producto,
)
from comercio.tarifas import plazo_de_despacho
from empresa_digital.registro import lugar, sostener_activas, unidades_en_lote
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs
from nucleo.errores import Prohibido
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import (
    Codigo,
    Operacion,
    ReglaVigente,
    SolicitudTransferencia,
    TipoCuenta,
    calcular_comision,
    comision_vigente,
    cuenta_de_persona,
    cuenta_de_unidad,
    exigir_transferencia,
)


@dataclass(frozen=True, slots=True)
class SolicitudCompra:
    """What the buyer asks for. `id` is theirs: sending the same purchase again gives the same purchase.

    Without `lineas` the cart is bought. `huella` or `total` say what the buyer saw; without either, the
    prices kept in the cart do.
    """

    id: UUID
    entrega: Entrega
    lineas: tuple[tuple[UUID, int], ...] | None = None
    huella: str | None = None
    total: Money | None = None


def comprar(sesion: Session, actor: Actor, solicitud: SolicitudCompra) -> Compra:
    """Buy, all or nothing: on any error nothing has changed, not even within the caller's transaction.

    Raises `CarritoVacio`, `ProductoNoDisponible`, `SinExistencia`, `CambioDePrecio`, `EntregaInvalida`,
    `PedidoMuyPesado`, `CompraRepetida`, and the ledger's errors (`FondosInsuficientes`, `LimiteSuperado`).
    """
    if actor.persona_id is None:
        raise Prohibido(_("Para comprar ingrese como persona."))
    with sesion.begin_nested():
        return _comprar(sesion, actor, actor.persona_id, solicitud)


def _comprar(sesion: Session, actor: Actor, persona_id: UUID, solicitud: SolicitudCompra) -> Compra:
    carrito = bloquear_carrito(sesion, Titular(persona_id=persona_id))
    anterior = sesion.get(Compra, solicitud.id, populate_existing=True)
    if anterior is not None:
        return _la_misma(sesion, anterior, persona_id, solicitud)
    consulta = select(CarritoLinea).where(CarritoLinea.carrito_id == carrito.id)
    del_carrito = {
        linea.producto_id: linea for linea in sesion.exec(consulta.execution_options(populate_existing=True))
    }
    cantidades = _sumar(solicitud.lineas) or {i: linea.cantidad for i, linea in del_carrito.items()}
    if not cantidades:
        raise CarritoVacio(_("Agregue al menos un producto antes de comprar."))
    productos = reservar(sesion, cantidades)
    _exigir_vendedores(sesion, productos)
    _exigir_lo_visto(solicitud, productos, cantidades, {} if solicitud.lineas else del_carrito)
    compra = _anotar_compra(sesion, persona_id, solicitud, productos, cantidades)
    pedidos = _anotar_pedidos(sesion, actor, compra, productos, cantidades)
    _poner_en_custodia(sesion, actor, persona_id, pedidos)
    if solicitud.lineas is None:
        vaciar_de(sesion, carrito, cantidades)
    for pedido in pedidos:
        publicar(sesion, eventos.PEDIDO_PAGADO, pedido.id, datos_de(pedido), actor)
    resumen = {"total_centavos": a_centavos(compra.total), "pedidos": [p.numero for p in pedidos]}
    auditar(sesion, actor, "compra.crear", "comercio_compra", compra.id, resumen)
    sesion.flush()
    return compra


def _exigir_vendedores(sesion: Session, productos: Sequence[Producto]) -> None:
    """Who sells is registered, and stays so until the sale is written. Raises `ProductoNoDisponible`."""
    activas = sostener_activas(sesion, {p.vendedor_id for p in productos})
    for producto in productos:
        if producto.vendedor_id not in activas:
            raise ProductoNoDisponible(_("«%(titulo)s» ya no está a la venta.") % {"titulo": producto.titulo})


def pedidos_de(sesion: Session, compra_id: UUID) -> list[Pedido]:
    consulta = select(Pedido).where(Pedido.compra_id == compra_id).order_by(col(Pedido.id))
    return list(sesion.exec(consulta))


def datos_de(pedido: Pedido) -> dict[str, str]:
    """What every event of an order carries."""
    return {
        "pedido_id": str(pedido.id),
        "numero": pedido.numero,
        "comprador_id": str(pedido.comprador_id),
        "vendedor_id": str(pedido.vendedor_id),
    }


def _sumar(lineas: tuple[tuple[UUID, int], ...] | None) -> dict[UUID, int]:
    """Quantities by product: the same product on two lines is one sale of both."""
    suma: Counter[UUID] = Counter()
    for producto_id, cantidad in lineas or ():
        assert cantidad > 0
        suma[producto_id] += cantidad
    return dict(suma)


def _la_misma(sesion: Session, compra: Compra, persona_id: UUID, solicitud: SolicitudCompra) -> Compra:
    """The purchase already made with this id, if it is what is being asked for again."""
    iguales = compra.comprador_id == persona_id
    iguales &= solicitud.huella in (None, compra.huella)
    iguales &= solicitud.total in (None, compra.total)
    if iguales and solicitud.lineas is not None:
        consulta = (
            select(PedidoLinea.producto_id, PedidoLinea.cantidad)
            .join(Pedido, col(Pedido.id) == col(PedidoLinea.pedido_id))
            .where(Pedido.compra_id == compra.id)
        )
        iguales = {fila[0]: fila[1] for fila in sesion.exec(consulta)} == _sumar(solicitud.lineas)
    if not iguales:
        raise CompraRepetida(_("Use un identificador nuevo para una compra distinta."))
    return compra


def _exigir_lo_visto(
    solicitud: SolicitudCompra,
    productos: list[Producto],
    cantidades: dict[UUID, int],
    del_carrito: dict[UUID, CarritoLinea],
) -> None:
    """Nobody pays a price, or a line, that they have not seen."""
    total = sum((p.precio * cantidades[p.id] for p in productos), bs(0))
    actual = _huella(productos, cantidades)
    if solicitud.huella is not None:
        igual = solicitud.huella == actual
    elif solicitud.total is not None:
        igual = solicitud.total == total
    else:
        igual = all(p.id not in del_carrito or del_carrito[p.id].precio_visto == p.precio for p in productos)
    if not igual:
        raise CambioDePrecio(
            _("Cambió un precio o una cantidad desde que lo vio. Revise el total y confirme."),
            total={"monto": f"{total.amount:.2f}", "moneda": "BOB"},
            huella=actual,
        )


def _huella(productos: list[Producto], cantidades: dict[UUID, int]) -> str:
    return huella((p.id, cantidades[p.id], a_centavos(p.precio)) for p in productos)


def _anotar_compra(
    sesion: Session,
    persona_id: UUID,
    solicitud: SolicitudCompra,
    productos: list[Producto],
    cantidades: dict[UUID, int],
) -> Compra:
    entrega = solicitud.entrega
    donde = lugar(sesion, entrega.municipio_ine)
    if not donde:
        texto = _("Elija un municipio de la lista.")
        raise EntregaInvalida(texto, campos={"municipio_ine": texto})
    compra = Compra(
        id=solicitud.id,
        comprador_id=persona_id,
        total=sum((p.precio * cantidades[p.id] for p in productos), bs(0)),
        huella=_huella(productos, cantidades),
        lugar=donde[:120],
        **entrega.model_dump(),
    )
    sesion.add(compra)
    sesion.flush()
    return compra


def _anotar_pedidos(
    sesion: Session, actor: Actor, compra: Compra, productos: list[Producto], cantidades: dict[UUID, int]
) -> list[Pedido]:
    """One order for each seller and way of fulfilling, its lines and its commission frozen."""
    grupos: dict[tuple[UUID, str], list[Producto]] = {}
    for producto in productos:
        grupos.setdefault((producto.vendedor_id, producto.modalidad), []).append(producto)
    instante = ahora_bd(sesion)
    tasa = comision_vigente(sesion, Operacion.VENTA, instante)
    numeros = _numeros(sesion, len(grupos))
    limites = _limites_de_despacho(sesion, {vendedor for vendedor, _modalidad in grupos}, instante)
    pedidos = [
        _pedido(compra, grupo, cantidades, numero, limites[vendedor])
        for ((vendedor, _modalidad), grupo), numero in zip(grupos.items(), numeros, strict=True)
    ]
    sesion.add_all(pedidos)
    sesion.flush()
    for pedido, grupo in zip(pedidos, grupos.values(), strict=True):
        sesion.add_all(_linea(pedido, p, cantidades[p.id]) for p in grupo)
        sesion.add(_comision(pedido, tasa))
        sesion.add(PedidoPaso(pedido_id=pedido.id, estado=EstadoPedido.PAGADO, actor=actor.nombre[:200]))
    sesion.flush()
    assert sum((p.total for p in pedidos), bs(0)) == compra.total
    return pedidos


def _limites_de_despacho(sesion: Session, vendedores: set[UUID], instante: datetime) -> dict[UUID, datetime]:
    """The last instant of each seller to dispatch, by the calendar of their own place."""
    limites = {}
    for vendedor in unidades_en_lote(sesion, vendedores).values():
        limite = plazo_de_despacho(sesion, instante, vendedor.municipio_ine).vence_en
        assert limite is not None
        limites[vendedor.id] = limite
    return limites


def _pedido(
    compra: Compra, grupo: list[Producto], cantidades: dict[UUID, int], numero: str, limite: datetime
) -> Pedido:
    uno = grupo[0]
    peso_g = sum(p.peso_g * cantidades[p.id] for p in grupo)
    if uno.modalidad == Modalidad.ENVIO and peso_g > PESO_MAXIMO_PEDIDO_G:
        raise PedidoMuyPesado(
            _("Lo que compra a %(vendedor)s pesa %(kg)s kg y un envío lleva hasta 50 kg: divídalo.")
            % {"vendedor": uno.vendedor_nombre, "kg": -(-peso_g // 1000)}
        )
    return Pedido(
        id=nuevo_id(),
        numero=numero,
        compra_id=compra.id,
        vendedor_id=uno.vendedor_id,
        vendedor_nombre=uno.vendedor_nombre,
        vendedor_numero=uno.vendedor_numero,
        comprador_id=compra.comprador_id,
        modalidad=uno.modalidad,
        total=sum((p.precio * cantidades[p.id] for p in grupo), bs(0)),
        peso_g=peso_g,
        custodia_id=nuevo_id(),
        despachar_hasta=limite,
    )


def _linea(pedido: Pedido, producto: Producto, cantidad: int) -> PedidoLinea:
    return PedidoLinea(
        pedido_id=pedido.id,
        producto_id=producto.id,
        sku=producto.sku,
        titulo=producto.titulo,
        foto=producto.foto,
        unidad_medida=producto.unidad_medida,
        precio=producto.precio,
        cantidad=cantidad,
        importe=producto.precio * cantidad,
    )


def _comision(pedido: Pedido, tasa: ReglaVigente) -> ComisionPedido:
    comision = calcular_comision(pedido.total, tasa)
    return ComisionPedido(
        pedido_id=pedido.id,
        tasa_id=comision.regla_id,
        tasa_pb=comision.tasa_pb,
        monto=comision.monto,
        impuesto_pb=comision.impuesto_pb,
        impuesto=comision.impuesto,
    )


def _numeros(sesion: Session, cuantos: int) -> list[str]:
    """Order numbers with a Damm check digit, which finds every single error and transposition."""
    consulta = text("SELECT nextval('comercio_pedido_numero_seq') FROM generate_series(1, :n)")
    series = sesion.connection().execute(consulta, {"n": cuantos}).scalars()
    return [f"P-{n}-{damm.calc_check_digit(str(n))}" for n in series]


def _poner_en_custodia(sesion: Session, actor: Actor, persona_id: UUID, pedidos: list[Pedido]) -> None:
    """One pending transfer for each order, linked: the buyer pays all of them or none.

    They carry no time-out: the money goes back when the order is cancelled, by somebody or by the sweep of
    orders not dispatched in time, in the same transaction that says so.
    """
    pagador = cuenta_de_persona(sesion, persona_id)
    solicitudes = [
        SolicitudTransferencia(
            id=pedido.custodia_id,
            tipo="pendiente",
            codigo=Codigo.PAGO_PEDIDO,
            debito=pagador,
            credito=cuenta_de_unidad(sesion, pedido.vendedor_id, TipoCuenta.COMERCIO),
            monto=pedido.total,
            referencia=pedido.id,
        )
        for pedido in pedidos
    ]
    exigir_transferencia(sesion, solicitudes, Autorizacion.propia(actor))
