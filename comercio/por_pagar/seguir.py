"""What becomes of a purchase that a card or a QR pays: bought once, let go, and its money back when it must.

Everything here may be asked twice, late and in any order: by what the gateway said, by who bought, by the
sweep. Who asks takes the person's cart, then the purchase, then its orders.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from sqlmodel import Session, col, or_, select

from ciudadania import notificar
from comercio.carrito import Titular, bloquear_carrito, vaciar_de
from comercio.catalogo import Modalidad, Opcion, opciones_por_id
from comercio.compra import (
    SIN_PAGO,
    VIDA_PEDIDO,
    VIDA_SERVICIO,
    ClaseDeCargo,
    EstadoPedido,
    EstadoServicio,
    Paga,
    Quien,
    datos_de,
    devolver_cupon,
    plazo_de_despacho,
)
from comercio.compra import eventos as de_compra
from comercio.compra.modelos import Cargo, Pedido, PedidoLinea, PedidoPaso
from comercio.custodia import NuevaCustodia, guardar
from comercio.existencias import SinExistencia, soltar, volver_a_reservar
from comercio.pedidos import AVISO_PEDIDO, servicio_bloqueado
from comercio.por_pagar.asunto import CLASE, SISTEMA
from comercio.por_pagar.banco import atender_al_banco
from comercio.por_pagar.bloqueos import bloquear_por_pagar, bloquear_sus_pedidos
from comercio.por_pagar.comprar import por_pagar_de
from comercio.por_pagar.errores import YaSePago
from comercio.por_pagar.estados import VIDA_POR_PAGAR, EstadoPorPagar, Medio
from comercio.por_pagar.modelos import PorPagar
from empresa_digital.registro import sostener_activas, unidades_en_lote
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.eventos import Noticia, publicar_varias
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import (
    Codigo,
    Cuenta,
    CuentaNoOpera,
    SolicitudTransferencia,
    TipoCuenta,
    cerrar_cuenta_de_asunto,
    cuenta_de_persona,
    cuentas_de_cada_unidad,
    exigir_transferencia,
    obtener_cuenta,
)
from pagos.tarjetas import dejar_de_cobrar, devolver_de_asunto, reclama_un_banco

# How long its account still waits: for what the gateway says late of one that was let go; for the bank of
# whoever paid, which may claim it back during 120 days, of one that was bought.
TARDE = timedelta(days=7)
RECLAMABLE = timedelta(days=120)
OTRA_VEZ = timedelta(hours=1)


def revisar(sesion: Session, compra_id: UUID, *, llego: bool = False, fallo: bool = False) -> bool:
    """Take it where its money and the time say that it is; whether something changed. `llego`: the gateway
    has just said that it was paid, and so one that was let go may still be bought; `fallo`: that it will
    not be."""
    persona_id = sesion.exec(select(PorPagar.persona_id).where(col(PorPagar.compra_id) == compra_id)).one()
    bloquear_carrito(sesion, Titular(persona_id=persona_id))
    fila = bloquear_por_pagar(sesion, compra_id)
    if fila.estado == EstadoPorPagar.CERRADA:  # only what its bank gives back after all
        return fila.medio == Medio.TARJETA and atender_al_banco(sesion, fila)
    espera = fila.estado == EstadoPorPagar.POR_PAGAR
    con_tarjeta = fila.medio == Medio.TARJETA  # what a QR pays is bought as it is paid
    if con_tarjeta and (espera or (llego and fila.pagada_en is None)) and pagada(sesion, fila):
        return True
    if espera:
        vencida = fila.vence_en <= ahora_bd(sesion)
        if vencida or fallo:
            _soltar(sesion, fila, _("No se pagó a tiempo.") if vencida else _("No se cobró la tarjeta."))
        return vencida or fallo
    atendido = atender_al_banco(sesion, fila)
    return _ordenar(sesion, fila) or atendido


def dejar(sesion: Session, actor: Actor, compra_id: UUID) -> None:
    """Who bought gives up what still waits: what is paid after that goes back. Of what ended otherwise
    nothing is written. Raises `CompraPorPagarNoEncontrada`, `YaSePago`."""
    por_pagar_de(sesion, actor, compra_id)
    bloquear_carrito(sesion, Titular(persona_id=actor.persona_id))
    fila = bloquear_por_pagar(sesion, compra_id)
    espera = fila.estado == EstadoPorPagar.POR_PAGAR and not pagada(sesion, fila)
    if fila.pagada_en is not None:
        raise YaSePago(_("Cancele el pedido si ya no lo quiere."))
    ahora = ahora_bd(sesion)
    if not espera or fila.vence_en <= ahora:
        return
    _soltar(sesion, fila, _("Usted la dejó."), actor)
    fila.dejada_en = ahora
    auditar(sesion, actor, "compra.dejar", "comercio_compra", compra_id)
    sesion.flush()


# --- The money came ---------------------------------------------------------------------------------


def pagada(sesion: Session, fila: PorPagar, *, de: int | None = None) -> bool:
    """If its money is there, buy with it, once; False without it, or when it cannot be bought any more. `de`:
    the account that paid its QR."""
    pedidos = bloquear_sus_pedidos(sesion, fila.compra_id)
    total = sum((p.total for p in pedidos), cero())
    if obtener_cuenta(sesion, fila.cuenta).disponible < total:
        return False
    tarde = fila.estado == EstadoPorPagar.SOLTADA
    if fila.dejada_en is not None:
        return False
    if tarde and (_ya_la_compro(sesion, fila, pedidos) or not _sigue_igual(sesion, pedidos)):
        return False
    VIDA_POR_PAGAR.pasar(fila, EstadoPorPagar.PAGADA)
    fila.pagada_en, fila.pagada_de = ahora_bd(sesion), de
    fila.revisar_en = fila.pagada_en + (RECLAMABLE if fila.medio == Medio.TARJETA else OTRA_VEZ)
    _poner_en_custodia(sesion, fila, pedidos)
    _empezar(sesion, pedidos, fila)
    _del_carrito(sesion, fila, pedidos, tarde=tarde)
    noticias = [Noticia(de_compra.PEDIDO_PAGADO, p.id, datos_de(p)) for p in pedidos]
    publicar_varias(sesion, noticias, SISTEMA)
    hechos = {"total_centavos": a_centavos(total), "pedidos": [p.numero for p in pedidos], "tarde": tarde}
    auditar(sesion, SISTEMA, "compra.cobrar", "comercio_compra", fila.compra_id, hechos)
    sesion.flush()
    return True


def _ya_la_compro(sesion: Session, fila: PorPagar, pedidos: Sequence[Pedido]) -> bool:
    """Whether who bought has bought any of it again since, or waits to pay it: nobody wants it twice. Of two
    that were let go, the one that is paid first is bought."""
    variantes = {x.variante_id for x in _lineas(sesion, pedidos)}
    otra = (
        select(Pedido.id)
        .join(PedidoLinea, col(PedidoLinea.pedido_id) == col(Pedido.id))
        .outerjoin(PorPagar, col(PorPagar.compra_id) == col(Pedido.compra_id))
        .where(
            col(Pedido.comprador_parte_id) == pedidos[0].comprador_parte_id,
            col(Pedido.compra_id) != fila.compra_id,
            or_(col(Pedido.creado_en) > fila.creada_en, col(PorPagar.pagada_en) > fila.creada_en),
            col(Pedido.estado).not_in([EstadoPedido.CANCELADO, EstadoPedido.NO_PAGADO]),
            col(PedidoLinea.variante_id).in_(variantes),
        )
    )
    return sesion.exec(otra.limit(1)).first() is not None


def _sigue_igual(sesion: Session, pedidos: Sequence[Pedido]) -> bool:
    """Whether all of what was let go is still there, on sale, for the same; then it is reserved again. A
    coupon was given back, so what was bought with one is not the same any more; nor is a service."""
    if any(p.modalidad == Modalidad.SERVICIO for p in pedidos):
        return False
    lineas = _lineas(sesion, pedidos)
    vendedores = {p.vendedor_id for p in pedidos}
    try:
        with sesion.begin_nested():
            volver_a_reservar(sesion, _por_existencia(lineas))
            opciones = opciones_por_id(sesion, {x.variante_id for x in lineas})
            activas = sostener_activas(sesion, vendedores)
            if activas.keys() != vendedores or not all(_se_vende(x, opciones[x.variante_id]) for x in lineas):
                raise SinExistencia
    except SinExistencia:
        return False
    return True


def _se_vende(linea: PedidoLinea, opcion: Opcion) -> bool:
    """Whether so much of it costs today what it did, and is on sale."""
    importe, cuesta = opcion.importe(linea.cantidad), opcion.por_pagar(linea.cantidad)
    return opcion.a_la_venta and (importe, cuesta) == (linea.importe, linea.costo)


def _poner_en_custodia(sesion: Session, fila: PorPagar, pedidos: Sequence[Pedido]) -> None:
    """Each order into an account of its own, linked, out of the purchase's."""
    cuentas = cuentas_de_cada_unidad(sesion, {p.vendedor_id for p in pedidos}, TipoCuenta.COMERCIO)
    cargos = sesion.exec(select(Cargo).where(col(Cargo.pedido_id).in_([p.id for p in pedidos]))).all()
    comision = {c.pedido_id: c.monto for c in cargos if c.clase == ClaseDeCargo.COMISION}
    porte = {
        c.pedido_id: c.monto for c in cargos if c.clase == ClaseDeCargo.PORTE and c.paga == Paga.COMPRADOR
    }
    nuevas = [
        NuevaCustodia(
            pedido_id=p.id,
            monto=p.total,
            comision=comision[p.id],
            cuenta_comprador=fila.cuenta,
            cuenta_vendedor=cuentas[p.vendedor_id],
            porte=porte.get(p.id, cero()),
        )
        for p in pedidos
    ]
    guardar(sesion, SISTEMA, nuevas, Codigo.CUSTODIA)


def _empezar(sesion: Session, pedidos: Sequence[Pedido], fila: PorPagar) -> None:
    """The orders are paid: from now on runs the term of who sells."""
    assert fila.pagada_en is not None
    sedes = {
        u.id: u.municipio_ine for u in unidades_en_lote(sesion, {p.vendedor_id for p in pedidos}).values()
    }
    for pedido in pedidos:
        # A service has its term, or its appointment, since it was asked.
        if pedido.modalidad != Modalidad.SERVICIO:
            limite = plazo_de_despacho(
                sesion, fila.pagada_en, sedes[pedido.vendedor_id], pedido.dias_de_elaboracion
            ).vence_en
            assert limite is not None
            pedido.despachar_hasta = limite
        _pasar(sesion, pedido, EstadoPedido.PAGADO)
    sesion.flush()


def _del_carrito(sesion: Session, fila: PorPagar, pedidos: Sequence[Pedido], *, tarde: bool) -> None:
    carrito = bloquear_carrito(sesion, Titular(persona_id=fila.persona_id))
    if tarde or carrito.por_pagar_id == fila.compra_id:
        if carrito.por_pagar_id == fila.compra_id:
            carrito.por_pagar_id = None
        if fila.del_carrito:
            vaciar_de(sesion, carrito, {x.variante_id for x in _lineas(sesion, pedidos)})


# --- It did not -------------------------------------------------------------------------------------


def _soltar(sesion: Session, fila: PorPagar, motivo: str, quien: Actor | None = None) -> None:
    """Nothing is reserved for it any more, its coupon may be used again, and the cart is as it was. `quien`
    bought and gave it up; without, time or the gateway did."""
    pedidos = bloquear_sus_pedidos(sesion, fila.compra_id)
    for pedido in pedidos:
        _pasar(sesion, pedido, EstadoPedido.NO_PAGADO, motivo, quien)
    for pedido in pedidos:
        devolver_cupon(sesion, pedido)
        if pedido.modalidad == Modalidad.SERVICIO:
            _anular_servicio(sesion, pedido)
    soltar(sesion, _por_existencia(_lineas(sesion, pedidos)))
    VIDA_POR_PAGAR.pasar(fila, EstadoPorPagar.SOLTADA)
    fila.revisar_en = ahora_bd(sesion) + (TARDE if fila.medio == Medio.TARJETA else OTRA_VEZ)
    carrito = bloquear_carrito(sesion, Titular(persona_id=fila.persona_id))
    if carrito.por_pagar_id == fila.compra_id:
        carrito.por_pagar_id = None
    sesion.flush()
    if fila.medio == Medio.TARJETA:
        dejar_de_cobrar(sesion, fila.compra_id)
    auditar(sesion, SISTEMA, "compra.soltar", "comercio_compra", fila.compra_id, {"motivo": motivo})
    _avisar(
        sesion,
        fila,
        _("Su compra no se pagó"),
        _("%(motivo)s Nada queda apartado y su carrito está como estaba: puede comprarlo otra vez.")
        % {"motivo": motivo},
    )


# --- What is left in its account --------------------------------------------------------------------


def _ordenar(sesion: Session, fila: PorPagar) -> bool:
    """What it has goes back to who paid; without anything, and late enough, its account is closed."""
    ahora, cuenta = ahora_bd(sesion), obtener_cuenta(sesion, fila.cuenta)
    if cuenta.disponible > cero():
        vuelve = _devolver(sesion, fila, cuenta)
        fila.revisar_en = ahora + OTRA_VEZ
        sesion.flush()
        return vuelve
    hasta = _hasta(fila)
    if cuenta.saldo > cero() or cuenta.creditos_pendientes > cero() or not _terminaron(sesion, fila):
        fila.revisar_en = ahora + OTRA_VEZ if cuenta.saldo > cero() else max(hasta, ahora + timedelta(days=1))
        sesion.flush()
        return False
    if hasta > ahora or reclama_un_banco(sesion, fila.compra_id):
        fila.revisar_en = max(hasta, ahora + OTRA_VEZ)
        sesion.flush()
        return False
    VIDA_POR_PAGAR.pasar(fila, EstadoPorPagar.CERRADA)
    fila.revisar_en, fila.terminada_en = None, ahora
    sesion.flush()
    auditar(sesion, SISTEMA, "compra.cerrar", "comercio_compra", fila.compra_id)
    cerrar_cuenta_de_asunto(sesion, CLASE, fila.compra_id)
    return True


def _hasta(fila: PorPagar) -> datetime:
    """Until when money of others than its orders may still come into its account, or be asked of it."""
    if fila.medio == Medio.QR:
        return fila.pagada_en or fila.vence_en
    return fila.pagada_en + RECLAMABLE if fila.pagada_en else fila.vence_en + TARDE


def _devolver(sesion: Session, fila: PorPagar, cuenta: Cuenta) -> bool:
    """To the card, or if it takes nothing back to the wallet. Not while its bank claims it. What a QR paid,
    to the account that paid."""
    monto, textos = cuenta.disponible, {"monto": formato_bs(cuenta.disponible)}
    a_la_tarjeta: bool | None = False
    if fila.medio == Medio.TARJETA:
        a_la_tarjeta = devolver_de_asunto(
            sesion, fila.compra_id, id=nuevo_id(), monto=monto, nota=_("Devolución de una compra")
        )
    if a_la_tarjeta is None:
        return False
    if not a_la_tarjeta:
        try:
            exigir_transferencia(
                sesion,
                SolicitudTransferencia(
                    id=uuid5(fila.compra_id, f"vuelve.{a_centavos(cuenta.debitos_contabilizados)}"),
                    codigo=Codigo.DEVOLUCION,
                    debito=fila.cuenta,
                    credito=_de_quien_pago(sesion, fila),
                    monto=monto,
                    referencia=fila.compra_id,
                ),
                SISTEMA,
            )
        except CuentaNoOpera:
            return False
    hechos = {"centavos": a_centavos(monto), "a_la_tarjeta": a_la_tarjeta}
    auditar(sesion, SISTEMA, "compra.devolver", "comercio_compra", fila.compra_id, hechos)
    if fila.medio == Medio.QR:
        asunto = _("Devolvimos %(monto)s de su compra con QR") % textos
        _avisar(sesion, fila, asunto, _("Volvieron a la cuenta que pagó con el código."))
        return True
    asunto = _("Le devolvemos %(monto)s de su compra con tarjeta") % textos
    if fila.dejada_en is not None:
        cuerpo = _("Su pago llegó después de que dejó la compra: no se compró nada.")
    elif fila.pagada_en is None:
        cuerpo = _("Su pago llegó cuando la compra ya no esperaba, y lo que llevaba cambió o se vendió.")
    else:
        cuerpo = _("Es lo que se canceló o se le devolvió de su compra.")
    destino = (
        _("Vuelve a la tarjeta con que pagó; su banco puede tardar unos días en mostrarlo.")
        if a_la_tarjeta
        else _("La tarjeta ya no lo recibe: está en su billetera.")
    )
    _avisar(sesion, fila, asunto, f"{cuerpo} {destino}")
    return True


def _de_quien_pago(sesion: Session, fila: PorPagar) -> int:
    if fila.pagada_de is not None and not obtener_cuenta(sesion, fila.pagada_de).cerrada:
        return fila.pagada_de
    return cuenta_de_persona(sesion, fila.persona_id)


def _terminaron(sesion: Session, fila: PorPagar) -> bool:
    vivos = select(Pedido.id).where(
        col(Pedido.compra_id) == fila.compra_id, col(Pedido.estado).not_in(sorted(VIDA_PEDIDO.fines))
    )
    return sesion.exec(vivos.limit(1)).first() is None


# --- Parts ------------------------------------------------------------------------------------------


def _anular_servicio(sesion: Session, pedido: Pedido) -> None:
    servicio = servicio_bloqueado(sesion, pedido)
    VIDA_SERVICIO.pasar(servicio, EstadoServicio.ANULADO)
    servicio.terminado_en = ahora_bd(sesion)
    sesion.flush()


def _lineas(sesion: Session, pedidos: Sequence[Pedido]) -> Sequence[PedidoLinea]:
    consulta = select(PedidoLinea).where(col(PedidoLinea.pedido_id).in_([p.id for p in pedidos]))
    return sesion.exec(consulta.order_by(col(PedidoLinea.id))).all()


def _por_existencia(lineas: Sequence[PedidoLinea]) -> dict[UUID, Decimal]:
    return {x.existencia_id: x.cantidad for x in lineas}


def _pasar(
    sesion: Session, pedido: Pedido, nuevo: EstadoPedido, detalle: str = "", quien: Actor | None = None
) -> None:
    """One step of an order that is not paid yet; every other one is `pedidos`'. `quien`: who bought it, if
    they took it."""
    assert pedido.estado in SIN_PAGO
    VIDA_PEDIDO.pasar(pedido, nuevo, salvo=pedido.estado == EstadoPedido.NO_PAGADO)
    pedido.version += 1
    pedido.actualizado_en = ahora_bd(sesion)
    sesion.add(
        PedidoPaso(
            pedido_id=pedido.id,
            estado=nuevo,
            actor=(quien or SISTEMA.actor).nombre[:200],
            quien=Quien.COMPRADOR if quien else Quien.PLATAFORMA,
            detalle=detalle,
            ocurrio_en=pedido.actualizado_en,
        )
    )
    sesion.flush()


def _avisar(sesion: Session, fila: PorPagar, asunto: str, cuerpo: str) -> None:
    notificar(
        sesion,
        persona_id=fila.persona_id,
        asunto=asunto,
        cuerpo=cuerpo,
        enlace=f"/compras-por-pagar/{fila.compra_id}",
        clase=AVISO_PEDIDO,
    )
