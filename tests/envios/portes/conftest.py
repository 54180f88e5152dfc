"""A sender with money, an operator with rates in force, and items announced by a kept quote."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from moneyed import Money
from sqlmodel import Session

from ciudadania import Persona
from empresa_digital.registro import Facultad, parte_de_persona, parte_de_unidad, parte_tercera
from envios import deudas, portes
from envios.deudas.verificar import verificar_deudas
from envios.eventos import EventoNuevo, Fuente, Resultado, registrar_autorizado
from envios.eventos.corregir import Correccion, corregir
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.verificar import items
from envios.items import bloquear_envio
from envios.items.anunciar import crear_envio
from envios.items.modelos import Envio
from envios.portes.modelos import Excedente, Porte
from envios.portes.verificar import verificar_portes
from envios.tarifas.cotizar import Pedido, cotizar
from envios.tarifas.valores import Bulto, Medidas
from nucleo.actor import Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import cero
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from pagos import cuenta_de_persona, cuenta_de_unidad, saldo
from pagos.libro.asuntos import verificar_asuntos
from pagos.libro.verificar import verificar_libro
from tests.ayudas.personas import abonar, nuevo_actor
from tests.envios.tarifas.conftest import LA_PAZ, POTOSI, Operador
from tests.envios.tarifas.conftest import crear_operador as crear_operador
from tests.envios.tarifas.conftest import operador as operador


@dataclass(frozen=True)
class Unidad:
    """What `abonar` needs of a unit."""

    id: UUID


@dataclass(frozen=True)
class Casa:
    """Ana sends from her own wallet (Bs 500), her shop from its account (Bs 500), with an operator that asks
    Bs 18 up to a kilo from La Paz to Potosí and Bs 3 for each half kilo more."""

    ana: Persona
    luis: Persona
    tienda_id: UUID
    operador: Operador
    inicio: Any

    def cuenta(self, de: str = "ana") -> int:
        with transaccion() as sesion:
            if de == "ana":
                return cuenta_de_persona(sesion, self.ana.id)
            return cuenta_de_unidad(sesion, self.tienda_id if de == "tienda" else self.operador.id)

    def saldo(self, de: str = "ana") -> Money:
        cuenta = self.cuenta(de)
        with transaccion() as sesion:
            return saldo(sesion, cuenta)

    def cotizar(self, peso_g: int = 1_000, **bulto: Any) -> UUID:
        pedido = Pedido(LA_PAZ, POTOSI, Bulto(peso_g, **bulto), "ordinario", self.operador.id)
        with transaccion() as sesion:
            return cotizar(sesion, nuevo_actor(self.ana), pedido, id=nuevo_id()).id

    def anunciar(self, sesion: Session, peso_g: int = 1_000, *, remite: str = "ana", **cambios: Any) -> Envio:
        """An item of Ana's, of her shop's, or of a third person's that the operator announces."""
        parte = {
            "ana": lambda: parte_de_persona(sesion, self.ana.id),
            "tienda": lambda: parte_de_unidad(sesion, self.tienda_id),
            "tercero": lambda: parte_tercera(sesion, "Felipa Mamani"),
        }[remite]()
        envio = crear_envio(
            sesion,
            Autorizacion.propia(nuevo_actor(self.ana)),
            **{
                "remitente_parte_id": parte.id,
                "destinatario_parte_id": parte_de_persona(sesion, self.luis.id).id,
                "destinatario_nombre": "Luis Prueba",
                "destinatario_telefono": "70000002",
                "destino_municipio_ine": POTOSI,
                "destino_referencia": "Puerta verde",
                "operador_unidad_id": self.operador.id,
                "peso_g": peso_g,
                "contenido": "Una chompa",
            }
            | cambios,
        )
        envio.creado_en -= timedelta(hours=4)
        return envio

    def retener(self, cotizacion: UUID, cuenta: int, quien: Persona | None = None, **cambios: Any) -> UUID:
        """Announce an item and hold its postage, in one transaction; its id."""
        with transaccion() as sesion:
            envio = self.anunciar(sesion, **cambios)
            actor = nuevo_actor(quien or self.ana)
            portes.retener(sesion, actor, envio, cotizacion_id=cotizacion, cuenta_id=cuenta)
            return envio.id

    def enviar(
        self, peso_g: int = 1_000, *, paga: str = "ana", remite: str = "ana", cobro: Money | None = None
    ) -> UUID:
        """Quoted, announced and its postage held (or `paga="efectivo"`)."""
        cotizacion = self.cotizar(peso_g, contra_entrega=cobro or cero())
        if paga != "efectivo":
            return self.retener(cotizacion, self.cuenta(paga), peso_g=peso_g, remite=remite)
        with transaccion() as sesion:
            envio = self.anunciar(sesion, peso_g, remite=remite)
            portes.cobrado_en_ventanilla(sesion, self.del_operador, envio, cotizacion_id=cotizacion)
            return envio.id

    @property
    def del_operador(self) -> Autorizacion:
        return Autorizacion(nuevo_actor(self.operador.jefa), unidad_id=self.operador.id)

    def medir(self, envio_id: UUID, peso_g: int, medidas: Medidas | None = None) -> portes.PorteDeItem | None:
        with transaccion() as sesion:
            envio = bloquear_envio(sesion, envio_id)
            return portes.fijar_medida(sesion, self.del_operador, envio, peso_g=peso_g, medidas=medidas)

    def pasa(
        self, envio_id: UUID, *codigos: str, minuto: int = 0, id: str = "", desde: Any = None
    ) -> list[UUID]:
        """Events of the operator in one batch, a minute after each other; their ids."""
        nuevos = [
            EventoNuevo(
                codigo,
                envio_id,
                ocurrido_en=(desde or self.inicio) + timedelta(minutes=minuto + i),
                evento_cliente_id=id or f"{envio_id.hex}:{minuto + i}",
            )
            for i, codigo in enumerate(codigos)
        ]
        with transaccion() as sesion:
            hechos = registrar_autorizado(
                sesion, self.del_operador, self.operador.id, nuevos, Fuente.LOTE, verificar_codigo=False
            )
            assert {h.resultado for h in hechos} <= {Resultado.REGISTRADO, Resultado.REPETIDO}, hechos
            return [h.evento.id for h in hechos if h.evento is not None]

    def corregir(self, evento_id: UUID) -> None:
        with transaccion() as sesion:
            nueva = Correccion(MotivoCorreccion.NO_OCURRIO, evento_id)
            corregir(sesion, nuevo_actor(self.operador.jefa), self.operador.id, nueva, Fuente.API)

    def porte(self, envio_id: UUID) -> portes.PorteDeItem:
        with transaccion() as sesion:
            hallado = portes.porte_de(sesion, envio_id)
            assert hallado is not None
            return hallado

    def fila(self, envio_id: UUID) -> tuple[Any, ...]:
        """State, what the operator received, what came back."""
        with transaccion() as sesion:
            fila = sesion.exec(_select(Porte, envio_id)).one()
            return fila.estado, fila.cobrado, fila.devuelto

    def excedente(self, envio_id: UUID) -> tuple[str, Money] | None:
        with transaccion() as sesion:
            porte = sesion.exec(_select(Porte, envio_id)).one()
            fila = sesion.get(Excedente, porte.id)
            return None if fila is None else (fila.estado, fila.monto)

    def deudas(self, envio_id: UUID) -> list[deudas.DeudaDeOperador]:
        with transaccion() as sesion:
            return deudas.deudas_de_envio(sesion, envio_id)

    def todo_cuadra(self) -> None:
        with transaccion() as sesion:
            assert verificar_portes(sesion) == []
            assert verificar_deudas(sesion) == []
            assert verificar_asuntos(sesion) == []
            assert verificar_libro(sesion) == []
            assert items(sesion) == []


def _select(modelo: Any, envio_id: UUID) -> Any:
    from sqlmodel import select

    return select(modelo).where(modelo.envio_id == envio_id)


@pytest.fixture
def casa(operador: Operador, crear_persona: Any, crear_unidad: Any) -> Casa:
    operador.con_tarifas()
    ana = crear_persona("Ana")
    tienda = crear_unidad(
        "Tejidos de prueba", representante=ana, facultades=[Facultad.VENDER, Facultad.PAGAR]
    )
    abonar(ana, "500.00")
    abonar(tienda, "500.00")
    base = (ahora() - timedelta(hours=3)).replace(microsecond=0)
    return Casa(ana, crear_persona("Luis"), tienda.id, operador, base)
