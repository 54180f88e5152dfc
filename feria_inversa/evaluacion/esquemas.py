"""What crosses the API of the award."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from feria_inversa.documentos import PEDIDOS_MAXIMOS
from feria_inversa.evaluacion.causas import Causa, CausaDesierta
from feria_inversa.procesos import ITEMS_MAXIMOS, Texto
from nucleo.lectores import DecimalPlano, Entero, Entrada, Momento, PrecioUnitario, escrito

OFERTAS_MAXIMAS = 100_000
"""That a request of a qualification holds; however many there are, all must be in it."""


class DecisionEntrada(Entrada):
    item_id: Annotated[
        UUID, Field(description="El ítem; donde se adjudica por lote o por el total, uno de los suyos.")
    ]
    oferta_id: Annotated[
        UUID | None, Field(description="La oferta que gana el ítem; null lo declara desierto.")
    ]
    causa: Annotated[
        CausaDesierta | None,
        Field(description="Por qué queda desierto; si falta, «otra», y entonces el motivo lo explica."),
    ] = None
    motivo: Annotated[Texto, Field(max_length=1000)] = ""


class VerificadoEntrada(Entrada):
    """Of a document that the call asked for: whether the bid brings it."""

    numero: Annotated[Entero, Field(ge=1, le=PEDIDOS_MAXIMOS, description="El que tiene en la lista.")]
    presente: bool


class RevisadaEntrada(Entrada):
    """Of a bid: whether it stays in the comparison, and which margins of preference it has."""

    oferta_id: UUID
    causa: Annotated[Causa | None, Field(description="Por qué queda fuera; null si sigue.")] = None
    explicacion: Annotated[Texto, Field(max_length=1000)] = ""
    margenes: Annotated[
        list[Annotated[Texto, Field(max_length=24)]],
        Field(max_length=2, description="Códigos de los márgenes de preferencia que acreditó."),
    ] = Field([])
    documentos: Annotated[
        list[VerificadoEntrada],
        Field(
            max_length=PEDIDOS_MAXIMOS,
            description="Cada uno de los que pidió la convocatoria, una vez. Sin uno que no se puede "
            "subsanar la oferta queda fuera.",
        ),
    ] = Field([])


class PuntajeEntrada(Entrada):
    oferta_id: UUID
    item_id: Annotated[
        UUID, Field(description="El ítem; donde se adjudica por lote o por el total, uno de los suyos.")
    ]
    puntos: Annotated[DecimalPlano, Field(ge=0, le=100, max_digits=7, decimal_places=4)]


class RevisadaTecnicaEntrada(Entrada):
    """Of the technical part of a bid in two envelopes: whether it stays, and with how many points."""

    oferta_id: UUID
    causa: Annotated[Causa | None, Field(description="Por qué queda fuera; null si se puntúa.")] = None
    explicacion: Annotated[Texto, Field(max_length=1000)] = ""
    puntos: Annotated[
        DecimalPlano | None,
        Field(ge=0, le=100, max_digits=7, decimal_places=4, description="Si no queda fuera."),
    ] = None
    documentos: Annotated[
        list[VerificadoEntrada],
        Field(max_length=PEDIDOS_MAXIMOS, description="Cada uno de los que pidió la convocatoria, una vez."),
    ] = Field([])


class CalificacionTecnicaEntrada(Entrada):
    """Of every bid, once: who passes is read from it, and no price was known."""

    revisadas: Annotated[list[RevisadaTecnicaEntrada], Field(min_length=1, max_length=OFERTAS_MAXIMAS)]


class CalificacionEntrada(Entrada):
    """The evaluation of every bid; the points, only where the technical part is scored."""

    revisadas: Annotated[list[RevisadaEntrada], Field(min_length=1, max_length=OFERTAS_MAXIMAS)]
    puntajes: Annotated[list[PuntajeEntrada], Field(max_length=OFERTAS_MAXIMAS)] = Field([])
    subsanar_hasta: Annotated[
        Momento | None,
        Field(
            description="Hasta cuándo se espera lo que a las ofertas les falta y se puede subsanar: se avisa "
            "a quien ofertó, y antes no se decide. Sin él, sigue el que se dijo antes."
        ),
    ] = None


class RebajaEntrada(Entrada):
    """A lower price that somebody said of what they bid for an item."""

    oferta_id: UUID
    precio_unitario: PrecioUnitario


class DichoEntrada(Entrada):
    item_id: UUID
    dicho: Annotated[Texto, Field(min_length=3, max_length=2000, description="Lo que se dijo del ítem.")]
    rebajas: Annotated[list[RebajaEntrada], Field(max_length=100)] = Field([])


class MesaEntrada(Entrada):
    """Who was there and what was said, item by item."""

    presentes: Annotated[
        list[Annotated[str, escrito(200, 3)]],
        Field(min_length=1, max_length=200, description="Quién estuvo, y por quién: uno por renglón."),
    ]
    dichos: Annotated[list[DichoEntrada], Field(min_length=1, max_length=ITEMS_MAXIMOS)]


class AdjudicacionEntrada(Entrada):
    """One decision for everything that the call awards at once: each item, each lot, or all."""

    decisiones: Annotated[list[DecisionEntrada], Field(min_length=1, max_length=ITEMS_MAXIMOS)]
