"""A shop that may contract with the State; a municipality where Berta asks, Carla approves and pays, and Nora
receives: nobody was named.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from comercio.busqueda import Filtros
from comercio.compra.hacer import pedidos_de
from comercio.compra.modelos import Pedido
from comercio.evidencias.congelar import congelar
from comercio.sostenidas.esquemas import OfertaPedida
from comercio.sostenidas.sostener import pedir, responder
from empresa_digital.registro import Facultad, Habilitacion
from empresa_digital.registro.habilitaciones.habilitar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from feria_inversa.certificaciones.esquemas import CertificacionEntrada
from feria_inversa.certificaciones.registrar import registrar
from feria_inversa.certificaciones.verificar import verificar_certificaciones
from feria_inversa.compra_de_catalogo.decidir import aprobar
from feria_inversa.compra_de_catalogo.esquemas import CompraPedida
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.solicitar import solicitar
from feria_inversa.compra_de_catalogo.verificar import verificar_compras
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.reloj import ZONA, ahora, fecha_bolivia
from pagos.presupuesto import certificados
from pagos.presupuesto.verificar import verificar_presupuesto
from tests.comercio.conftest import Mercado, _sin_memoria, leer, mercado
from tests.comercio.entidades import Entidad, dar_mandato, entidad

__all__ = ["_sin_memoria", "entidad", "leer", "mercado"]


@dataclass
class Ente:
    """Each act in its own transaction, as requests do."""

    mercado: Mercado
    entidad: Entidad
    carla: Any
    actora: Actor
    nora: Any
    receptora: Actor
    abonar: Callable[..., int]

    @property
    def id(self) -> UUID:
        return UUID(str(self.entidad.unidad.id))

    def certificar(self, monto: str = "1000.00", numero: str = "0412", objeto: str = "39500") -> UUID:
        datos = {
            "ejecutora": "00",
            "numero": numero,
            "fecha": fecha_bolivia(ahora()).isoformat(),
            "monto": {"monto": monto, "moneda": "BOB"},
            "objeto": objeto,
            "concepto": "Uniformes del personal",
        }
        with transaccion() as sesion:
            return registrar(sesion, self.actora, self.id, CertificacionEntrada.model_validate(datos)).id

    def sostener(
        self,
        titulo: str = "Chompa de alpaca",
        precio: str = "80.00",
        n: int = 5,
        dias: int = 7,
        **producto_es: Any,
    ) -> UUID:
        """What a search led to, held at that price."""
        producto = self.mercado.publicar(titulo, precio=precio, **producto_es)
        with transaccion() as sesion:
            actor, filtros = self.entidad.actor, Filtros(titulo.lower())
            busqueda = congelar(sesion, actor, self.id, filtros, "Uniformes", producto.id)
        pedida = OfertaPedida(
            unidad_id=self.id,
            producto_id=producto.id,
            cantidad=Decimal(n),
            dias=dias,
            busqueda_id=busqueda.id,
        )
        with transaccion() as sesion:
            oferta = pedir(sesion, self.entidad.actor, pedida).id
        with transaccion() as sesion:
            responder(sesion, self.mercado.actor_vendedor, oferta, sostener=True)
        return oferta

    def pedir(
        self, oferta: UUID, certificacion: UUID, actor: Actor | None = None, **mas: Any
    ) -> CompraDeCatalogo:
        datos = self.datos(oferta, certificacion, mas.pop("forma", "correo"))
        with transaccion() as sesion:
            return solicitar(sesion, actor or self.entidad.actor, self.id, datos, **mas)

    def datos(self, oferta: UUID, certificacion: UUID, forma: Any = "correo") -> CompraPedida:
        return CompraPedida(
            oferta_id=oferta,
            certificacion_id=certificacion,
            para_que="Uniformes del personal",
            forma=forma,
            destinatario="Berta Prueba",
            telefono="71234567",
            municipio_ine="020105",
            referencia="Puerta verde",
        )

    def aprobar(self, compra_id: UUID, actor: Actor | None = None) -> CompraDeCatalogo:
        with transaccion() as sesion:
            return aprobar(sesion, actor or self.actora, compra_id)

    def pedido(self, compra_id: UUID) -> Pedido:
        with transaccion() as sesion:
            (pedido,) = pedidos_de(sesion, compra_id)
        return pedido

    def ordenada(self, certificacion: UUID, titulo: str = "Chompa de alpaca") -> tuple[UUID, Pedido]:
        """A purchase that was asked for and approved, and its order."""
        compra = self.aprobar(self.pedir(self.sostener(titulo), certificacion).id)
        return compra.id, self.pedido(compra.id)

    def de(self, certificacion: UUID) -> tuple[str, str, str]:
        """Committed, spent and left of a certificate."""
        with transaccion() as sesion:
            hay = certificados(sesion, [certificacion])[certificacion]
        return f"{hay.comprometido.amount:.2f}", f"{hay.ejecutado.amount:.2f}", f"{hay.disponible.amount:.2f}"


@pytest.fixture
def cuadra(aplicacion: Any) -> Iterator[None]:
    """At the end of the test, purchases, certificates, and the ledger agree."""
    yield
    for comprobar in (verificar_compras, verificar_certificaciones, verificar_presupuesto):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


@pytest.fixture
def ente(
    mercado: Mercado,
    entidad: Entidad,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    con_saldo: Callable[..., int],
) -> Ente:
    mercado.reloj.situar(datetime(2028, 5, 4, 10, tzinfo=ZONA))  # far from the end of its year
    with transaccion() as sesion:
        unidad = bloquear_unidad(sesion, mercado.unidad.id)
        quien = Autorizacion.propia(Actor.sistema("prueba"))
        habilitacion = Habilitacion.PROVEEDOR_DEL_ESTADO
        otorgar_con(sesion, unidad, quien, habilitacion, norma="RM 1/2026", desde=fecha_bolivia(ahora()))
    carla = crear_persona("Carla")
    dar_mandato(entidad.unidad, carla, Facultad.COMPRAR, Facultad.PAGAR)
    nora = crear_persona("Nora")
    dar_mandato(entidad.unidad, nora, Facultad.COMPRAR)
    return Ente(mercado, entidad, carla, actor_de(carla), nora, actor_de(nora), con_saldo)
