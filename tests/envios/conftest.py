"""A sender, a postal operator with a worker, and somebody who receives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from ciudadania import Persona
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    TipoUnidad,
    exigir_facultad,
    parte_de_persona,
    parte_de_unidad,
)
from envios.items.anunciar import crear_envio
from envios.items.modelos import Envio
from envios.items.numerar import vigente_hasta
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia

SORATA = "020601"  # Sorata, La Paz


@dataclass(frozen=True)
class Reparto:
    """The people and units of a shipment, and a maker of shipments (committed)."""

    ana: Persona
    vendedora: Persona
    cartero: Persona
    ajeno: Persona
    tienda_id: UUID
    correos_id: UUID
    actor: Callable[[Persona], Actor]

    def enviar(self, **cambios: Any) -> Envio:
        with transaccion() as sesion:
            autorizacion = exigir_facultad(
                sesion, self.actor(self.vendedora), self.tienda_id, Facultad.VENDER
            )
            envio = crear_envio(sesion, autorizacion, **(self.datos(sesion) | cambios))
            # Announced two days ago, so that what happened since fits.
            envio.creado_en = envio.estado_en = envio.creado_en - timedelta(days=2)
            envio.numero_desde = fecha_bolivia(envio.creado_en)
            envio.numero_hasta = vigente_hasta(envio.numero_desde)
            return envio

    def datos(self, sesion: Session) -> dict[str, Any]:
        return {
            "remitente_parte_id": parte_de_unidad(sesion, self.tienda_id).id,
            "destinatario_parte_id": parte_de_persona(sesion, self.ana.id).id,
            "destinatario_nombre": "Ana Prueba",
            "destinatario_telefono": "70000001",
            "destino_municipio_ine": SORATA,
            "destino_referencia": "Casa azul frente a la plaza",
            "operador_unidad_id": self.correos_id,
            "referencia_tipo": "pedido",
            "referencia_id": nuevo_id(),
            "peso_g": 450,
            "contenido": "Una chompa",
        }


@pytest.fixture
def reparto(crear_persona: Any, crear_unidad: Any, actor_de: Any) -> Reparto:
    vendedora, cartero = crear_persona("Vilma"), crear_persona("Carlos")
    tienda = crear_unidad(
        "Tejidos de prueba",
        representante=vendedora,
        facultades=[Facultad.VENDER],
        habilitaciones=[Habilitacion.VENDEDOR],
    )
    correos = crear_unidad(
        "Correos de prueba",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=cartero,
        facultades=[Facultad.DESPACHAR],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
    )
    return Reparto(
        ana=crear_persona("Ana"),
        vendedora=vendedora,
        cartero=cartero,
        ajeno=crear_persona("Jorge"),
        tienda_id=tienda.id,
        correos_id=correos.id,
        actor=actor_de,
    )
