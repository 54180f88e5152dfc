"""The marketplace on telephones of 360 px, each journey with and without JavaScript.

The server, its clock and its sweeps are of this process, so that terms of weeks pass at once. After each
journey everything that `qhatu verify` knows of the shop and of the ledger is asked again.
`QHATU_PRUEBAS_FOTOS=folder` keeps a picture of each page that is looked at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self

import pytest
from sqlmodel import col, select

from comercio.compra.modelos import Pedido
from comercio.pedidos import paquetes_de, tareas
from comercio.reclamos.tareas import vencer_reclamos
from envios import devolucion_de
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.verificar import partes, verificar
from plataforma.habitaciones import modulos
from tests.ayudas.navegador import blancos_chicos, identificar, mirar
from tests.comercio.conftest import Mercado
from tests.jornadas.test_navegador import dice, pulsar

SIN_FALLAS = ("libro", "comercio")


@dataclass
class Telefono:
    """A telephone and who holds it: nobody yet, or somebody who has signed in."""

    sitio: str
    pagina: Any
    javascript: bool

    def ir(self, ruta: str) -> Self:
        self.pagina.goto(f"{self.sitio}{ruta}")
        return self

    def es_de(self, persona: Any) -> Self:
        identificar(self.pagina, self.sitio, persona)
        return self

    def pulsar(self, texto: str) -> Self:
        pulsar(self.pagina, texto)
        return self

    def llenar(self, rotulo: str, valor: str) -> Self:
        self.pagina.get_by_label(rotulo).filter(visible=True).first.fill(valor)
        return self

    def abrir(self, rotulo: str) -> Self:
        self.pagina.locator("summary", has_text=rotulo).first.click()
        return self

    def dice(self, *patrones: str) -> Self:
        for patron in patrones:
            dice(self.pagina, patron)
        return self

    def no_dice(self, texto: str) -> Self:
        assert texto not in self.pagina.locator("main").inner_text(), f"{self.pagina.url} dice «{texto}»"
        return self

    def mirar(self, nombre: str) -> Self:
        mirar(self.pagina, f"comercio-{nombre}{'' if self.javascript else '-sin-js'}")
        if self.pagina.locator('link[href*="css/comercio"]').count():  # other rooms have other sheets
            assert blancos_chicos(self.pagina) == [], nombre
        return self

    @property
    def ruta(self) -> str:
        return str(self.pagina.url).removeprefix(self.sitio)


@dataclass
class Feria:
    """The people of the tests of the shop, with telephones, and the time that passes for all."""

    mercado: Mercado
    sitio: str
    nueva_pagina: Callable[..., Any]
    javascript: bool
    telefonos: list[tuple[Telefono, Any]] = field(default_factory=list)

    def telefono(self, persona: Any = None) -> Telefono:
        pagina = self.nueva_pagina(ancho=360, javascript=self.javascript, service_workers="block")
        nuevo = Telefono(self.sitio, pagina, self.javascript)
        if persona is not None:
            self.telefonos.append((nuevo.es_de(persona), persona))
        return nuevo

    def pasan(self, **cuanto: float) -> None:
        """So much time, with what it does by itself; whoever was signed in signs in again."""
        self.mercado.reloj.adelantar(timedelta(**cuanto))
        for barrido in (
            tareas.cancelar_vencidos,
            tareas.dar_por_perdidos,
            tareas.dar_por_conformes,
            vencer_reclamos,
            tareas.liberar_vencidas,
        ):
            barrido()
        entregar_pendientes()
        for telefono, persona in self.telefonos:
            telefono.es_de(persona)

    def llevar_vuelta(self, pedido: Pedido, codigo: str) -> None:
        """What becomes of the return of the last parcel of an order; everybody hears it."""
        with transaccion() as sesion:
            ida = paquetes_de(sesion, pedido.id)[-1].envio_id
            vuelta = devolucion_de(sesion, ida) if ida is not None else None
            assert vuelta is not None
            self.mercado.evento(sesion, vuelta.id, codigo)
        entregar_pendientes()

    def pedidos(self) -> list[Pedido]:
        """Every order, the oldest one first."""
        with transaccion() as sesion:
            return list(sesion.exec(select(Pedido).order_by(col(Pedido.creado_en), col(Pedido.numero))))


@pytest.fixture(params=[False, True], ids=["sin-javascript", "con-javascript"])
def feria(
    request: pytest.FixtureRequest, mercado: Mercado, sitio: str, nueva_pagina: Callable[..., Any]
) -> Iterator[Feria]:
    feria = Feria(mercado, sitio, nueva_pagina, request.param)
    yield feria
    entregar_pendientes()
    modulos("verificar")
    suyas = [p for p in partes() if p.startswith(SIN_FALLAS)]
    assert {p: f for p in suyas if (f := verificar(p))} == {}
