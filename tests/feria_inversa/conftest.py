"""An entity with its officer and evaluator, suppliers, and calls in any state, made through the façades."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    NuevoMandato,
    TipoUnidad,
    inscribir_de_oficio,
)
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.ofertas import presentar_oferta
from feria_inversa.procesos.convocatorias import crear_borrador, publicar_convocatoria
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, ItemEntrada
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ahora

SUCRE = "010101"


@dataclass(frozen=True)
class Parte:
    """A unit and the person who acts for it."""

    id: UUID
    persona: Any
    actor: Actor


@dataclass
class Feria:
    """Shortcuts of a story: each act in its own transaction, as requests do."""

    entidad: Parte
    ana: Parte
    beto: Parte
    crear_parte: Callable[..., Parte]
    mandato: Callable[..., None]  # of `otorgar`
    duenio: Engine

    def borrador(self, items: list[ItemEntrada] | None = None, **campos: Any) -> Convocatoria:
        datos = {
            "titulo": "Mobiliario escolar",
            "descripcion": "Para dos unidades educativas.",
            "municipio_ine": SUCRE,
            "plazo_entrega_dias": 30,
        }
        with transaccion() as sesion:
            return crear_borrador(
                sesion,
                self.entidad.actor,
                self.entidad.id,
                ConvocatoriaEntrada.model_validate(datos | campos),
                ITEMS if items is None else items,
            )

    def publicada(
        self, *, dias: int = 10, items: list[ItemEntrada] | None = None, **campos: Any
    ) -> Convocatoria:
        convocatoria = self.borrador(items, **campos)
        with transaccion() as sesion:
            return publicar_convocatoria(
                sesion, self.entidad.actor, convocatoria.id, ahora() + timedelta(days=dias)
            )

    def vence_en(self, convocatoria_id: UUID, cuando: datetime) -> None:
        """Set a deadline no rule would allow, to test the clock: as the owner of the database."""
        with self.duenio.begin() as conexion:
            conexion.execute(text("ALTER TABLE feria_convocatoria DISABLE TRIGGER USER"))
            conexion.execute(
                text("UPDATE feria_convocatoria SET vence_en = :cuando WHERE id = :id"),
                {"cuando": cuando, "id": convocatoria_id},
            )
            conexion.execute(text("ALTER TABLE feria_convocatoria ENABLE TRIGGER USER"))

    def items(self, convocatoria_id: UUID) -> list[Item]:
        from feria_inversa.procesos.consultas import items_de

        with transaccion() as sesion:
            return items_de(sesion, convocatoria_id)

    def ofertar(
        self, parte: Parte, convocatoria_id: UUID, precios: list[str | None], **opciones: Any
    ) -> UUID:
        """Bid these unit prices, item by item; None leaves the item out."""
        lineas = [
            linea(item.id, precio)
            for item, precio in zip(self.items(convocatoria_id), precios, strict=True)
            if precio is not None
        ]
        with transaccion() as sesion:
            return presentar_oferta(sesion, parte.actor, convocatoria_id, parte.id, lineas, **opciones).id


def linea(item_id: UUID, precio: str, plazo_dias: int = 15, marca: str = "Artesanal") -> LineaEntrada:
    return LineaEntrada(item_id=item_id, precio_unitario=bs(precio), marca=marca, plazo_dias=plazo_dias)


def item(descripcion: str, cantidad: str, precio: str, unidad: str = "pieza", **campos: Any) -> ItemEntrada:
    return ItemEntrada(
        descripcion=descripcion,
        cantidad=Decimal(cantidad),
        unidad_medida=unidad,
        precio_referencial=bs(precio),
        **campos,
    )


ITEMS = [
    item("Pupitre bipersonal de madera", "40", "450.00", unspsc="56121500"),
    item("Pizarra acrílica de 2,40 x 1,20 m", "6", "780.50"),
]


@pytest.fixture
def crear_parte(
    bd: Engine, crear_persona: Callable[..., Any], actor_de: Callable[..., Any]
) -> Callable[..., Parte]:
    """`crear_parte(nombre, tipo, ...)` -> a registered unit and who acts for it."""

    def crear(
        nombre: str,
        tipo: TipoUnidad = TipoUnidad.COOPERATIVA,
        facultades: tuple[Facultad, ...] = (Facultad.OFERTAR,),
        habilitaciones: tuple[Habilitacion, ...] = (Habilitacion.PROVEEDOR_DEL_ESTADO,),
        limite: str | None = None,
        persona: Any = None,
        identificadores: dict[str, str] | None = None,
        municipio_ine: str = SUCRE,
    ) -> Parte:
        persona = persona or crear_persona(nombre.split()[-1])
        datos = {
            "tipo": tipo.value,
            "denominacion": nombre,
            "forma_legal": _forma(tipo),
            "municipio_ine": municipio_ine,
            "actividad_ciiu": "1392",
            "direccion": "Frente a la plaza",
            "telefono": "70000000",
            "identificadores": identificadores or {},
        }
        mandato = NuevoMandato(
            facultades=facultades, persona_id=persona.id, monto_limite=None if limite is None else bs(limite)
        )
        with transaccion() as sesion:
            unidad = inscribir_de_oficio(
                sesion,
                Autorizacion.propia(Actor.sistema("prueba")),
                datos,
                mandatos=[mandato],
                habilitaciones=dict.fromkeys(habilitaciones, "RM 1/2026"),
            )
            unidad_id = unidad.id
        return Parte(unidad_id, persona, actor_de(persona))

    return crear


def _forma(tipo: TipoUnidad) -> str:
    from sqlmodel import Session

    from empresa_digital.registro import formas_legales
    from nucleo.bd import motor

    with Session(motor()) as sesion:
        return formas_legales(sesion, tipo)[0].codigo


@pytest.fixture
def feria(feria_con_calendario: Feria, duenio: Engine) -> Iterator[Feria]:
    """Its calls may close on any day, so that no test hangs on the day of the week on which it runs.

    Whatever notices a test had delivered, each lands where its reader acts: an entity on its desk, never on
    the public page of its process; who bids, never on somebody's desk.
    """
    with duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE feria_regla SET vigente_hasta = vigente_desde WHERE clave = 'actos_habiles'")
        )
    yield feria_con_calendario
    with duenio.begin() as conexion:
        perdidos = conexion.execute(
            text(
                "SELECT n.asunto, n.enlace FROM ciudadania_notificacion n"
                " JOIN registro_unidad u ON u.id = n.unidad_id WHERE n.persona_id IS NULL"
                " AND CASE u.tipo WHEN 'ENTIDAD_PUBLICA' THEN EXISTS (SELECT FROM feria_convocatoria c"
                " WHERE c.unidad_id = u.id AND n.enlace LIKE '/feria/' || c.id || '%')"
                " ELSE n.enlace ~ '^/(compras|entidades)/' END"
            )
        ).all()
    assert perdidos == []


@pytest.fixture
def feria_con_calendario(
    recordada: Callable[..., Any],
    crear_parte: Callable[..., Parte],
    actor_de: Callable[..., Actor],
    otorgar: Callable[..., None],
    duenio: Engine,
) -> Feria:
    def partes() -> list[Parte]:
        entidad = crear_parte(
            "Gobierno Municipal Prueba",
            TipoUnidad.ENTIDAD_PUBLICA,
            (Facultad.COMPRAR, Facultad.EVALUAR, Facultad.PAGAR),
            (Habilitacion.ENTIDAD_CONTRATANTE,),
            identificadores={"BO-CINS": "1101", "BO-NIT": "1000001"},
        )
        ana = crear_parte("Cooperativa Ana", identificadores={"BO-NIT": "2000001"})
        return [entidad, ana, crear_parte("Carpintería Beto")]

    entidad, ana, beto = (replace(p, actor=actor_de(p.persona)) for p in recordada("feria", partes))
    return Feria(entidad, ana, beto, crear_parte, otorgar, duenio)
