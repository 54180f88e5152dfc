"""A post with rates in force and two agencies, Potosí with a worker; a shop and a citizen who announce."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from ciudadania import Persona
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    TipoUnidad,
    exigir_facultad,
    parte_de_unidad,
    parte_tercera,
)
from envios.items.anunciar import crear_envio
from envios.items.modelos import Envio
from envios.operadores import Agencia, ClaseAgencia, DatosDeAgencia, abrir_agencia, asignar
from envios.tarifas.cotizar import Pedido, cotizar
from envios.tarifas.tablas import EJEMPLOS, Que
from envios.tarifas.valores import Bulto
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.envios.tarifas.conftest import LA_PAZ, POTOSI, UYUNI, Operador, crear_operador

DEL_INTERIOR = (
    ("ordinario", "interior", "interior", "nacional", "2"),
    ("expreso", "interior", "interior", "rapida", "1"),
)
LABORAL = dict.fromkeys(range(1, 6), ((480, 1110),))


@dataclass(frozen=True)
class Correo:
    """The post and who works in it: `cartero` in Potosí, `otro` in Uyuni, `jefa` administers."""

    operador: Operador
    cartero: Persona
    otro: Persona
    jefa: Persona
    vendedora: Persona
    ana: Persona
    tienda_id: UUID
    potosi: Agencia
    uyuni: Agencia
    actor: Callable[[Persona], Actor]

    def anunciar(self, peso_g: int = 450, *, cotizado: bool = False, **cambios: Any) -> Envio:
        """From the shop in La Paz to Uyuni; with a quote, to be paid at the counter."""
        with transaccion() as sesion:
            actor = self.actor(self.vendedora)
            autorizacion = exigir_facultad(sesion, actor, self.tienda_id, Facultad.VENDER)
            cotizacion_id = None
            if cotizado:
                pedido = Pedido(POTOSI, UYUNI, Bulto(peso_g), "ordinario", self.operador.id)
                cotizacion_id = cotizar(sesion, actor, pedido, id=nuevo_id()).id
            datos: dict[str, Any] = {
                "remitente_parte_id": parte_de_unidad(sesion, self.tienda_id).id,
                "destinatario_parte_id": parte_tercera(sesion, "Zenón Mamani", "+59170000007").id,
                "destinatario_nombre": "Zenón Mamani",
                "destinatario_telefono": "+59170000007",
                "destino_municipio_ine": UYUNI,
                "destino_referencia": "Frente al mercado",
                "operador_unidad_id": self.operador.id,
                "peso_g": peso_g,
                "contenido": "Una chompa",
                "cotizacion_id": cotizacion_id,
            }
            return crear_envio(sesion, autorizacion, **(datos | cambios))


@pytest.fixture
def correo(crear_persona: Any, crear_unidad: Any, actor_de: Any) -> Correo:
    jefa, cartero, otro = (crear_persona(n) for n in ("Jimena", "Carlos", "Olga"))
    vendedora, ana = crear_persona("Vilma"), crear_persona("Ana")
    unidad = crear_unidad(
        "Correos de prueba",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=jefa,
        facultades=[Facultad.ADMINISTRAR],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
        mandatos=[(cartero, [Facultad.DESPACHAR]), (otro, [Facultad.DESPACHAR])],
    )
    tienda = crear_unidad(
        "Tejidos de prueba",
        representante=vendedora,
        facultades=[Facultad.VENDER, Facultad.DESPACHAR],
        habilitaciones=[Habilitacion.VENDEDOR],
    )
    operador = Operador(unidad.id, jefa, cartero, actor_de)
    operador.con_tarifas(rutas=[*EJEMPLOS[Que.RUTAS], *DEL_INTERIOR])

    def agencia(codigo: str, municipio: str, trabaja: Persona) -> Agencia:
        with transaccion() as sesion:
            datos = DatosDeAgencia(
                codigo,
                f"Agencia {codigo}",
                ClaseAgencia.AGENCIA,
                municipio,
                "En la plaza",
                semana=LABORAL,
            )
            hecha = abrir_agencia(sesion, actor_de(jefa), unidad.id, datos)
            asignar(sesion, actor_de(jefa), hecha.id, trabaja.id)
            return hecha

    return Correo(
        operador=operador,
        cartero=cartero,
        otro=otro,
        jefa=jefa,
        vendedora=vendedora,
        ana=ana,
        tienda_id=tienda.id,
        potosi=agencia("PT-01", POTOSI, cartero),
        uyuni=agencia("UY-01", UYUNI, otro),
        actor=actor_de,
    )


@pytest.fixture
def mostrador(correo: Correo, sesion_web: Any) -> tuple[Any, str]:
    """The browser of who attends in Potosí, and the address of that counter."""
    return sesion_web(correo.cartero), f"/envios/mostrador/{correo.potosi.id}"


__all__ = ["LA_PAZ", "POTOSI", "UYUNI", "Correo", "crear_operador"]
