"""The purchase: one transaction reserves the stock, freezes what was sold and puts the money in escrow.

Locks are taken in the order of `bloqueos`: the buyer's cart first (so the same purchase sent twice waits and
finds the first), then products by id (their stock with them), then the ledger's accounts.
"""

import math
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import TextClause, text
from sqlalchemy import select as sql_select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from stdnum import damm

from comercio.agenda import con_cita, donde_atienden
from comercio.agenda.modelos import VarianteConCita
from comercio.carrito import Titular, bloquear_carrito, de_bienes, vaciar_de
from comercio.carrito.modelos import CarritoLinea
from comercio.catalogo import Modalidad
from comercio.compra import eventos
from comercio.compra.cargos import comision_de, del_comprador
from comercio.compra.contra_entrega import exigir_a_solas, exigir_contra_entrega
from comercio.compra.descontar import Descuentos, dejo_de_valer, descuentos_de
from comercio.compra.dinero import custodiar, custodias
from comercio.compra.errores import (
    CarritoVacio,
    CitaDeAUna,
    CompraEnEspera,
    CompraPropia,
    CompraRepetida,
    PedidoMuyPesado,
)
from comercio.compra.esquemas import Factura, SolicitudCompra
from comercio.compra.estados import SIN_PAGO, ClaseDeCargo, EstadoPedido, EstadoServicio, Quien
from comercio.compra.exigir import (
    exigir_activas,
    exigir_ajenos,
    exigir_lo_visto,
    exigir_que_cuesten,
    huella_de,
)
from comercio.compra.modelos import (
    PESO_MAXIMO_EN_MANO_G,
    PESO_MAXIMO_PEDIDO_G,
    Cargo,
    Compra,
    Pedido,
    PedidoLinea,
    PedidoPaso,
    PorteCotizado,
    Servicio,
)
from comercio.compra.plazos import plazo_de_despacho, plazo_para_elegir
from comercio.compra.portes import cargo_de_porte, cobrar_portes, cotizado
from comercio.compra.quien import Comprador, comprador_de
from comercio.compra.recibir import elegir_formas, exigir_lugar
from comercio.custodia import dineros_de, prometer
from comercio.direcciones import EntregaPedida
from comercio.existencias import Apartado, ProductoNoDisponible, reservar, tomar_apartado
from comercio.formas import Forma, FormaDeEntrega, Porte
from comercio.promociones import cupon_de_compra, normalizar, usar_cupon
from empresa_digital.registro import (
    Facultad,
    exigir_facultad,
    identificadores_de,
    lugares,
    unidad_por_id,
)
from nucleo.actor import Actor
from nucleo.auditoria import auditar, auditar_varios
from nucleo.dinero import a_centavos, bs, cero, formato_cantidad
from nucleo.errores import ErrorDominio
from nucleo.eventos import Noticia, publicar_varias
from nucleo.filas import Fila, insertar_filas
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _
from pagos import (
    Operacion,
    comision_vigente,
)

NIT = "BO-NIT"


def comprar(sesion: Session, actor: Actor, solicitud: SolicitudCompra) -> Compra:
    """Buy, all or nothing: on any error nothing has changed, not even within the caller's transaction.

    Raises `CarritoVacio`, `ProductoNoDisponible`, `SinExistencia`, `CompraPropia`, `CambioDePrecio`,
    `CambioDePorte`, `CuponNoVale`, `EntregaInvalida`, `PedidoMuyPesado`, `SinContraEntrega`,
    `CompraRepetida`, and the ledger's errors (`FondosInsuficientes`, `LimiteSuperado`, `LimiteDeMandato`);
    for a unit, `MontoExcedido` and what `comprador_de` does.
    """
    try:
        with sesion.begin_nested():
            paga = solicitud.compromiso.cuenta_id if solicitud.compromiso else None
            comprador = comprador_de(sesion, actor, solicitud.unidad_id, cuenta_de_entidad=paga)
            return _comprar(sesion, actor, comprador, solicitud)
    except IntegrityError as error:
        cambio = _cambio_mientras(error)
        if cambio is None:
            raise
        raise cambio from error


def _cambio_mientras(error: IntegrityError) -> ErrorDominio | None:
    """How what changed since it was looked at is told, if that is why the database refused."""
    if "comercio_pedido_presente" in str(error.orig):
        return ProductoNoDisponible(_("Quien vende se fue de vacaciones: vea en su carrito cuándo vuelve."))
    if "comercio_pedido_ajeno" in str(error.orig):
        return CompraPropia(_("Ahora usted puede vender por una unidad a la que compra: quite lo suyo."))
    if "comercio_compra_reservada" in str(error.orig):
        return CompraRepetida(_("Use un identificador nuevo para una compra distinta."))
    return dejo_de_valer(error)


def _comprar(sesion: Session, actor: Actor, comprador: Comprador, solicitud: SolicitudCompra) -> Compra:
    carrito = bloquear_carrito(sesion, Titular(persona_id=actor.persona_id))
    anterior = sesion.get(Compra, solicitud.id, populate_existing=True)
    if anterior is not None:
        return _la_misma(sesion, anterior, comprador, solicitud)
    if carrito.por_pagar_id is not None and (solicitud.por_pagar or solicitud.lineas is None):
        texto = _("Termine de pagarla, o déjela, antes de comprar otra vez.")
        raise CompraEnEspera(texto, compra_id=str(carrito.por_pagar_id))
    vistos: Mapping[UUID, Money] = {}
    cantidades = _sumar(solicitud.lineas)
    if solicitud.lineas is None:
        cantidades, vistos = _del_carrito(sesion, carrito.id)
    if not cantidades:
        texto = _("Agregue al menos un producto. Si acaba de pagar en otro lado, su compra ya está hecha.")
        raise CarritoVacio(texto)
    apartados = _apartar(sesion, solicitud, cantidades)
    sedes = exigir_activas(sesion, comprador, apartados)
    exigir_ajenos(sesion, actor, comprador, apartados)
    exigir_que_cuesten(apartados)
    con_lugar, formas, portes = _entregas(sesion, solicitud, apartados)
    porte = sum((p.monto for p in portes.values()), cero())
    cupon = solicitud.cupon or (carrito.cupon if solicitud.lineas is None else None)
    descuentos = descuentos_de(sesion, cupon, apartados)
    exigir_lo_visto(solicitud, apartados, vistos, descuentos, porte)
    donde = _donde(sesion, solicitud.entrega, con_lugar=con_lugar)
    compra = _anotar_compra(sesion, comprador, solicitud, apartados, descuentos, porte, donde)
    if descuentos.cupon is not None:
        usar_cupon(sesion, descuentos.cupon, compra.id, comprador.parte_id)
    if comprador.unidad_id is not None:
        exigir_facultad(sesion, actor, comprador.unidad_id, Facultad.COMPRAR, compra.total)
    estado = _nace(comprador, solicitud)
    con_cargos = _anotar_pedidos(sesion, actor, compra, estado, apartados, formas, portes, descuentos, sedes)
    if solicitud.por_pagar:
        carrito.por_pagar_id = compra.id
        auditar(sesion, comprador.autorizacion, "compra.dejar_por_pagar", "comercio_compra", compra.id)
        sesion.flush()
        return compra
    pedidos = [pedido for pedido, _comision, _porte in con_cargos]
    if solicitud.contra_entrega:
        exigir_contra_entrega(sesion, comprador.parte_id, pedidos, formas, compra.municipio_ine or "")
        prometer(sesion, custodias(sesion, comprador, con_cargos))
    else:
        custodiar(sesion, comprador, con_cargos, solicitud.compromiso)
    if solicitud.lineas is None:
        vaciar_de(sesion, carrito, cantidades)
    que = eventos.PEDIDO_CONFIRMADO if estado is EstadoPedido.CONFIRMADO else eventos.PEDIDO_PAGADO
    noticias = [Noticia(que, pedido.id, datos_de(pedido)) for pedido in pedidos]
    publicar_varias(sesion, noticias, comprador.autorizacion)
    resumen = {"total_centavos": a_centavos(compra.total), "pedidos": [p.numero for p in pedidos]}
    auditar_varios(sesion, comprador.autorizacion, "compra.crear", "comercio_compra", {compra.id: resumen})
    sesion.flush()
    return compra


def _apartar(
    sesion: Session, solicitud: SolicitudCompra, cantidades: Mapping[UUID, Decimal]
) -> list[Apartado]:
    sostenido = solicitud.compromiso.sostenido if solicitud.compromiso else None
    if sostenido is None:
        return reservar(sesion, cantidades)
    ((variante_id, cantidad),) = cantidades.items()
    return [tomar_apartado(sesion, variante_id, cantidad, sostenido.existencia_id, sostenido.precio)]


def _nace(comprador: Comprador, solicitud: SolicitudCompra) -> EstadoPedido:
    """How its orders are born, by how they are paid. Raises `SinContraEntrega`."""
    if solicitud.contra_entrega:
        exigir_a_solas(solicitud.por_pagar, comprador.unidad_id is not None, solicitud.regalo is not None)
        return EstadoPedido.CONFIRMADO
    if solicitud.compromiso is not None:
        return EstadoPedido.CONFIRMADO
    return EstadoPedido.POR_PAGAR if solicitud.por_pagar else EstadoPedido.PAGADO


def pedidos_de(sesion: Session, compra_id: UUID) -> list[Pedido]:
    consulta = select(Pedido).where(Pedido.compra_id == compra_id).order_by(col(Pedido.id))
    return list(sesion.exec(consulta))


def datos_de(pedido: Pedido) -> dict[str, str]:
    """What every event of an order carries."""
    return {
        "pedido_id": str(pedido.id),
        "numero": pedido.numero,
        "comprador_parte_id": str(pedido.comprador_parte_id),
        "vendedor_id": str(pedido.vendedor_id),
    }


def _sumar(lineas: tuple[tuple[UUID, Decimal | int], ...] | None) -> dict[UUID, Decimal]:
    """Quantities by variant: the same variant on two lines is one sale of both."""
    suma: dict[UUID, Decimal] = {}
    for variante_id, cantidad in lineas or ():
        assert cantidad > 0
        suma[variante_id] = suma.get(variante_id, Decimal(0)) + cantidad
    return suma


def _del_carrito(sesion: Session, carrito_id: UUID) -> tuple[dict[UUID, Decimal], dict[UUID, Money]]:
    """What a locked cart has, and the prices that were seen."""
    columnas = col(CarritoLinea.variante_id), col(CarritoLinea.cantidad), col(CarritoLinea.precio_visto)
    filas = sesion.execute(sql_select(*columnas).where(col(CarritoLinea.carrito_id) == carrito_id)).all()
    return {i: cantidad for i, cantidad, _visto in filas}, {i: visto for i, _cantidad, visto in filas}


def _la_misma(sesion: Session, compra: Compra, comprador: Comprador, solicitud: SolicitudCompra) -> Compra:
    """The purchase already made with this id, if it is what is being asked for again."""
    iguales = compra.comprador_parte_id == comprador.parte_id
    suyos = pedidos_de(sesion, compra.id)
    iguales &= solicitud.por_pagar or all(p.estado not in SIN_PAGO for p in suyos)
    dinero = dineros_de(sesion, [p.id for p in suyos]).values()
    iguales &= any(d.contra_entrega for d in dinero) == solicitud.contra_entrega
    iguales &= any(d.comprometido for d in dinero) == (solicitud.compromiso is not None)
    iguales &= solicitud.huella in (None, compra.huella)
    iguales &= solicitud.total in (None, compra.total)
    if solicitud.cupon is not None:
        iguales &= normalizar(solicitud.cupon) == cupon_de_compra(sesion, compra.id)
    if iguales and solicitud.lineas is not None:
        consulta = (
            select(col(PedidoLinea.variante_id), col(PedidoLinea.cantidad))
            .join(Pedido, col(Pedido.id) == col(PedidoLinea.pedido_id))
            .where(Pedido.compra_id == compra.id)
        )
        iguales = {fila[0]: fila[1] for fila in sesion.exec(consulta)} == _sumar(solicitud.lineas)
    if not iguales:
        raise CompraRepetida(_("Use un identificador nuevo para una compra distinta."))
    return compra


def _anotar_compra(
    sesion: Session,
    comprador: Comprador,
    solicitud: SolicitudCompra,
    apartados: list[Apartado],
    descuentos: Descuentos,
    porte: Money,
    donde: Mapping[str, Any],
) -> Compra:
    factura = solicitud.factura or _factura_de(sesion, comprador)
    compra = Compra(
        id=solicitud.id,
        comprador_parte_id=comprador.parte_id,
        total=descuentos.total(apartados) + porte,
        huella=huella_de(apartados, descuentos),
        factura_nombre=factura.nombre if factura else None,
        factura_nit=factura.nit if factura else None,
        regalo=solicitud.regalo is not None,
        mensaje=solicitud.regalo.mensaje or "" if solicitud.regalo else "",
        **donde,
    )
    sesion.add(compra)
    sesion.flush()
    return compra


def _donde(sesion: Session, entrega: EntregaPedida, *, con_lugar: bool) -> dict[str, Any]:
    """By whom it is received, and where; of what is picked up no place is kept, even if it was said."""
    quien = {"destinatario": entrega.destinatario, "telefono": entrega.telefono}
    if not con_lugar:
        return quien
    ine = entrega.municipio_ine
    assert ine is not None
    nombre = lugares(sesion, [ine])[ine][:120]
    return quien | {"municipio_ine": ine, "lugar": nombre, "referencia": entrega.referencia}


def _factura_de(sesion: Session, comprador: Comprador) -> Factura | None:
    """A unit that has a NIT is billed with it, unless told otherwise."""
    if comprador.unidad_id is None:
        return None
    nit = identificadores_de(sesion, comprador.unidad_id).get(NIT)
    nombre = unidad_por_id(sesion, comprador.unidad_id).denominacion
    return Factura(nombre=nombre[:200], nit=nit) if nit else None


def _entregas(
    sesion: Session, solicitud: SolicitudCompra, apartados: list[Apartado]
) -> tuple[bool, dict[UUID, Forma], dict[UUID, Porte]]:
    """Whether it is received in a place of who buys, how what each seller of goods sells is, and what that
    costs. Raises `EntregaInvalida`."""
    vendedores = de_bienes((a.opcion, a.cantidad, a.por_pagar) for a in apartados)
    servicios = [a.opcion.id for a in apartados if a.opcion.producto.modalidad == Modalidad.SERVICIO]
    van = len(donde_atienden(sesion, servicios)) < len(servicios)
    con_lugar = van or any(solicitud.formas.get(v) != FormaDeEntrega.RETIRO for v in vendedores)
    destino = exigir_lugar(sesion, solicitud.entrega) if con_lugar else ""
    nombres = {id: v.nombre for id, v in vendedores.items()}
    formas = elegir_formas(sesion, solicitud.formas, nombres, destino)
    return con_lugar, formas, cobrar_portes(sesion, vendedores, formas, destino)


SIN_PORTE = Porte(cero())


def _anotar_pedidos(
    sesion: Session,
    actor: Actor,
    compra: Compra,
    estado: EstadoPedido,
    apartados: list[Apartado],
    formas: Mapping[UUID, Forma],
    portes: Mapping[UUID, Porte],
    descuentos: Descuentos,
    sedes: Mapping[UUID, str | None],
) -> list[tuple[Pedido, Money, Money]]:
    """One order for each seller and way of fulfilling, its lines and its charges frozen; with its commission
    and its postage."""
    grupos: dict[tuple[UUID, str], list[Apartado]] = {}
    for apartado in apartados:
        producto = apartado.opcion.producto
        grupos.setdefault((producto.vendedor_id, producto.modalidad), []).append(apartado)
    citas = _citas(sesion, grupos)
    numeros, instante = _numeros(sesion, len(grupos))
    tasa = comision_vigente(sesion, Operacion.VENTA, instante)
    suyos = [portes[v] if m == Modalidad.ENVIO else SIN_PORTE for v, m in grupos]
    pedidos = [
        _pedido(
            compra,
            grupo,
            numero,
            _limite(sesion, grupo, instante, sedes[vendedor], citas.get((vendedor, modalidad))),
            formas[vendedor] if modalidad == Modalidad.ENVIO else None,
            descuentos.total(grupo),
            porte,
        )
        for ((vendedor, modalidad), grupo), numero, porte in zip(grupos.items(), numeros, suyos, strict=True)
    ]
    for pedido in pedidos:
        pedido.estado = estado
    sesion.add_all(pedidos)
    sesion.flush()
    con_lineas = list(zip(pedidos, grupos.values(), suyos, strict=True))
    lineas = [(_linea(p, a, descuentos.de(a)), a) for p, grupo, _porte in con_lineas for a in grupo]
    insertar_filas(sesion, PedidoLinea, [linea for linea, _a in lineas])
    insertar_filas(sesion, PedidoPaso, [_paso(pedido, actor) for pedido in pedidos])
    donde = donde_atienden(sesion, [c.variante_id for c in citas.values()])
    servicios = [_servicio(p, citas, donde) for p in pedidos if p.modalidad == Modalidad.SERVICIO]
    insertar_filas(sesion, Servicio, servicios)
    comisiones = [comision_de(p, porte.monto, tasa) for p, _grupo, porte in con_lineas]
    de_porte = [c for p, _grupo, porte in con_lineas for c in cargo_de_porte(p, porte)]
    bienes = [_bienes(linea) for linea, _a in lineas]
    rebajas = [c for linea, a in lineas for c in descuentos.cargos(linea, a)]
    insertar_filas(sesion, Cargo, [*bienes, *de_porte, *comisiones, *rebajas])
    insertar_filas(sesion, PorteCotizado, [c for p, _grupo, porte in con_lineas for c in cotizado(p, porte)])
    assert sum((p.total for p in pedidos), bs(0)) == compra.total
    return [(p, c["monto"], porte.monto) for (p, _g, porte), c in zip(con_lineas, comisiones, strict=True)]


def _dias(grupo: list[Apartado]) -> int:
    """How long it takes to make what is made to order: what takes longest."""
    return max(a.opcion.producto.dias_de_elaboracion for a in grupo)


def _citas(
    sesion: Session, grupos: Mapping[tuple[UUID, str], list[Apartado]]
) -> dict[tuple[UUID, str], VarianteConCita]:
    """The orders that need an appointment: each is of one thing, once. Raises `CitaDeAUna`."""
    servicios = {clave: grupo for clave, grupo in grupos.items() if clave[1] == Modalidad.SERVICIO}
    if not servicios:
        return {}
    suyas = con_cita(sesion, [a.opcion.id for grupo in servicios.values() for a in grupo])
    citas = {}
    for clave, grupo in servicios.items():
        lleva = next((suyas[a.opcion.id] for a in grupo if a.opcion.id in suyas), None)
        if lleva is None:
            continue
        if len(grupo) > 1 or grupo[0].cantidad != 1:
            texto = _("Lo de %(vendedor)s se atiende con cita: compre uno, y lo demás en otra compra.")
            raise CitaDeAUna(texto % {"vendedor": grupo[0].opcion.producto.vendedor_nombre})
        citas[clave] = lleva
    return citas


def _limite(
    sesion: Session,
    grupo: list[Apartado],
    instante: datetime,
    lugar: str | None,
    cita: VarianteConCita | None,
) -> datetime:
    """The last instant of its seller to dispatch it, by the calendar of their own place; of what needs an
    appointment, of who buys to choose it."""
    if cita is None:
        limite = plazo_de_despacho(sesion, instante, lugar, _dias(grupo)).vence_en
    else:
        limite = plazo_para_elegir(sesion, instante, lugar).vence_en
    assert limite is not None
    return limite


def _pedido(
    compra: Compra,
    grupo: list[Apartado],
    numero: str,
    limite: datetime,
    forma: Forma | None,
    bienes: Money,
    porte: Porte,
) -> Pedido:
    uno = grupo[0].opcion.producto
    peso_g = math.ceil(sum(a.opcion.variante.peso_g * a.cantidad for a in grupo))
    por_correo = forma is not None and forma.forma is FormaDeEntrega.CORREO
    tope_g = PESO_MAXIMO_PEDIDO_G if por_correo else PESO_MAXIMO_EN_MANO_G
    if peso_g > tope_g:
        texto = (
            _("Lo que compra a %(vendedor)s pesa %(kg)s kg y un envío lleva hasta %(tope)s kg: divídalo.")
            if por_correo
            else _("Lo que compra a %(vendedor)s pesa %(kg)s kg y un pedido llega a %(tope)s kg: divídalo.")
        )
        kilos = {"kg": formato_cantidad(-(-peso_g // 1000)), "tope": formato_cantidad(tope_g // 1000)}
        raise PedidoMuyPesado(texto % {"vendedor": uno.vendedor_nombre, **kilos})
    return Pedido(
        id=nuevo_id(),
        numero=numero,
        compra_id=compra.id,
        vendedor_id=uno.vendedor_id,
        vendedor_nombre=uno.vendedor_nombre,
        vendedor_numero=uno.vendedor_numero,
        comprador_parte_id=compra.comprador_parte_id,
        modalidad=uno.modalidad,
        forma=forma.forma if forma else None,
        indicaciones=forma.indicaciones if forma else "",
        total=bienes + porte.monto,
        gratis_desde=forma.gratis_desde if forma and porte.gratis else None,
        peso_g=peso_g,
        dias_de_elaboracion=_dias(grupo),
        despachar_hasta=limite,
    )


def _linea(pedido: Pedido, apartado: Apartado, descuento: Money) -> Fila:
    producto, variante = apartado.opcion.producto, apartado.opcion.variante
    return {
        "id": nuevo_id(),
        "pedido_id": pedido.id,
        "producto_id": producto.id,
        "variante_id": variante.id,
        "existencia_id": apartado.existencia_id,
        "sku": variante.sku,
        "titulo": producto.titulo,
        "opcion": apartado.opcion.nombre[:200],
        "foto": producto.foto,
        "unidad_medida": variante.unidad_medida,
        "precio": apartado.precio,
        "precio_desde": apartado.precio_desde,
        "cantidad": apartado.cantidad,
        "importe": apartado.importe,
        "descuento": descuento,
        "peso_g": variante.peso_g,
    }


def _paso(pedido: Pedido, actor: Actor) -> Fila:
    quien = {"actor": actor.nombre[:200], "quien": Quien.COMPRADOR, "detalle": ""}
    return {"id": nuevo_id(), "pedido_id": pedido.id, "estado": pedido.estado} | quien


def _servicio(
    pedido: Pedido, citas: Mapping[tuple[UUID, str], VarianteConCita], donde: Mapping[UUID, str]
) -> Fila:
    cita = citas.get((pedido.vendedor_id, pedido.modalidad))
    de_la_cita = {
        "agenda_id": cita.agenda_id if cita else None,
        "duracion_min": cita.duracion_min if cita else None,
        "lugar": donde.get(cita.variante_id, "") if cita else "",
    }
    return {"pedido_id": pedido.id, "estado": EstadoServicio.AGENDADO, "evidencia": ""} | de_la_cita


def _bienes(linea: Fila) -> Fila:
    return del_comprador(linea["pedido_id"], ClaseDeCargo.BIENES, linea["importe"], linea_id=linea["id"])


def _numeros(sesion: Session, cuantos: int) -> tuple[list[str], datetime]:
    """Order numbers with a Damm check digit, which finds every single error and transposition; and now."""
    instante, *series = sesion.connection().execute(_series(cuantos)).one()
    return [f"P-{n}-{damm.calc_check_digit(str(n))}" for n in series], instante


@lru_cache(maxsize=32)
def _series(cuantas: int) -> TextClause:
    siguiente = ", nextval('comercio_pedido_numero_seq')"
    return text(f"SELECT nucleo_ahora(){siguiente * cuantas}")
