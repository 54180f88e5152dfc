"""Stock, reservations and movements, whatever the sequence: a plain model beside the tables."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from comercio.catalogo.errores import CantidadInvalida, ExistenciaReservada
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.modelos import EXISTENCIA_MAXIMA
from comercio.catalogo.publicar import editar_producto
from comercio.catalogo.verificar import existencias
from comercio.existencias import ProductoNoDisponible, SinExistencia, reponer, reservar, retirar, soltar
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from tests.comercio.conftest import Mercado

SISTEMA = Autorizacion.propia(Actor.sistema("prueba"))
# What is counted and what is divided; the machine tries either quantity on both.
poco = st.integers(1, 4).map(Decimal)
cuanto = st.one_of(poco, poco, poco, st.sampled_from(["0.5", "0.0001", "2.25", "99"]).map(Decimal))
cual = st.integers(0, 1)


class Maquina(RuleBasedStateMachine):
    """Two products of one seller: chompas, whole, and quinua by the kilo."""

    mercado: Mercado
    vistos: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.productos = [
            self.mercado.publicar("Chompa", existencia=8),
            self.mercado.publicar("Quinua", existencia=Decimal("8.5"), unidad_medida="kg"),
        ]
        self.variantes = [self.mercado.variante(p) for p in self.productos]
        self.hay = [Decimal(8), Decimal("8.5")]
        self.reservado = [Decimal(0), Decimal(0)]
        self.vendible = [True, True]
        self.apartados: list[dict[UUID, tuple[int, Decimal]]] = []
        self.enviados: list[dict[UUID, tuple[int, Decimal]]] = []

    def intentar(self, esperado: type[Exception] | None, hacer: Callable[[Any], Any]) -> Any:
        """Do it in a transaction; exactly the refusal that the model foresees."""
        try:
            with transaccion() as sesion:
                hecho = hacer(sesion)
        except (ProductoNoDisponible, SinExistencia, ExistenciaReservada, DatosInvalidos) as error:
            hecho, negado = None, type(error)
        else:
            negado = None
        assert negado is esperado
        if negado is not None:
            self.vistos[negado.__name__] += 1
        return hecho

    @rule(pedidos=st.dictionaries(cual, cuanto, min_size=1, max_size=2))
    def vender(self, pedidos: dict[int, Decimal]) -> None:
        esperado: type[Exception] | None = None
        if not all(self.vendible[n] for n in pedidos):
            esperado = ProductoNoDisponible
        elif any(self.hay[n] - self.reservado[n] < c for n, c in pedidos.items()):
            esperado = SinExistencia
        elif pedidos.get(0, Decimal(0)) % 1:
            esperado = CantidadInvalida
        cantidades = {self.variantes[n]: c for n, c in pedidos.items()}
        hechos = self.intentar(esperado, lambda sesion: reservar(sesion, cantidades))
        if hechos is None:
            return
        quien = {self.variantes[n]: n for n in pedidos}
        self.apartados.append({a.existencia_id: (quien[a.opcion.id], a.cantidad) for a in hechos})
        for n, c in pedidos.items():
            self.reservado[n] += c
        self.vistos["vendido"] += 1

    def _sacar(self, de: list[dict[UUID, tuple[int, Decimal]]], cual: int) -> dict[UUID, tuple[int, Decimal]]:
        return de.pop(cual % len(de)) if de else {}

    @rule(cual=st.integers(0, 9), final=st.sampled_from([soltar, retirar]))
    def terminar(self, cual: int, final: Callable[..., None]) -> None:
        venta = self._sacar(self.apartados, cual)
        if not venta:
            return
        cantidades = {i: c for i, (_n, c) in venta.items()}
        pedido = () if final is soltar else (SISTEMA, nuevo_id())
        self.intentar(None, lambda sesion: final(sesion, cantidades, *pedido))
        for n, c in venta.values():
            self.reservado[n] -= c
            self.hay[n] -= c if final is retirar else 0
        if final is retirar:
            self.enviados.append(venta)
        self.vistos[final.__name__] += 1

    @rule(cual=st.integers(0, 9))
    def devolver(self, cual: int) -> None:
        venta = self._sacar(self.enviados, cual)
        if not venta:
            return
        cantidades = {i: c for i, (_n, c) in venta.items()}
        self.intentar(None, lambda sesion: reponer(sesion, cantidades, SISTEMA, nuevo_id()))
        for n, c in venta.values():
            self.hay[n] += c
        self.vistos["devuelto"] += 1

    @rule(n=cual, cambio=st.one_of(cuanto, cuanto.map(lambda c: -c)), recuento=st.booleans())
    def ajustar(self, n: int, cambio: Decimal, recuento: bool) -> None:
        """The seller counts, or says what came or broke."""
        quedan = abs(cambio) if recuento else self.hay[n] + cambio
        esperado: type[Exception] | None = None
        if n == 0 and quedan % 1:
            esperado = CantidadInvalida
        elif not 0 <= quedan <= EXISTENCIA_MAXIMA:
            esperado = DatosInvalidos
        elif quedan < self.reservado[n]:
            esperado = ExistenciaReservada
        dicho = {"existencia": quedan} if recuento else {"movimiento": cambio}
        self._editar(n, ProductoCambios.model_validate(dicho), esperado)
        if esperado is None:
            self.hay[n] = quedan
            self.vistos["ajustado"] += 1

    @rule(n=cual)
    def pausar_o_volver(self, n: int) -> None:
        estado = EstadoProducto.PAUSADO if self.vendible[n] else EstadoProducto.PUBLICADO
        self._editar(n, ProductoCambios(estado=estado), None)
        self.vendible[n] = not self.vendible[n]

    def _editar(self, n: int, cambios: ProductoCambios, esperado: type[Exception] | None) -> None:
        def hacer(sesion: Any) -> None:
            sql = text("SELECT version FROM comercio_producto WHERE id = :id")
            version = sesion.connection().execute(sql, {"id": self.productos[n].id}).scalar_one()
            editar_producto(sesion, self.mercado.actor_vendedor, self.productos[n].id, version, cambios)

        self.intentar(esperado, hacer)

    @invariant()
    def las_tablas_dicen_lo_mismo(self) -> None:
        sql = text(
            "SELECT e.existencia, e.reservado, p.disponible FROM comercio_existencia e "
            "JOIN comercio_variante v ON v.id = e.variante_id "
            "JOIN comercio_producto p ON p.id = v.producto_id "
            "WHERE v.id = ANY(:ids) ORDER BY array_position(CAST(:ids AS uuid[]), v.id)"
        )
        with transaccion() as sesion:
            filas = sesion.connection().execute(sql, {"ids": self.variantes}).all()
        assert [tuple(f) for f in filas] == [
            (hay, reservado, hay - reservado) for hay, reservado in zip(self.hay, self.reservado, strict=True)
        ]

    def teardown(self) -> None:
        with transaccion() as sesion:
            assert existencias(sesion) == []


def test_maquina_de_existencias(mercado: Mercado, sin_pedidos: None) -> None:
    """Never below zero, never more reserved than there is, and the sum of movements is what there is."""

    class Esta(Maquina):
        pass

    Esta.mercado, Esta.vistos = mercado, Counter()
    ajustes = settings(
        max_examples=4,
        stateful_step_count=50,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Esta, settings=ajustes)
    assert Esta.vistos.keys() >= {
        "vendido", "soltar", "retirar", "devuelto", "ajustado", "SinExistencia", "CantidadInvalida",
        "ExistenciaReservada", "ProductoNoDisponible",
    }  # fmt: skip
