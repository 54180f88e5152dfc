"""The life of a registration; each operation takes one step of it."""

from empresa_digital.registro.asientos import Operacion as Op
from empresa_digital.registro.unidades.tipos import EstadoUnidad as E
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida, Vida

TRANSICIONES: dict[tuple[E, Op], E] = {
    (E.BORRADOR, Op.PRESENTAR): E.PRESENTADA,
    (E.BORRADOR, Op.CANCELAR): E.CANCELADA,
    (E.PRESENTADA, Op.OBSERVAR): E.OBSERVADA,
    (E.PRESENTADA, Op.INSCRIBIR): E.INSCRITA,
    (E.PRESENTADA, Op.CANCELAR): E.CANCELADA,
    (E.OBSERVADA, Op.PRESENTAR): E.SUBSANADA,
    (E.OBSERVADA, Op.CANCELAR): E.CANCELADA,
    (E.SUBSANADA, Op.OBSERVAR): E.OBSERVADA,
    (E.SUBSANADA, Op.INSCRIBIR): E.INSCRITA,
    (E.SUBSANADA, Op.CANCELAR): E.CANCELADA,
    (E.INSCRITA, Op.SUSPENDER): E.SUSPENDIDA,
    (E.INSCRITA, Op.CANCELAR): E.CANCELADA,
    (E.SUSPENDIDA, Op.REHABILITAR): E.INSCRITA,
    (E.SUSPENDIDA, Op.CANCELAR): E.CANCELADA,
    # A cancelled unit comes back as what it was: registered, or a draft if it never got that far.
    (E.CANCELADA, Op.REHABILITAR): E.INSCRITA,
    (E.CANCELADA, Op.RESTAURAR): E.BORRADOR,
}

EDITABLES = frozenset({E.BORRADOR, E.OBSERVADA, E.INSCRITA})
"""States in which the owner may change the data (while submitted, the regulator is reading them)."""

PENDIENTES = frozenset({E.PRESENTADA, E.SUBSANADA})
"""States that wait for the regulator."""

PUBLICAS = frozenset({E.INSCRITA, E.SUSPENDIDA})
"""States shown to anybody. A cancelled unit that was once registered is shown too: see `es_publica`."""

VIVAS = frozenset(E) - {E.BORRADOR, E.CANCELADA}
"""States in which the unit's identifiers belong to it alone."""

_NOMBRES = {
    E.BORRADOR: "en borrador",
    E.PRESENTADA: "presentada",
    E.OBSERVADA: "observada",
    E.SUBSANADA: "subsanada",
    E.INSCRITA: "inscrita",
    E.SUSPENDIDA: "suspendida",
    E.CANCELADA: "cancelada",
}

VIDA_UNIDAD = Vida(
    "registro_unidad",
    E,
    {de: {a for (desde, _op), a in TRANSICIONES.items() if desde is de} for de in E},
    nace={E.BORRADOR},
    fines=(),
    solo_si={
        (E.CANCELADA, E.INSCRITA): "OLD.inscrita_en IS NOT NULL",
        (E.CANCELADA, E.BORRADOR): "OLD.inscrita_en IS NULL",
    },
    nombre=_NOMBRES.__getitem__,
)


def siguiente_estado(estado: E, operacion: Op) -> E:
    """Where `operacion` takes a unit that is in `estado`. Raises `TransicionInvalida`."""
    destino = TRANSICIONES.get((estado, operacion))
    if destino is None:
        raise TransicionInvalida(
            _("La unidad está %(estado)s: no se puede %(_)s.")
            % {"estado": _NOMBRES[estado], "_": operacion.value.replace("_", " ")}
        )
    return destino
