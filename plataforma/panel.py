"""The panel: what the rooms registered, in the order in which a person reads it.

Only work that waits is counted, and a group begins with it: first what has a term, by when it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from moneyed import Money
from sqlmodel import Session

from nucleo.actor import Actor
from nucleo.dinero import bs
from nucleo.panel import Accion, lineas_de_persona, lineas_de_unidades, representadas
from nucleo.textos import gettext as _
from pagos import cuenta_de_persona, saldo_disponible

DE_UNIDADES = (  # what waits for a decision first, the money of the unit last
    "registro.revisar",
    "registro.calendario",
    "pagos.supervision.supervisar",
    "pagos.retiros.conciliar",
    "pagos.banco.conciliar",
    "pagos.tarjetas.revisar",
    "envios.supervisar",
    "feria_inversa.historia",
    "comercio.mediar",
    "comercio.entidades_que_deben",
    "comercio.confianza",
    "comercio.opiniones",
    "comercio.apelar",
    "comercio.reclamos",
    "comercio.mensajes",
    "comercio.preguntas",
    "comercio.sostenidas",
    "comercio.vender",
    "comercio.compras",
    "feria_inversa.excusas",
    "feria_inversa.preguntas",
    "feria_inversa.evaluar",
    "feria_inversa.comprar",
    "feria_inversa.compra_de_catalogo",
    "envios.operar",
    "envios.despachar",
    "envios.reclamos",
    "envios.mensajes",
    "envios.tarifas",
    "envios.niveles",
    "envios.administrar",
    "feria_inversa.ordenes",
    "feria_inversa.ofertas",
    "feria_inversa.subsanar",
    "feria_inversa.pujar",
    "feria_inversa.ofertar",
    "pagos.cobros.cobrar",
    "envios.cuentas",
    "pagos.libro.cuentas",
)
PERSONALES = (
    "registro.por_firmar",
    "registro.ofrecidos",
    "feria_inversa.llaves",
    "comercio.reclamos",
    "comercio.mensajes",
    "comercio.pedidos",
    "envios.mios",
    "pagos.cobros.pagar",
    "ciudadania.buzon",
    "registro.clientes",
    "comercio.comprar",
)
POR_TERMINAR = ("registro.por_terminar",)


@dataclass(frozen=True, slots=True)
class Grupo:
    titulo: str
    detalle: str
    url: str | None
    acciones: Sequence[Accion]

    @property
    def urge(self) -> bool:
        """Whether some work of its own waits (open needs of the State are an offer, not work)."""
        return any(a.urge for a in self.acciones)


def saldo(sesion: Session, actor: Actor) -> Money:
    """What the person can spend now."""
    if actor.persona_id is None:
        return bs(0)
    return saldo_disponible(sesion, cuenta_de_persona(sesion, actor.persona_id))


def grupos(sesion: Session, actor: Actor) -> list[Grupo]:
    """Their units first, those with waiting work on top; then the person; then registrations to finish."""
    personal = Grupo(
        _("Como persona"),
        _("Sus compras, sus pagos y su buzón."),
        None,
        lineas_de_persona(sesion, actor, PERSONALES),
    )
    por_terminar = Grupo(
        _("Registros por terminar"), "", None, lineas_de_persona(sesion, actor, POR_TERMINAR)
    )
    todos = [*_de_unidades(sesion, actor), personal, por_terminar]
    return [g for g in todos if g.acciones]


def _de_unidades(sesion: Session, actor: Actor) -> list[Grupo]:
    unidades = representadas(sesion, actor)
    lineas = lineas_de_unidades(sesion, actor, unidades, DE_UNIDADES)
    hechos = [
        Grupo(u.nombre, u.detalle, f"/mis-unidades/{u.numero}", sorted(lineas[u.id], key=_termino))
        for u in unidades
    ]
    return sorted(hechos, key=lambda g: (not g.urge, g.titulo.casefold()))


def _termino(linea: Accion) -> tuple[bool, datetime]:
    """What waits and has a term goes first, by when it ends; the rest in the order of the parts."""
    apura = linea.urge and linea.hasta is not None
    return not apura, linea.hasta if apura and linea.hasta is not None else datetime.min.replace(tzinfo=UTC)
