"""Whatever a purchase costs, by price tiers, a promotion, a coupon, decimal quantities and postage, and
whatever of it is cancelled, claimed, given back or exchanged: to the centavo, what is charged is its total,
what is held and what the ledger moved; and all of it ends somewhere.

What it must cost is worked here apart, in whole numbers. `QHATU_PRUEBAS_COMERCIO=10000` (as `make caos` does)
tells 250 stories; the suite, some.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from comercio.catalogo.esquemas import Escalon, VarianteCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.opciones import opciones_por_id
from comercio.catalogo.variar import editar_variante
from comercio.compra import VIDA_PEDIDO
from comercio.compra.hacer import pedidos_de
from comercio.compra.modelos import Cargo, Pedido, PedidoLinea
from comercio.custodia.modelos import Custodia
from comercio.custodia.verificar import custodias
from comercio.formas import Cobro, FormaDeEntrega, declarar
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores, tareas
from comercio.pedidos.lineas import LineaDePedido, lineas_del_pedido, paquetes_de
from comercio.pedidos.verificar import pedidos as verificar_pedidos
from comercio.promociones.crear import mover_cupon, mover_promocion
from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.modelos import Cupon, Promocion
from comercio.promociones.verificar import promociones as verificar_promociones
from comercio.reclamos import cambiar, reclamar
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos.consultas import cambio_de, reclamadas, reclamos_del_pedido
from comercio.reclamos.estados import MotivoReclamo as M
from comercio.reclamos.tareas import vencer_reclamos
from comercio.reclamos.verificar import verificar_reclamos
from envios.eventos.tareas import revisar_vencidos, vencer_anulaciones
from nucleo import reloj as modulo
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, cero, de_centavos
from nucleo.errores import ErrorDominio
from nucleo.eventos import entregar_pendientes
from pagos import TipoCuenta, cuenta_de_sistema, cuenta_de_unidad, movido_de_asuntos, saldo
from pagos.libro.asuntos import verificar_asuntos
from pagos.libro.verificar import verificar_libro
from tests.comercio.conftest import Mercado
from tests.comercio.portes.conftest import Tarifas
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

assert manejadores  # they listen
assert de_reclamos
HISTORIAS = int(os.environ.get("QHATU_PRUEBAS_COMERCIO", "0")) // 40
PESO_G = 400
PB = 10_000
MEDIDAS = ("unidad", "kg", "metro")
Rebaja = tuple[str, int] | None  # ("porcentaje", hundredths of one per cent) or ("monto", centavos)


def redondo(exacto: Fraction) -> int:
    """Half up."""
    return floor(exacto + Fraction(1, 2))


@dataclass(frozen=True)
class Linea:
    """So much of something: prices in centavos, the quantity in ten thousandths of its measure."""

    medida: str
    precio: int
    escala: tuple[tuple[int, int], ...]  # from so many ten thousandths on, the price of one
    cantidad: int
    ajena: bool  # of another seller, without promotion, coupon or postage

    def sin_nada(self, cantidad: int | None = None) -> int:
        """The price of one when so much is bought, without discounts."""
        n = self.cantidad if cantidad is None else cantidad
        return ([self.precio] + [p for desde, p in self.escala if desde <= n])[-1]

    def rebajado(self, promo: Rebaja, cantidad: int | None = None) -> int:
        """The same, with a promotion: it leaves something of each price, or nothing happens to that one."""
        n = self.cantidad if cantidad is None else cantidad
        precios = [self.precio] + [p for desde, p in self.escala if desde <= n]
        if promo is None or self.ajena:
            return precios[-1]
        quedan = [p - _quita(promo, p) for p in precios]
        return min(q if q > 0 else p for q, p in zip(quedan, precios, strict=True))

    def por(self, precio: int) -> int:
        return redondo(Fraction(precio * self.cantidad, PB))


def _quita(rebaja: tuple[str, int], de: int) -> int:
    clase, valor = rebaja
    return valor if clase == "monto" else redondo(Fraction(de * valor, PB))


@st.composite
def _lineas(draw: Any) -> tuple[Linea, ...]:
    lineas = []
    for n in range(draw(st.integers(1, 3))):
        medida = draw(st.sampled_from(MEDIDAS))
        precio = draw(st.one_of(st.integers(1, 40), st.integers(41, 4_000)))
        precios = sorted(draw(st.sets(st.integers(1, max(precio - 1, 1)), max_size=3)), reverse=True)
        desdes = sorted(draw(st.lists(st.integers(2, 12), min_size=3, max_size=3, unique=True)))
        escala = tuple((d * PB, p) for d, p in zip(desdes, precios, strict=False) if p < precio)
        enteros = st.integers(1, 12).map(lambda n: n * PB)
        cantidad = draw(enteros if medida == "unidad" else st.one_of(enteros, st.integers(1, 12 * PB)))
        lineas.append(Linea(medida, precio, escala, cantidad, ajena=n == 2))
    return tuple(lineas)


_rebaja: st.SearchStrategy[Rebaja] = st.one_of(
    st.none(),
    st.tuples(st.just("porcentaje"), st.integers(100, 9_000)),
    st.tuples(st.just("monto"), st.integers(1, 5_000)),
)
Paso = tuple[str, int, int]
_QUE = [
    *("cancela_compra", "cancela_vende", "cancela_vende", "despacha", "despacha_parte", "admite", "entrega"),
    *("entrega", "vuelve", "reclama", "reclama", "reclama_parte", "acepta", "ofrece", "toma", "retira"),
    *("cambia", "manda", "admite_cambio", "entrega_cambio", "conforme", "oye"),
]
_pasos: st.SearchStrategy[Paso] = st.tuples(st.sampled_from(_QUE), st.integers(0, 2), st.integers(1, 4))
_LLEGA: list[Paso] = [("despacha", 0, 4), ("admite", 0, 1), ("entrega", 0, 1), ("oye", 0, 1)]
_guiones: tuple[list[Paso], ...] = (
    [],
    [("cancela_vende", 0, 1), ("cancela_vende", 0, 2)],
    _LLEGA,
    [("cancela_vende", 0, 2), *_LLEGA, ("reclama_parte", 0, 2)],
    [*_LLEGA, ("reclama_parte", 0, 2), ("ofrece", 0, 1)],
    [*_LLEGA, ("reclama_parte", 0, 1), ("cambia", 0, 1), ("toma", 0, 1), ("manda", 0, 1)],
)
_historias = st.builds(
    lambda guion, resto: guion + resto, st.sampled_from(_guiones), st.lists(_pasos, max_size=6)
)


@dataclass
class Puesto:
    """A shop that promotes and gives coupons, and another one that does not."""

    mercado: Mercado
    otra: Any

    def publicar(self, linea: Linea) -> Producto:
        campos = {"unidad_id": self.otra.id} if linea.ajena else {}
        producto = self.mercado.publicar(
            "Tela", precio=_bs(linea.precio), unidad_medida=linea.medida, existencia=1_000, **campos
        )
        escala = [Escalon(desde=_cuanto(d), precio=de_centavos(p)) for d, p in linea.escala]
        variante = self.mercado.variante(producto)
        with transaccion() as sesion:
            version = sesion.get_one(Producto, producto.id).version
            cambios = VarianteCambios(precios_por_cantidad=escala)
            editar_variante(sesion, self.mercado.actor_vendedor, producto.id, variante, version, cambios)
        return producto


def _bs(centavos: int) -> str:
    return f"{centavos // 100}.{centavos % 100:02}"


def _cuanto(diezmilesimos: int) -> Decimal:
    return Decimal(diezmilesimos) / PB


@dataclass(frozen=True)
class Cuesta:
    """What a purchase must cost, in centavos: of each line what it is, and what is paid before the coupon;
    what that takes off in all, and the postage."""

    sin_descuento: list[int]
    rebajadas: list[int]
    del_cupon: int
    porte: int

    @property
    def total(self) -> int:
        return sum(self.rebajadas) - self.del_cupon + self.porte


def cuesta(lineas: tuple[Linea, ...], promo: Rebaja, cupon: Rebaja) -> Cuesta:
    rebajadas = [x.por(x.rebajado(promo)) for x in lineas]
    suyas = [n for x, n in zip(lineas, rebajadas, strict=True) if not x.ajena]
    del_cupon = min(_quita(cupon, sum(suyas)), sum(suyas) - len(suyas)) if cupon is not None else 0
    peso_g = ceil(sum(Fraction(PESO_G * x.cantidad, PB) for x in lineas if not x.ajena))
    porte = 1_000 + 250 * max(0, ceil(Fraction(peso_g - 1_000, 1_000)))
    return Cuesta([x.por(x.sin_nada()) for x in lineas], rebajadas, del_cupon, porte)


class Cuento:
    """A purchase, and what becomes of its order of the shop that promotes (0) and of the other one (1)."""

    def __init__(self, puesto: Puesto, comprador: Actor, cuenta: int, compra_id: UUID) -> None:
        self.m, self.comprador, self.cuenta = puesto.mercado, comprador, cuenta
        self.cuentas = [_cuenta_de(u.id) for u in (puesto.mercado.unidad, puesto.otra)]
        with transaccion() as sesion:
            suyos = sorted(
                pedidos_de(sesion, compra_id), key=lambda p: p.vendedor_id != puesto.mercado.unidad.id
            )
            self.pedidos = [p.id for p in suyos]
            self.total = sum((p.total for p in suyos), cero())
        self.antes = self.dinero()

    def dinero(self) -> Any:
        """What buyer, sellers and market have together."""
        with transaccion() as sesion:
            todas = [self.cuenta, *self.cuentas, cuenta_de_sistema(sesion, TipoCuenta.COMISION)]
            return sum((saldo(sesion, c) for c in todas), cero())

    def parte(self, linea: LineaDePedido, cuartos: int, de: Decimal) -> dict[UUID, Decimal]:
        """So many fourths of what there is of a line, in its measure."""
        exacta = de * cuartos / 4
        medida = Decimal(1) if linea.fila.unidad_medida == "unidad" else Decimal("0.0001")
        return {linea.fila.id: exacta.quantize(medida, ROUND_UP)}

    def hacer(self, sesion: Session, que: str, cual: int, cuartos: int) -> None:
        pedido = self.pedidos[cual % len(self.pedidos)]
        vende, compra, operador = self.m.actor_vendedor, self.comprador, self.m.operador.id
        lineas = lineas_del_pedido(sesion, pedido)
        linea = lineas[cual % len(lineas)]
        suelta, viva = self.parte(linea, cuartos, linea.suelta), self.parte(linea, cuartos, linea.viva)
        if que.startswith("cancela"):
            pedidos.cancelar(sesion, vende if que == "cancela_vende" else compra, pedido, "Porque sí", suelta)
        elif que.startswith("despacha"):
            pedidos.despachar(sesion, vende, pedido, operador, suelta if que == "despacha_parte" else None)
        elif que in ("admite", "entrega", "vuelve"):
            for paquete in paquetes_de(sesion, pedido)[-1:]:
                codigo = {"admite": "EMA", "entrega": "EMI"}.get(que, que)
                self.m.evento(sesion, paquete.envio_id, codigo)  # type: ignore[arg-type]
        elif que == "reclama":
            reclamar.abrir(sesion, compra, pedido, (M.DANADO, M.DESISTIMIENTO)[cuartos % 2], "No está bien")
        elif que == "reclama_parte":
            reclamar.abrir(sesion, compra, pedido, M.NO_ES_LO_DESCRITO, "No está bien", cantidades=viva)
        elif que == "conforme":
            pedidos.dar_conformidad(sesion, compra, pedido)
        else:
            self.con_reclamo(sesion, que, pedido, cuartos)

    def con_reclamo(self, sesion: Session, que: str, pedido: UUID, cuartos: int) -> None:
        vende, compra = self.m.actor_vendedor, self.comprador
        for reclamo in reclamos_del_pedido(sesion, pedido)[:1]:
            if que == "acepta":
                reclamar.responder(sesion, vende, reclamo.id, "Respondo", None, True)
            elif que == "ofrece":
                ofrece = de_centavos(max(1, a_centavos(reclamo.pedido_monto) * cuartos // 5))
                reclamar.responder(sesion, vende, reclamo.id, "Respondo", ofrece, False)
            elif que == "toma":
                reclamar.aceptar_oferta(sesion, compra, reclamo.id)
            elif que == "retira":
                reclamar.retirar(sesion, compra, reclamo.id)
            elif que == "cambia":
                variante = reclamadas(sesion, reclamo.id)[0][0].variante_id
                cambiar.ofrecer_cambio(sesion, vende, reclamo.id, variante, "Le mando otra")
            elif que == "manda":
                cambiar.mandar_cambio(sesion, vende, reclamo.id, self.m.operador.id)
            else:
                cambio = cambio_de(sesion, reclamo.id)
                if cambio is not None and cambio.envio_id is not None:
                    self.m.evento(sesion, cambio.envio_id, "EMA" if que == "admite_cambio" else "EMI")

    def barrer(self) -> None:
        revisar_vencidos()
        vencer_anulaciones()
        entregar_pendientes()
        for tarea in (
            *(tareas.cancelar_vencidos, tareas.dar_por_perdidos, tareas.liberar_vencidas, vencer_reclamos),
        ):
            tarea()

    def cuadra(self) -> None:
        """Nothing below zero, no more back than was paid, of a line nor of the order; held is the rest."""
        with transaccion() as sesion:
            for pedido_id in self.pedidos:
                pedido, custodia = sesion.get_one(Pedido, pedido_id), sesion.get_one(Custodia, pedido_id)
                movido = movido_de_asuntos(sesion, "pedido", [pedido_id])[pedido_id]
                assert sum((x.monto if x.entra else -x.monto for x in movido), cero()) == custodia.queda
                salio = custodia.devuelto + custodia.al_vendedor + custodia.comision_cobrada
                assert custodia.monto == pedido.total == salio + custodia.queda
                partes = (custodia.devuelto, custodia.al_vendedor, custodia.comision_cobrada, custodia.queda)
                assert min(partes) >= cero()
                for linea in lineas_del_pedido(sesion, pedido_id):
                    assert cero() <= linea.devuelto <= linea.fila.costo
                    assert cero() <= linea.importe_vivo <= linea.fila.costo
                assert custodia.estado != "devuelta" or custodia.devuelto == pedido.total
                if pedido.estado == "cancelado":
                    assert custodia.devuelto == pedido.total


def _cuenta_de(unidad_id: UUID) -> int:
    with transaccion() as sesion:
        return cuenta_de_unidad(sesion, unidad_id, TipoCuenta.COMERCIO)


@pytest.fixture
def puesto(mercado: Mercado, crear_unidad: Callable[..., Any], tarifas: Tarifas) -> Puesto:
    otra = crear_unidad("Otra", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    tarifas()
    with transaccion() as sesion:
        correo = {FormaDeEntrega.CORREO: ""}
        declarar(sesion, mercado.actor_vendedor, mercado.unidad.id, correo, Cobro(correo=True))
    return Puesto(mercado, otra)


def nunca_mas_caro(sesion: Session, linea: Linea, promo: Rebaja, variante: UUID) -> None:
    """Of more, one costs what its step says, and never more than of less."""
    opcion = opciones_por_id(sesion, [variante])[variante]
    cantidades = sorted({PB, linea.cantidad, *(d for d, _p in linea.escala)})
    for n in cantidades:
        assert a_centavos(opcion.precio_de(_cuanto(n))) == linea.sin_nada(n)
        assert a_centavos(opcion.rebajado_de(_cuanto(n))) == linea.rebajado(promo, n)
    for antes, n in pairwise(cantidades):
        assert opcion.rebajado_de(_cuanto(n)) <= opcion.rebajado_de(_cuanto(antes)) <= opcion.variante.precio


def se_cobra_lo_que_cuesta(compra_id: UUID, debe: Cuesta, lineas: tuple[Linea, ...]) -> None:
    """Charges, lines, orders, purchase, custody and ledger say the same."""
    with transaccion() as sesion:
        suyos = pedidos_de(sesion, compra_id)
        ids = [p.id for p in suyos]
        de_ella = select(Cargo).where(col(Cargo.pedido_id).in_(ids), Cargo.paga == "comprador")
        cargos = sesion.exec(de_ella.order_by(col(Cargo.id))).all()
        filas = sesion.exec(select(PedidoLinea).where(col(PedidoLinea.pedido_id).in_(ids))).all()
        retenido = [a_centavos(sesion.get_one(Custodia, id).monto) for id in ids]
        movido = movido_de_asuntos(sesion, "pedido", ids)
        assert sum(a_centavos(c.monto) for c in cargos) == debe.total
        assert sum(a_centavos(p.total) for p in suyos) == sum(retenido) == debe.total
        assert [a_centavos(m.monto) for id in ids for m in movido[id]] == retenido
        assert sorted(a_centavos(f.importe) for f in filas) == sorted(debe.sin_descuento)
        assert sum(a_centavos(f.costo) for f in filas) == sum(debe.rebajadas) - debe.del_cupon
        assert all(f.costo > cero() for f in filas)
        de_porte = [a_centavos(c.monto) for c in cargos if c.clase == "porte"]
        assert de_porte == ([debe.porte] if any(not x.ajena for x in lineas) else [])


@settings(
    max_examples=HISTORIAS or 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(_lineas(), _rebaja, _rebaja, _historias)
@example(  # thirds of a centavo everywhere, and a part of it after another
    (Linea("kg", 333, ((3 * PB, 299),), 33_333, False), Linea("unidad", 7, (), 3 * PB, False)),
    ("porcentaje", 3_333),
    ("porcentaje", 3_333),
    [("cancela_vende", 0, 1), ("cancela_vende", 1, 2), *_LLEGA, ("reclama_parte", 0, 2), ("acepta", 0, 1)],
)
@example(  # a coupon for more than it all costs leaves a centavo of each line
    (Linea("kg", 100, (), 4 * PB, False), Linea("metro", 1, (), PB, False), Linea("kg", 10, (), PB, True)),
    ("monto", 99),
    ("monto", 5_000),
    [("cancela_vende", 0, 1), ("cancela_vende", 0, 1), ("cancela_compra", 0, 4)],
)
@example(  # a promotion that would leave the price of two in nothing: two cost each what one does
    (Linea("unidad", 100, ((2 * PB, 50),), 3 * PB, False),),
    ("monto", 60),
    None,
    [*_LLEGA, ("reclama", 0, 2), ("ofrece", 0, 2)],
)
def test_ni_un_centavo_se_pierde(
    puesto: Puesto,
    promo: Callable[..., Promocion],
    cupon: Callable[..., Cupon],
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    con_saldo: Callable[..., int],
    lineas: tuple[Linea, ...],
    rebaja: Rebaja,
    del_cupon: Rebaja,
    historia: list[Paso],
) -> None:
    modulo.fijar_desfase(timedelta(0))
    mercado, persona = puesto.mercado, crear_persona("Quien compra")
    cuenta = con_saldo(persona, "2000.00")
    productos = [puesto.publicar(x) for x in lineas]
    variantes = [mercado.variante(p) for p in productos]
    suyas = [str(v) for v, x in zip(variantes, lineas, strict=True) if not x.ajena]
    hechas: list[tuple[Any, UUID]] = []
    if rebaja is not None:
        campos = {"clase": rebaja[0], "cuanto": _bs(rebaja[1]), "alcance": "elegidos", "variantes": suyas}
        hechas.append((mover_promocion, promo(**campos).id))
    debe, codigo = cuesta(lineas, rebaja, del_cupon), None
    if del_cupon is not None and debe.del_cupon > 0:
        codigo = f"C{persona.id.hex[-12:].upper()}"
        dado = cupon(clase=del_cupon[0], cuanto=_bs(del_cupon[1]), codigo=codigo)
        hechas.append((mover_cupon, dado.id))
    with transaccion() as sesion:
        for linea, variante in zip(lineas, variantes, strict=True):
            nunca_mas_caro(sesion, linea, rebaja, variante)
    pedidas = [(p, _cuanto(x.cantidad)) for p, x in zip(productos, lineas, strict=True)]
    if not all(debe.rebajadas):  # it would not come to a centavo
        with pytest.raises(ErrorDominio):
            mercado.comprar(*pedidas, actor=actor_de(persona), cupon=codigo, porte=de_centavos(debe.porte))
    else:
        compra = mercado.comprar(
            *pedidas, actor=actor_de(persona), cupon=codigo, porte=de_centavos(debe.porte)
        )
        assert a_centavos(compra.total) == debe.total
        se_cobra_lo_que_cuesta(compra.id, debe, lineas)
        _contar(Cuento(puesto, actor_de(persona), cuenta, compra.id), historia)
    modulo.fijar_desfase(timedelta(0))
    with transaccion() as sesion:
        for mover, id in hechas:
            mover(sesion, mercado.actor_vendedor, id, EstadoPromocion.TERMINADA)


def _contar(cuento: Cuento, historia: list[Paso]) -> None:
    for que, cual, cuartos in historia:
        try:
            with transaccion() as sesion:
                if que != "oye":
                    cuento.hacer(sesion, que, cual, cuartos)
        except ErrorDominio:
            pass  # refused: what it left behind is judged below
        if que == "oye":
            entregar_pendientes()
        cuento.cuadra()
    for _ in range(4):  # nobody does anything any more
        cuento.barrer()
        cuento.cuadra()
        cuento.m.reloj.adelantar(timedelta(days=40))
    with transaccion() as sesion:
        finales = {p.estado for p in sesion.exec(select(Pedido).where(col(Pedido.id).in_(cuento.pedidos)))}
    assert finales <= VIDA_PEDIDO.fines
    assert cuento.dinero() == cuento.antes + cuento.total
    for comprobar in (
        *(verificar_pedidos, custodias, verificar_reclamos, verificar_promociones),
        *(verificar_asuntos, verificar_libro),
    ):
        with transaccion() as sesion:
            assert comprobar(sesion) == []
