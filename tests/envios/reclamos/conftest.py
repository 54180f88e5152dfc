"""A sender, a postal operator with who administers it and who carries, and the authority."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from moneyed import Money

import envios.reclamos.manejadores  # noqa: F401 - it hears what happens to items
from ciudadania import Persona
from empresa_digital.registro import Habilitacion, TipoUnidad
from envios.eventos import EventoNuevo, Fuente, Resultado, registrar_evento
from envios.eventos.tareas import revisar_vencidos
from envios.items.consultas import envio_por_id
from envios.items.modelos import Envio
from envios.reclamos.consultas import decisiones_de, indemnizacion_de
from envios.reclamos.estados import ClaseReclamo
from envios.reclamos.modelos import Reclamo
from envios.reclamos.reclamar import presentar
from envios.reclamos.verificar import verificar_reclamos
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from pagos import cuenta_de_unidad, saldo_disponible
from tests.ayudas.aplicacion import Reloj
from tests.envios.conftest import Reparto

RELATO = "La caja nunca llegó a Sorata y nadie sabe dónde está."


@dataclass(frozen=True)
class Mesa:
    """Everybody in a claim, and the steps that most tests begin with (each committed)."""

    reparto: Reparto
    operador: Any
    jefa: Persona
    autoridad: Persona
    reloj: Reloj
    actor: Callable[[Persona], Actor]

    def evento(self, envio: Envio, codigo: str) -> None:
        with transaccion() as sesion:
            nuevo = EventoNuevo(codigo, envio.id)
            if codigo == "EMI":
                nuevo = replace(nuevo, codigo_entrega=envio_por_id(sesion, envio.id).codigo_entrega)
            hecho = registrar_evento(sesion, self.actor(self.reparto.cartero), envio.id, nuevo, Fuente.API)
            assert hecho.resultado is Resultado.REGISTRADO, hecho.error

    def admitido(self) -> Envio:
        envio = self.reparto.enviar()
        self.evento(envio, "EMA")
        return envio

    def entregado(self) -> Envio:
        envio = self.admitido()
        self.evento(envio, "EMI")
        return envio

    def perdido(self) -> Envio:
        """Without news for 30 days."""
        envio = self.admitido()
        self.reloj.adelantar(timedelta(days=30, minutes=1))
        revisar_vencidos()
        return envio

    def presentar(
        self, envio: Envio, clase: ClaseReclamo = ClaseReclamo.PERDIDA, pedido: str = "250.50", **mas: Any
    ) -> UUID:
        with transaccion() as sesion:
            quien = self.actor(self.reparto.vendedora)
            datos = {"relato": RELATO, "pedido": bs(pedido), "id": nuevo_id()} | mas
            return presentar(sesion, quien, envio.id, clase, **datos).id

    def leer(self, reclamo_id: UUID) -> Reclamo:
        with transaccion() as sesion:
            return sesion.get_one(Reclamo, reclamo_id)

    def decisiones(self, reclamo_id: UUID) -> list[tuple[str, str, str]]:
        with transaccion() as sesion:
            return [(d.quien, d.sentido, f"{d.total.amount:.2f}") for d in decisiones_de(sesion, reclamo_id)]

    def debe(self, reclamo_id: UUID) -> str | None:
        with transaccion() as sesion:
            fila = indemnizacion_de(sesion, reclamo_id)
            return f"{fila.total.amount:.2f}" if fila else None

    def cuenta(self, unidad_id: UUID) -> int:
        with transaccion() as sesion:
            return cuenta_de_unidad(sesion, unidad_id)

    def saldo(self, cuenta: int) -> Money:
        with transaccion() as sesion:
            return saldo_disponible(sesion, cuenta)

    def hacer(self, que: Callable[..., Any], quien: Persona, *args: Any, **palabras: Any) -> Any:
        with transaccion() as sesion:
            return que(sesion, self.actor(quien), *args, **palabras)

    def comprobar(self) -> None:
        with transaccion() as sesion:
            assert verificar_reclamos(sesion) == []


@pytest.fixture
def mesa(reparto: Reparto, crear_persona: Any, crear_unidad: Any, actor_de: Any, reloj: Reloj) -> Mesa:
    jefa, autoridad = crear_persona("Jimena"), crear_persona("Rita")
    correos = crear_unidad(
        "Correos con jefa",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=jefa,
        mandatos=[(reparto.cartero, ["DESPACHAR"])],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
    )
    crear_unidad(
        "Autoridad de correos",
        tipo=TipoUnidad.ENTIDAD_PUBLICA,
        representante=autoridad,
        facultades=["REGULAR"],
        habilitaciones=[Habilitacion.AUTORIDAD_REGULADORA],
    )
    return Mesa(replace(reparto, correos_id=correos.id), correos, jefa, autoridad, reloj, actor_de)
