"""Two auctions of a town: one that ended and was contracted, and one that is open today."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from sqlmodel import Session

from demostracion.capitulos.feria_inversa import PRACTICA, autoridad
from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from feria_inversa import (
    ConvocatoriaEntrada,
    DecisionEntrada,
    ItemEntrada,
    LineaEntrada,
    abrir_con,
    aceptar_con,
    adjudicar_con,
    comparar,
    crear_con,
    emitir_con,
    items_de,
    ordenes_de,
    presentar_con,
    publicar_con,
    pujar_con,
    terminar_subasta,
)
from nucleo.dinero import bs
from nucleo.ids import id_demo

ENTIDAD = "alcaldia"
MINUTO = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Subastada:
    """What is asked for, who bids a unit for how much, and how the totals go down after the opening."""

    clave: str
    titulo: str
    item: tuple[str, str, str, str]  # what, how many, unit, reference
    abierta_en: datetime
    ofertas: Sequence[tuple[str, str]]
    pujas: Sequence[tuple[int, str, str]]  # minutes after the opening, who, total
    termina: bool

    @property
    def id(self) -> UUID:
        return id_demo(f"subasta:{self.clave}")


@capitulo("feria_inversa.subastas")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    terminada = Subastada(
        "terminada",
        "Mochilas escolares para el inicio de clases",
        ("Mochila de lona con dos bolsillos", "500", "pieza", "80.00"),
        epoca.hoy - timedelta(days=26),
        [("tejidos", "78.00"), ("uniformes", "79.50"), ("papeleria", "80.00")],
        [
            (12, "uniformes", "38000"),
            (20, "tejidos", "37500"),
            (31, "uniformes", "36900"),
            (124, "tejidos", "36500"),
        ],
        termina=True,
    )
    viva = Subastada(
        "viva",
        "Mantas de lana para el albergue municipal",
        ("Manta de lana de 2 x 1,60 m", "120", "pieza", "350.00"),
        epoca.hoy - 35 * MINUTO,
        [("tejidos", "345.00"), ("uniformes", "340.00")],
        [(12, "tejidos", "40300"), (20, "uniformes", "40000"), (27, "tejidos", "39500")],
        termina=False,
    )
    for una in (terminada, viva):
        for cuando, nombre, hacer in _actos(una):
            yield Paso(cuando, f"{una.clave}: {nombre}", hacer)


def _actos(una: Subastada) -> Iterator[tuple[datetime, str, Callable[[Session], object]]]:
    cierre = una.abierta_en - 10 * MINUTO
    yield cierre - timedelta(days=3), "publicación", partial(_publicar, una=una, cierre=cierre)
    for orden, (clave, precio) in enumerate(una.ofertas, start=1):
        ofertar = partial(_ofertar, una=una, clave=clave, precio=precio)
        yield cierre - timedelta(hours=20 - orden), f"oferta {orden}", ofertar
    yield una.abierta_en, "apertura", lambda s: abrir_con(s, autoridad(s, ENTIDAD), una.id)
    for orden, (minutos, clave, total) in enumerate(una.pujas, start=1):
        pujar = partial(_pujar, una=una, clave=clave, total=total)
        yield una.abierta_en + minutos * MINUTO, f"puja {orden}", pujar
    if una.termina:
        yield una.abierta_en + 140 * MINUTO, "fin", lambda s: terminar_subasta(s, una.id)
        yield una.abierta_en + timedelta(days=2), "adjudicación", partial(_adjudicar, una=una)
        yield (
            una.abierta_en + timedelta(days=9),
            "orden",
            lambda s: emitir_con(s, autoridad(s, ENTIDAD), una.id),
        )
        yield una.abierta_en + timedelta(days=10), "aceptación", partial(_aceptar, una=una)


def _publicar(sesion: Session, una: Subastada, cierre: datetime) -> None:
    entidad = autoridad(sesion, ENTIDAD)
    que, cuantos, unidad, referencia = una.item
    datos = ConvocatoriaEntrada(
        titulo=una.titulo,
        descripcion="Con subasta electrónica: abiertas las ofertas, los precios bajan en una ronda.",
        municipio_ine=unidades_demo()[ENTIDAD].municipio,
        plazo_entrega_dias=20,
        subasta=True,
    )
    item = ItemEntrada(
        descripcion=que, cantidad=Decimal(cuantos), unidad_medida=unidad, precio_referencial=bs(referencia)
    )
    crear_con(sesion, entidad, datos, [item], una.id)
    publicar_con(sesion, entidad, una.id, cierre, "DEMO", norma=PRACTICA)


def _ofertar(sesion: Session, una: Subastada, clave: str, precio: str) -> None:
    (item,) = items_de(sesion, una.id)
    linea = LineaEntrada(
        item_id=item.id, precio_unitario=bs(precio), marca="Producción propia", plazo_dias=15
    )
    presentar_con(sesion, autoridad(sesion, clave), una.id, [linea])


def _pujar(sesion: Session, una: Subastada, clave: str, total: str) -> None:
    pujar_con(sesion, autoridad(sesion, clave), una.id, 1, bs(total))


def _adjudicar(sesion: Session, una: Subastada) -> None:
    (comparado,) = comparar(sesion, una.id)
    decision = DecisionEntrada(item_id=comparado.item_id, oferta_id=comparado.ofertas[0][1])
    adjudicar_con(sesion, autoridad(sesion, ENTIDAD), una.id, [decision])


def _aceptar(sesion: Session, una: Subastada) -> None:
    claves = {id_de_unidad(clave): clave for clave, _precio in una.ofertas}
    for orden in ordenes_de(sesion, una.id):
        aceptar_con(sesion, autoridad(sesion, claves[orden.proveedor_id]), orden.id)
