"""A municipality that charges, two people who can pay, and a maker of orders."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

import pagos.cobros.manejadores  # noqa: F401  (registers the event handlers)
from ciudadania import Persona
from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad, Unidad
from nucleo.actor import Actor
from nucleo.bd import motor, transaccion
from nucleo.dinero import a_centavos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from pagos import TipoCuenta, cuenta_de_unidad
from pagos.cobros.esquemas import OrdenPorEmitir
from pagos.cobros.modelos import Orden, Pago
from pagos.cobros.ordenes import emitir_orden
from pagos.cobros.pagar import pagar_orden
from pagos.libro import obtener_cuenta
from pagos.libro.verificar import verificar_libro

TABLAS = ("pagos_concepto", "pagos_orden", "pagos_orden_linea", "pagos_pago", "pagos_transferencia")


@dataclass(frozen=True)
class Caja:
    """Who takes part in a charge. `ana` and `luis` have Bs 500 each, in wallets `de_ana` and `de_luis`."""

    alberto: Persona  # administers the municipality
    cajera: Persona  # issues orders for it, no more
    ana: Persona
    luis: Persona
    ajena: Persona
    alcaldia: Unidad
    de_ana: int
    de_luis: int
    actor: Callable[[Persona], Actor]

    def pedido(self, monto: str = "100.00", **cambios: Any) -> OrdenPorEmitir:
        base = {
            "unidad_id": str(self.alcaldia.id),
            "lineas": [{"descripcion": "Ficha", "precio": {"monto": monto}}],
            "detalle": "Ficha de prueba",
        }
        return OrdenPorEmitir.model_validate(base | cambios)

    def emitir(self, monto: str = "100.00", quien: Persona | None = None, **cambios: Any) -> Orden:
        """A committed order."""
        with transaccion() as sesion:
            return emitir_orden(sesion, self.actor(quien or self.cajera), self.pedido(monto, **cambios)).orden

    def pagar(
        self,
        orden: Orden,
        quien: Persona | None = None,
        cuenta: int | None = None,
        monto: Any = None,
        id: UUID | None = None,
    ) -> Pago:
        """A committed payment, Ana's from her wallet unless told."""
        with transaccion() as sesion:
            return pagar_orden(
                sesion,
                self.actor(quien or self.ana),
                orden.id,
                id or nuevo_id(),
                monto,
                cuenta or self.de_ana,
            )

    def orden(self, orden: Orden) -> Orden:
        """As it is now."""
        with transaccion() as sesion:
            return sesion.get_one(Orden, orden.id)

    def recaudado(self) -> int:
        with transaccion() as sesion:
            cuenta = cuenta_de_unidad(sesion, self.alcaldia.id, TipoCuenta.RECAUDACION)
            return a_centavos(obtener_cuenta(sesion, cuenta).saldo)

    def saldo(self, cuenta: int) -> int:
        with transaccion() as sesion:
            return a_centavos(obtener_cuenta(sesion, cuenta).saldo)

    def foto(self) -> list[Any]:
        """Every row of the room, and of the ledger's transfers: to show that a refusal changed nothing."""
        with motor().connect() as conexion:
            return [conexion.execute(text(f"SELECT * FROM {t} ORDER BY 1, 2")).all() for t in TABLAS]

    @staticmethod
    def en(**cuanto: Any) -> str:
        """An instant from now, as the API takes it."""
        return (ahora() + timedelta(**cuanto)).isoformat()


@pytest.fixture
def caja(
    bd: Engine, recordada: Any, crear_persona: Any, crear_unidad: Any, con_saldo: Any, actor_de: Any
) -> Iterator[Caja]:
    """The cast; afterwards the ledger's invariants must hold, whatever the test did."""
    import psycopg

    def gente() -> dict[str, Any]:
        alberto, cajera = crear_persona("Alberto"), crear_persona("Carmen")
        ana, luis = crear_persona("Ana", ci="7000001"), crear_persona("Luis", ci="7000002")
        alcaldia = crear_unidad(
            "Municipio de Prueba",
            tipo=TipoUnidad.ENTIDAD_PUBLICA,
            representante=alberto,
            facultades=[Facultad.ADMINISTRAR],
            habilitaciones=[Habilitacion.RECEPTOR_DE_PAGOS],
            mandatos=[(cajera, [Facultad.VENDER])],
        )
        return {
            "alberto": alberto,
            "cajera": cajera,
            "ana": ana,
            "luis": luis,
            "ajena": crear_persona("Jorge"),
            "alcaldia": alcaldia,
            "de_ana": con_saldo(ana, "500.00"),
            "de_luis": con_saldo(luis, "500.00"),
        }

    yield Caja(**recordada("caja", gente), actor=actor_de)
    url = bd.url.render_as_string(hide_password=False).replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as conexion:
        assert verificar_libro(conexion) == []


@pytest.fixture
def como(cliente: Any, token_de: Any) -> Any:
    """`como(persona, "POST", "/api/v1/…", cuerpo)` -> the answer to that person's token."""

    def pedir(persona: Any, metodo: str, ruta: str, cuerpo: Any = None, **cabeceras: str) -> Any:
        quien = {"Authorization": f"Bearer {token_de(persona)}"} if persona else {}
        return cliente.request(metodo, ruta, json=cuerpo, headers=quien | cabeceras)

    return pedir
