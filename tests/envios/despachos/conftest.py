"""Two agencies of the post and one of another operator; workers of each; items that are already admitted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from ciudadania import Persona
from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad, Unidad
from envios.despachos.verificar import despachos as comprobar
from envios.eventos import EventoNuevo, Fuente, exigir_registrado, registrar_evento
from envios.eventos.verificar import items
from envios.items.modelos import Envio
from envios.operadores import Agencia, abrir_agencia, asignar
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.envios.conftest import Reparto
from tests.envios.operadores.conftest import datos

LA_PAZ, POTOSI, SUCRE = "020101", "050101", "010101"


@dataclass
class Red:
    """La Paz and Potosí are of the post, Sucre of the other operator; and who works in each."""

    reparto: Reparto
    correos: Unidad
    rapidos: Unidad
    jefa: Persona
    jefe: Persona
    cartero: Persona
    potosino: Persona
    la_paz: Agencia
    potosi: Agencia
    sucre: Agencia
    actor: Callable[..., Actor]

    def envio(self, *, admitido: bool = True, **cambios: Any) -> Envio:
        """An item of the post, received at its counter."""
        envio = self.reparto.enviar(operador_unidad_id=self.correos.id, **cambios)
        if admitido:
            with transaccion() as sesion:
                nuevo = EventoNuevo(codigo="EMA", envio_id=envio.id, evento_cliente_id=str(nuevo_id()))
                exigir_registrado(registrar_evento(sesion, self.en_la_paz, envio.id, nuevo, Fuente.PAGINA))
        return envio

    @property
    def en_la_paz(self) -> Actor:
        return self.actor(self.cartero)

    @property
    def en_potosi(self) -> Actor:
        return self.actor(self.potosino)

    @property
    def en_sucre(self) -> Actor:
        return self.actor(self.jefe)

    def codigos(self, envio_id: UUID) -> list[str]:
        """The codes of an item's events, in order."""
        from envios.eventos import eventos_de

        with transaccion() as sesion:
            return [e.codigo for e in eventos_de(sesion, envio_id)]


@pytest.fixture
def red(reparto: Reparto, crear_persona: Any, crear_unidad: Any, actor_de: Any) -> Red:
    jefa, jefe, cartero, potosino = (crear_persona(n) for n in ("Juana", "Raúl", "Cosme", "Pablo"))
    correos = crear_unidad(
        "Correos de la red",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=jefa,
        facultades=[Facultad.ADMINISTRAR],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
        mandatos=[(cartero, [Facultad.DESPACHAR]), (potosino, [Facultad.DESPACHAR])],
    )
    rapidos = crear_unidad(
        "Rápidos de la red",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=jefe,
        facultades=[Facultad.ADMINISTRAR, Facultad.DESPACHAR],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
    )
    with transaccion() as sesion:
        la_paz = abrir_agencia(sesion, actor_de(jefa), correos.id, datos("LP-01", LA_PAZ))
        potosi = abrir_agencia(sesion, actor_de(jefa), correos.id, datos("PT-01", POTOSI))
        sucre = abrir_agencia(sesion, actor_de(jefe), rapidos.id, datos("SU-01", SUCRE))
        asignar(sesion, actor_de(jefa), la_paz.id, cartero.id)
        asignar(sesion, actor_de(jefa), potosi.id, potosino.id)
    return Red(reparto, correos, rapidos, jefa, jefe, cartero, potosino, la_paz, potosi, sucre, actor_de)


@pytest.fixture
def en_orden(bd: Any) -> Iterator[None]:
    """After the test, everything agrees."""
    yield
    with transaccion() as sesion:
        assert sin_faltas(sesion) == []


def sin_faltas(sesion: Session) -> list[str]:
    return comprobar(sesion) + items(sesion)
