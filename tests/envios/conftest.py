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
    inscripcion,
    parte_de_persona,
    parte_de_unidad,
)
from envios.items.anunciar import crear_envio
from envios.items.modelos import Envio
from envios.operadores import Agencia, ClaseAgencia, agencia_por_id
from envios.operadores.gente import asignables
from envios.operadores.modelos import FilaDeAgencia, FilaDeTrabajo
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd, fecha_bolivia

SORATA = "020601"  # Sorata, La Paz
POTOSI = "050101"


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

    def enviar(self, *, creado_hace: timedelta = timedelta(days=2), **cambios: Any) -> Envio:
        with transaccion() as sesion:
            autorizacion = exigir_facultad(
                sesion, self.actor(self.vendedora), self.tienda_id, Facultad.VENDER
            )
            envio = crear_envio(sesion, autorizacion, **(self.datos(sesion) | cambios))
            # Announced two days ago, so that what happened since fits.
            envio.creado_en = envio.estado_en = envio.creado_en - creado_hace
            return envio

    def agencia(self, codigo: str, municipio: str, *trabajan: Persona) -> Agencia:
        """An open agency of the post, and who works in it (they dispatch for it)."""
        with transaccion() as sesion:
            fila = FilaDeAgencia(
                operador_unidad_id=self.correos_id,
                codigo=codigo,
                nombre=f"Agencia {codigo}",
                clase=ClaseAgencia.AGENCIA,
                municipio_ine=municipio,
                direccion="Frente a la plaza",
                creada_en=ahora_bd(sesion) - timedelta(days=3),
                cambiada_en=ahora_bd(sesion) - timedelta(days=3),
            )
            sesion.add(fila)
            sesion.flush()
            de = {a.persona_id: a.mandato_id for a in asignables(sesion, self.correos_id)}
            for persona in trabajan:
                sesion.add(
                    FilaDeTrabajo(
                        agencia_id=fila.id,
                        persona_id=persona.id,
                        mandato_id=de[persona.id],
                        desde=fecha_bolivia(fila.creada_en),
                        asignada_en=fila.creada_en,
                    )
                )
            sesion.flush()
            return agencia_por_id(sesion, fila.id)

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
def reparto(
    recordada: Callable[..., Any], crear_persona: Any, crear_unidad: Any, actor_de: Callable[[Persona], Actor]
) -> Reparto:
    def gente() -> dict[str, Any]:
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
            habilitaciones=[Habilitacion.OPERADOR_POSTAL, Habilitacion.OPERADOR_DESIGNADO],
        )
        return {
            "ana": crear_persona("Ana"),
            "vendedora": vendedora,
            "cartero": cartero,
            "ajeno": crear_persona("Jorge"),
            "tienda_id": tienda.id,
            "correos_id": correos.id,
        }

    return Reparto(**recordada("reparto", gente), actor=actor_de)


@pytest.fixture
def suspender(crear_unidad: Any, crear_persona: Any, actor_de: Any) -> Callable[[UUID], None]:
    """The authority suspends a unit."""
    rosa = crear_persona("Rosa Autoridad")
    crear_unidad(
        "Autoridad de postas",
        tipo="ENTIDAD_PUBLICA",
        representante=rosa,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )

    def hacer(unidad_id: UUID) -> None:
        with transaccion() as sesion:
            inscripcion.suspender(sesion, actor_de(rosa), unidad_id, "No informa")

    return hacer
